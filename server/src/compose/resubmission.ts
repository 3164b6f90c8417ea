import type { FollowActs } from '../domain/directive/FollowActs.ts';
import type { Units } from '../domain/organisation/Units.ts';
import type { StampKey } from '../domain/record/stamp.ts';
import { OFFERED } from '../domain/resubmission/limits.ts';
import { Resubmissions } from '../domain/resubmission/Resubmissions.ts';
import type { LiveRounds } from '../domain/rollcall/LiveRounds.ts';
import { resubmissionRoutes } from '../edge/http/resubmission/routes.ts';
import type { Clock } from '../lib/clock.ts';
import { RateLimits } from '../lib/RateLimits.ts';
import { tooOften } from '../protocol/errors.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgResubmissions } from '../store/postgres/resubmission/PgResubmissions.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly stampKeys: readonly StampKey[];
  readonly units: Units;
  readonly clock: Clock;
  readonly live: LiveRounds;
  readonly followActs: FollowActs;
}

/** What was lost with a restore, by the receipts that devices hold. */
export function composeResubmission({ logger }: Base, needs: Needs) {
  const { postgres, stampKeys, units, clock, live, followActs } = needs;
  const limits = new RateLimits(OFFERED);
  const resubmissions = new Resubmissions({
    store: new PgResubmissions(postgres),
    keys: stampKeys,
    logger,
    nameOf: (unit) => units.index.find(unit)?.name ?? unit,
    count: (account, receipts) => {
      const wait = limits.take(account, receipts);
      if (wait > 0) throw tooOften('this account has sent many receipts again', wait);
    },
  });
  resubmissions.on('entered', (records) => {
    for (const record of records) live.enter(record.round, [record]);
  });
  resubmissions.on('followed', (follows) => followActs.tell(follows));
  return { part: { name: 'resubmission', routes: resubmissionRoutes(resubmissions, clock) } satisfies Part };
}
