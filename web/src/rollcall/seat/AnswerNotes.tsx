import { CircleAlert, Clock, WifiOff } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { problemWords } from '../../session/words/problem.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import type { OwnRound } from './ownRound.ts';

interface AnswerNotesProps {
  readonly own: OwnRound;
  readonly link: string;
  readonly again: { readonly corrects: number | undefined } | undefined;
}

/** What somebody has to know before they answer: without a line, in the place of what, refused why, how late. */
export function AnswerNotes({ own: { round, phase, letter, standing }, link, again }: AnswerNotesProps) {
  const { t, time } = useText(rollcallWords);
  const { t: problems } = useText(problemWords);
  const refused = letter?.status === 'refused' ? letter.reason : undefined;
  // When the unit's own last answer came in.
  const since = standing.kind === 'recorded' || standing.kind === 'unconfirmed' ? standing.entry.own?.at : undefined;
  return (
    <>
      {link !== 'online' && (
        <div className="note warn">
          <WifiOff size={22} aria-hidden />
          <p>{t.offline}</p>
        </div>
      )}
      {again && (
        <p className="note">
          {again.corrects === undefined ? t.answerSelfBody : t.correctBody(time(since ?? round.openedAt))}
        </p>
      )}
      {refused && refused !== 'too-late' && (
        <div className="note bad" role="alert">
          <CircleAlert size={22} aria-hidden />
          <p>
            {refused === 'wrong-proof'
              ? t.challengeWrong
              : refused === 'network'
                ? problems.network
                : problems.reason[refused]}
          </p>
        </div>
      )}
      {phase === 'due' && (
        <div className="note warn">
          <Clock size={22} aria-hidden />
          <p>
            <strong>{t.lateNow(time(round.deadline))}</strong>
            {t.lateBody(time(round.lateUntil))}
            {round.proof === 'challenge' && ` ${t.lateUnproven}`}
          </p>
        </div>
      )}
    </>
  );
}
