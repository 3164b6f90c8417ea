import type { CallService } from './CallService.ts';
import type { FloorKeeper } from './FloorKeeper.ts';
import type { FloorStore } from './ports.ts';

/**
 * Finds what jobs, hints and orders have left behind: calls past their deadline, floors that moved on elsewhere, lines.
 * Runs by a timer of each node and not as a job, since it must not depend on what it makes up for; all that it does is
 * idempotent.
 */
export async function sweepFloor(parts: {
  store: Pick<FloorStore, 'overdue'>;
  calls: Pick<CallService, 'timeOut'>;
  keeper: Pick<FloorKeeper, 'sweep'>;
}): Promise<void> {
  for (const { briefing, call } of await parts.store.overdue()) await parts.calls.timeOut(briefing, call);
  await parts.keeper.sweep();
}
