import { CircleCheck, TriangleAlert } from 'lucide-react';
import { answeredOf, neededOf } from '../../api/channel/rounds.ts';
import type { EntryState } from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useSpan } from '../useSpan.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import { NumberLine } from './number/NumberLine.tsx';
import type { ShownRound } from './useRounds.ts';
import './roundPanel.css';

interface RoundFiguresProps {
  readonly shown: ShownRound;
  readonly roster: RosterView | undefined;
  /** short: the sums. full: in the wall there is room for the quorum's rule, and for names. */
  readonly detail: 'short' | 'usual' | 'full';
}

/** How one round stands: time left, who answered and how, the quorum, and the digits to be read out. */
export function RoundFigures({ shown, roster, detail }: RoundFiguresProps) {
  const { t, time } = useText(rollcallWords);
  const { t: r } = useText(rollcallDeskWords);
  const span = useSpan();
  const { round, phase, secondsLeft } = shown;
  return (
    <div className={`round ${phase}`}>
      <p className="round-state">
        <strong className="grow">
          {phase === 'open' ? r.running(round.nr) : r[phase](round.nr)}
          {/* The question has no room there, and a sum is of something. */}
          {detail === 'short' && round.number && `: ${round.number.label}`}
        </strong>
        {phase === 'open' && <span className="round-left num">{span(secondsLeft)}</span>}
      </p>
      {detail !== 'short' && (
        <p className="round-question">
          {round.question}{' '}
          <span className="soft num">
            {phase === 'open' && t.deadline(time(round.deadline))}
            {phase === 'due' && r.lateUntil(time(round.lateUntil))}
            {phase === 'closed' && r.closedAt(time(round.closedAt ?? round.lateUntil))}
          </span>
        </p>
      )}
      {round.number && <NumberLine asked={round.number} sum={shown.sum} short={detail === 'short'} />}
      <Answered shown={shown} short={detail === 'short'} />
      <QuorumLine shown={shown} roster={roster} detail={detail} />
      {round.challenge !== null && phase === 'open' && (
        <p className="round-digits">
          <strong className="num">{round.challenge}</strong>
          <span>
            {detail !== 'short' && r.digits}
            <span className="soft">{r.digitsHint}</span>
          </span>
        </p>
      )}
    </div>
  );
}

const parts: readonly EntryState[] = ['unconfirmed', 'away', 'late', 'substituted', 'official', 'excused'];

/** `9.871 / 10.056` of those who owe an answer (RC32), as a bar, and what is not an answer in time by the unit itself; with the time it is from. */
function Answered({ shown: { round, count, figures, phase }, short }: { shown: ShownRound; short: boolean }) {
  const { t, number, time } = useText(rollcallWords);
  const { t: r } = useText(rollcallDeskWords);
  const { link } = useChannel();
  if (!count || !figures) return <p className="soft">{r.noFigures}</p>;
  const share = (n: number) => ({ flexGrow: n });
  const missing = count.called + count.absent;
  const others = parts.filter((state) => count[state] > 0);
  return (
    <>
      <p className="round-answered">
        <span className={short && !round.number ? 'unseen' : 'label'}>
          {count.away > 0 ? r.answeredPresent : t.answered}
        </span>
        <strong className="num">{r.answeredOf(number(answeredOf(count)), number(neededOf(count)))}</strong>
        <span className={link === 'online' ? 'soft num' : 'stale num'}>
          {link === 'online' ? r.asOf(time(figures.at)) : r.stale(time(figures.at))}
        </span>
      </p>
      <div className="round-bar" aria-hidden>
        <span className="good" style={share(answeredOf(count) - count.late)} />
        <span className="late" style={share(count.late)} />
        <span className="unconfirmed" style={share(count.unconfirmed)} />
        <span className="away" style={share(count.away)} />
        <span className="excused" style={share(count.excused)} />
        <span className="missing" style={share(missing)} />
      </div>
      {!short && (
        <dl className="round-parts">
          <div className="missing">
            <dt>{phase === 'open' ? r.state.called : r.state.absent}</dt>
            <dd className="num">{number(missing)}</dd>
          </div>
          {others.map((state) => (
            <div key={state} className={state}>
              <dt>{state === 'late' && round.proof === 'challenge' ? r.unproven : r.state[state]}</dt>
              <dd className="num">{number(count[state])}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

const NAMED = 3;

function QuorumLine({ shown: { round, figures }, roster, detail }: RoundFiguresProps) {
  const { number, language } = useFormats();
  const { t: r } = useText(rollcallDeskWords);
  const { quorum } = round;
  const told = figures?.quorum;
  if (!quorum || !told) return null;
  const tier = tierName(roster, quorum.tier, language);
  const whole = roster?.tiers.find(({ id }) => id === quorum.tier)?.rank === 0;
  if (told.satisfied)
    return (
      <p className="round-quorum">
        <CircleCheck size={18} className="state here" aria-hidden />
        {r.quorumMet(r.quorumRule(quorum.percent, tier, whole))}
      </p>
    );
  const names = told.missing.flatMap((code) => roster?.byCode.get(code)?.name ?? []).slice(0, NAMED);
  return (
    <p className="round-quorum">
      <TriangleAlert size={18} className="state weak" aria-hidden />
      <span>
        {r.quorumMissing(number(told.missing.length), tier, whole)}
        {detail === 'full' && (
          <span className="soft">
            {r.quorumRule(quorum.percent, tier, whole)}
            {names.length > 0 && ` · ${r.quorumMissingNames(names.join(', '), told.missing.length - names.length)}`}
          </span>
        )}
      </span>
    </p>
  );
}

/** `tỉnh, thành phố` within a sentence. */
export function tierName(roster: RosterView | undefined, id: string, language: string): string {
  const tier = roster?.tiers.find((one) => one.id === id);
  return (language === 'en' ? tier?.nameEn : tier?.name)?.toLowerCase() ?? id;
}
