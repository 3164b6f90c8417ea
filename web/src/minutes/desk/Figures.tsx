import { answeredOf as answeredInRound, neededOf } from '../../api/channel/rounds.ts';
import { type BriefingSummary, percentText } from '../../api/contract.ts';
import { answeredOf, standingsOf } from '../../directive/desk/boardSums.ts';
import { useText } from '../../i18n/useText.tsx';
import { minutesWords } from '../words/minutes.vi.ts';

/** The briefing in four numbers. */
export function Figures({ summary: { territories, liveSeconds, rounds, directives } }: { summary: BriefingSummary }) {
  const { t, number } = useText(minutesWords);
  const f = t.figures;
  const [whole] = territories;
  const minutes = Math.floor(liveSeconds / 60);
  const length =
    minutes < 1
      ? t.underMinute
      : minutes < 60
        ? t.minutes(number(minutes))
        : t.hours(number(Math.floor(minutes / 60)), String(minutes % 60).padStart(2, '0'));
  const percent = (part: number, of: number): string => {
    const share = percentText(part, of);
    return share === undefined ? '–' : `${share}%`;
  };
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  const answered = sum(rounds.map(({ total }) => answeredInRound(total)));
  const needed = sum(rounds.map(({ total }) => neededOf(total)));
  const replies = sum(directives.map(({ total }) => answeredOf(standingsOf(total))));
  return (
    <dl className="happened-figures">
      <Figure label={f.length} value={length} note="" />
      <Figure
        label={f.attendance}
        value={whole ? percent(whole.attendance.present, whole.expected) : '–'}
        note={whole ? f.attendanceNote(number(whole.attendance.present), number(whole.expected)) : ''}
      />
      <Figure
        label={f.answered}
        value={rounds.length > 0 ? percent(answered, needed) : '–'}
        note={rounds.length > 0 ? f.answeredNote(number(rounds.length)) : f.answeredNone}
      />
      <Figure
        label={f.directives}
        value={number(directives.length)}
        note={directives.length > 0 ? f.directivesNote(number(replies)) : f.directivesNone}
      />
    </dl>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="num">
        <strong>{value}</strong>
        <span>{note}</span>
      </dd>
    </div>
  );
}
