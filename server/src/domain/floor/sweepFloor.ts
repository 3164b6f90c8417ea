import type { CallService } from './CallService.ts';
import type { FloorKeeper } from './FloorKeeper.ts';
import type { FloorStore } from './ports.ts';
import type { StageService } from './StageService.ts';

/**
 * Finds what jobs, hints and orders have left behind: calls and stages past their deadline, floors that moved on elsewhere, lines.
 * Runs by a timer of each node and not as a job, since it must not depend on what it makes up for; all that it does is
 * idempotent.
 */
export async function sweepFloor(parts: {
  store: Pick<FloorStore, 'overdue' | 'due'>;
  calls: Pick<CallService, 'timeOut'>;
  stages: Pick<StageService, 'backDue'>;
  keeper: Pick<FloorKeeper, 'sweep'>;
}): Promise<void> {
  for (const { briefing, call } of await parts.store.overdue()) await parts.calls.timeOut(briefing, call);
  for (const { briefing, path } of await parts.store.due()) await parts.stages.backDue(briefing, path);
  await parts.keeper.sweep();
}
