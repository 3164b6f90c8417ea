import { within } from '../../api/contract.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';

export interface Waiting {
  readonly count: number;
  /** Whoever has the stage looks at what is to be answered; everybody else at what is still to be decided on. */
  readonly answers: boolean;
}

/** Questions that wait for this page; undefined as long as nobody asked. */
export function useWaiting(): Waiting | undefined {
  const { session } = useTools();
  const { briefing, questions } = useChannel();
  const count = questions.tick?.count;
  if (!count || count.asked === 0) return undefined;
  const answers = within(briefing.stage, session.account.unit.path);
  return { count: answers ? count.chosen : count.open, answers };
}
