import { DatabaseClock } from '../../../src/store/postgres/base/DatabaseClock.ts';
import { PgClockSteps } from '../../../src/store/postgres/clock/PgClockSteps.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** PostgreSQL's clock was set while a briefing was live. */
export async function stepClock(world: OfficialWorld): Promise<void> {
  await world.liveBriefing();
  await new PgClockSteps(world.postgres, new DatabaseClock()).record(
    0,
    { node: 'one', expected: Date.now() },
    () => 90_000,
  );
}
