import type { ReactNode } from 'react';
import { answeredOf, neededOf } from '../../api/channel/rounds.ts';
import type { BriefingSummary, CallState, Minutes, Round } from '../../api/contract.ts';
import { floorWords } from '../../floor/words/floor.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { NumberLine } from '../../rollcall/desk/number/NumberLine.tsx';
import { minutesWords } from '../words/minutes.vi.ts';

interface CourseProps {
  readonly minutes: Minutes;
  readonly summary: BriefingSummary;
  readonly roundActs: (round: Round) => ReactNode;
}

/** Who spoke, what was asked, who was called. */
export function Course({ minutes, summary, roundActs }: CourseProps) {
  const { t, number, time, hour } = useText(minutesWords);
  const { t: floor } = useText(floorWords);
  const { rounds, calls } = summary;
  const length = (seconds: number): string =>
    t.lasted(number(Math.floor(seconds / 60)), String(seconds % 60).padStart(2, '0'));
  return (
    <div className="happened-pair">
      <section aria-label={t.speeches}>
        <h3>{t.speeches}</h3>
        <p className="soft small-text">{minutes.speeches.length === 0 ? t.noSpeeches : t.speechesNote}</p>
        <ul className="happened-list">
          {minutes.speeches.map(({ unit, name, person, from, seconds }) => (
            <li key={`${unit}${from}`}>
              <span className="num soft">{hour(from)}</span>
              <div>
                <strong>{name}</strong>
                {person && <span className="soft"> {[person.title, person.name].filter(Boolean).join(' ')}</span>}
              </div>
              <span className="num soft">{length(seconds)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t.rounds}>
        <h3>{t.rounds}</h3>
        {rounds.length === 0 && <p className="soft">{t.noRounds}</p>}
        <ul className="happened-rounds">
          {rounds.map(({ round, total, sum }) => (
            <li key={round.id}>
              <strong>{t.round(round.nr, round.question)}</strong>
              {round.number && <NumberLine asked={round.number} sum={sum} />}
              <span className="happened-bar">
                <span aria-hidden>
                  <i data-verdict="present" style={{ flexGrow: answeredOf(total) }} />
                  <i data-verdict="partial" style={{ flexGrow: total.unconfirmed }} />
                  <i
                    data-verdict="absent"
                    style={{ flexGrow: neededOf(total) - answeredOf(total) - total.unconfirmed }}
                  />
                </span>
              </span>
              <span className="soft num">
                {t.answered(number(answeredOf(total)), number(neededOf(total)))} (
                {t.ofThem(number(total.late), number(total.official), round.proof === 'challenge')})
                {total.unconfirmed > 0 && ` · ${t.unconfirmed(number(total.unconfirmed))}`}
                {total.away ? ` · ${t.away(number(total.away))}` : ''}
                {total.excused > 0 && ` · ${t.excused(number(total.excused))}`} ·{' '}
                {t.roundAt(time(round.openedAt), round.by)}
              </span>
              {roundActs(round)}
            </li>
          ))}
        </ul>
        {calls.length > 0 && (
          <>
            <h3>{t.calls}</h3>
            <ul className="happened-list">
              {calls.map(({ unitName, at, state, answerSeconds }) => (
                <li key={`${unitName}${at}`}>
                  <span className="num soft">{hour(at)}</span>
                  <strong>{unitName}</strong>
                  <span className="num soft">
                    {answerSeconds === null
                      ? (floor.call.state[state as CallState] ?? state)
                      : t.callSeconds(number(answerSeconds))}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}
