import type { Briefings } from '../domain/briefing/Briefings.ts';
import type { Lists } from '../domain/organisation/Lists.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { EntryService } from '../domain/rollcall/EntryService.ts';
import { LiveRounds } from '../domain/rollcall/LiveRounds.ts';
import type { RoundAlarm } from '../domain/rollcall/ports.ts';
import { RoundKeeper } from '../domain/rollcall/RoundKeeper.ts';
import { RoundReader } from '../domain/rollcall/RoundReader.ts';
import { RoundService } from '../domain/rollcall/RoundService.ts';
import type { Jobs } from '../jobs/Jobs.ts';
import { handleRoundWake, ROUND_SWEEP_MS } from '../jobs/rollcall/roundWake.handler.ts';
import { roundWake } from '../jobs/rollcall/roundWake.ts';
import type { Closer } from '../lib/Closer.ts';
import { every } from '../lib/every.ts';
import type { Logger } from '../observability/logger.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgRounds } from '../store/postgres/rollcall/PgRounds.ts';

interface Base {
  readonly logger: Logger;
  readonly closer: Closer;
}

interface RollcallNeeds {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly lists: Lists;
  /** Not started yet. */
  readonly jobs: Jobs;
  readonly briefings: Briefings;
}

/** Roll-call in rounds; those of running briefings are known when this resolves. */
export async function composeRollcall({ logger, closer }: Base, needs: RollcallNeeds) {
  const { postgres, units, lists, jobs, briefings } = needs;
  const store = new PgRounds(postgres);
  const live = new LiveRounds();
  const keeper = new RoundKeeper({ store, live, alarm: alarm(jobs) });
  const roster = {
    pathOf: (code: string) => units.get(code).path,
    listPaths: (name: string) => lists.pathsOf(name),
    tierOf: (code: string) => units.index.find(code)?.tier,
  };
  const names = {
    name: (code: string) => units.index.find(code)?.name,
    path: (code: string) => units.index.find(code)?.path,
  };
  const failed = (err: unknown) => logger.warn({ err }, 'rounds could not be looked after; the next sweep tries again');
  jobs.register(roundWake, handleRoundWake(keeper));
  briefings.on('changed', ({ id, state }) => {
    if (state === 'closed') keeper.closeBriefing(id).catch(failed);
  });
  await keeper.sweep();
  const sweep = every(ROUND_SWEEP_MS, () => keeper.sweep(), failed);
  closer.own('round sweep', sweep);
  return {
    liveRounds: live,
    hintRound: keeper.hint.bind(keeper),
    rounds: new RoundService({ store, live, keeper, roster }),
    entries: new EntryService({ store, live, keeper }),
    roundReader: new RoundReader(keeper, names),
  };
}

const alarm = (jobs: Jobs): RoundAlarm => ({
  moves: ({ id: round, version, deadline, lateUntil }, now) => {
    for (const [name, at] of Object.entries({ deadline, lateUntil })) {
      const inMs = at.getTime() - now.getTime();
      jobs.wake(roundWake, `${round}-${version}-${name}`, { round }, inMs);
    }
  },
  reprompt: ({ id: round }, nr, inMs) => jobs.wake(roundWake, `${round}-again-${nr}`, { round }, inMs),
});
