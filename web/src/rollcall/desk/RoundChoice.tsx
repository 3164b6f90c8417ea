import { useRoundText } from '../../i18n/desk/useRoundText.ts';
import { useText } from '../../i18n/useText.tsx';
import type { Rounds } from './useRounds.ts';

/** Which of several rounds is looked at, newest first. */
export function RoundChoice({ rounds: { all, shown, choose } }: { rounds: Rounds }) {
  const { t } = useText();
  const r = useRoundText();
  return (
    <select
      className="input round-choice"
      aria-label={r.choose}
      value={shown?.round.id}
      onChange={(event) => choose(event.target.value)}
    >
      {all.toReversed().map(({ id, nr, question }) => (
        <option key={id} value={id}>
          {t.rollcall.ownRound(nr, question)}
        </option>
      ))}
    </select>
  );
}
