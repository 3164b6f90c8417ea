import { Contradictions } from '../domain/contradiction/Contradictions.ts';
import { COMPARED, REPORTED } from '../domain/contradiction/limits.ts';
import type { Units } from '../domain/organisation/Units.ts';
import type { StampKey } from '../domain/record/stamp.ts';
import { contradictionRoutes } from '../edge/http/contradiction/routes.ts';
import type { Clock } from '../lib/clock.ts';
import { RateLimits } from '../lib/RateLimits.ts';
import { tooOften } from '../protocol/errors.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgContradictions } from '../store/postgres/contradiction/PgContradictions.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly stampKeys: readonly StampKey[];
  readonly units: Units;
  readonly clock: Clock;
}

/** Receipts that pages hold against the record. */
export function composeContradiction({ logger }: Base, { postgres, stampKeys, units, clock }: Needs) {
  const limits = { compared: new RateLimits(COMPARED), reported: new RateLimits(REPORTED) };
  const contradictions = new Contradictions({
    store: new PgContradictions(postgres),
    keys: stampKeys,
    logger,
    nameOf: (unit) => units.index.find(unit)?.name ?? unit,
    count: (what, account, times) => {
      const wait = limits[what].take(account, times);
      if (wait > 0) throw tooOften('this account has compared many receipts', wait);
    },
  });
  return { part: { name: 'contradiction', routes: contradictionRoutes(contradictions, clock) } satisfies Part };
}
