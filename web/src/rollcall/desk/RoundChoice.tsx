import { useText } from '../../i18n/useText.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import type { Rounds } from './useRounds.ts';

/** Which of several rounds is looked at, newest first. */
export function RoundChoice({ rounds: { all, shown, choose } }: { rounds: Rounds }) {
  const { t } = useText(rollcallWords);
  const { t: r } = useText(rollcallDeskWords);
  return (
    <select
      className="input round-choice"
      aria-label={r.choose}
      value={shown?.round.id}
      onChange={(event) => choose(event.target.value)}
    >
      {all.toReversed().map(({ id, nr, question }) => (
        <option key={id} value={id}>
          {t.ownRound(nr, question)}
        </option>
      ))}
    </select>
  );
}
