import { CircleAlert } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { useEntries, useOutbox } from '../../session/OutboxContext.tsx';
import { problemWords } from '../../session/words/problem.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import type { OwnRound } from './ownRound.ts';
import './ownAnswers.css';

/**
 * An answer that the server would not record is said, with the reason, until somebody has read it. Wrong digits are
 * said where they are typed.
 */
export function RefusedAnswers({ rounds }: { rounds: readonly OwnRound[] }) {
  const { t, time } = useText(rollcallWords);
  const { t: problems } = useText(problemWords);
  const outbox = useOutbox();
  const owing = new Set(rounds.filter(({ standing }) => standing.kind === 'asked').map(({ round }) => round.id));
  const refused = useEntries('round.answer').filter(
    (entry) =>
      entry.status === 'refused' &&
      (entry.payload.ask.corrects !== undefined ||
        !(entry.reason === 'wrong-proof' || owing.has(entry.payload.ask.round))),
  );
  return refused.map(
    (entry) =>
      entry.status === 'refused' && (
        <div key={entry.key} className="note bad" role="alert">
          <CircleAlert size={22} aria-hidden />
          <p>
            <strong>
              {t.refusedTitle} ({time(entry.writtenAt)})
            </strong>
            {entry.reason === 'network' ? problems.network : problems.reason[entry.reason]}
            <button type="button" className="button small" onClick={() => void outbox.dismiss(entry.key)}>
              {t.refusedRead}
            </button>
          </p>
        </div>
      ),
  );
}
