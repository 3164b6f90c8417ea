import { inThread } from '../shared/inThread.ts';
import type { RosterNow } from './roster.ts';
import type { PlannedOrNot, RosterFile } from './rosterFile.ts';

/** Ten times what 11,000 units take, and less than a transaction may wait. */
const PATIENCE_MS = 9_000;
const MOST_MB = 512;

/** IM4. @throws DomainError `too-large`, `bad-request` */
export const planInThread = (file: RosterFile, now: RosterNow): Promise<PlannedOrNot> =>
  inThread<PlannedOrNot>({
    ...{ module: new URL('./rosterThread.ts', import.meta.url), data: { file, now } },
    ...{ patienceMs: PATIENCE_MS, mostMb: MOST_MB },
  });
