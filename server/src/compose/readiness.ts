import type { Briefings } from '../domain/briefing/Briefings.ts';
import type { ContactStore } from '../domain/organisation/ports.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { ReadinessBoard } from '../domain/readiness/ReadinessBoard.ts';
import { readinessRoutes } from '../edge/http/readiness/routes.ts';
import { systemClock } from '../lib/clock.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgChecks } from '../store/postgres/readiness/PgChecks.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly contactStore: ContactStore;
  readonly briefings: Briefings;
}

/** What is old is a matter of days. */
const SWEEP_MS = 3_600_000;

/** What units' devices were found to do before a briefing. */
export function composeReadiness({ postgres, units, contactStore: contacts, briefings }: Needs) {
  const store = new PgChecks(postgres);
  const readBriefing = briefings.read.bind(briefings);
  const readiness = new ReadinessBoard({ store, units, contacts, clock: systemClock, readBriefing });
  const part = {
    name: 'readiness',
    routes: readinessRoutes(readiness),
    sweeps: [{ name: 'device checks', everyMs: SWEEP_MS, run: () => store.sweep() }],
  } satisfies Part;
  return { part };
}
