import type { BriefingState } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';

/** Its doors are open, or it is live. @throws DomainError `not-live`, `briefing-closed` */
export function demandRunning(state: BriefingState): void {
  if (state === 'closed') throw refuse('briefing-closed', 'the briefing is over');
  if (state === 'scheduled') throw refuse('not-live', 'the briefing has not been opened yet');
}
