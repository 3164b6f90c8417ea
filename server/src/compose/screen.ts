import type { EndedSessions } from '../domain/organisation/EndedSessions.ts';
import type { Sessions } from '../domain/organisation/Sessions.ts';
import { Screens } from '../domain/screen/Screens.ts';
import { screenRoutes } from '../edge/http/screen/routes.ts';
import { ScreenNotices } from '../edge/socket/screen/ScreenNotices.ts';
import { systemClock } from '../lib/clock.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgScreens } from '../store/postgres/screen/PgScreens.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

const OVER_MS = 60_000;

interface Needs {
  readonly postgres: Postgres;
  readonly sessions: Sessions;
  readonly ended: EndedSessions;
}

/** Screens that show a stage: projectors, walls, and what a broadcaster records from. */
export function composeScreen({ logger }: Base, { postgres, sessions, ended }: Needs) {
  const screens = new Screens({ store: new PgScreens(postgres), ended, clock: systemClock, logger });
  const part = {
    name: 'screen',
    notices: () => new ScreenNotices(screens),
    routes: screenRoutes(screens, sessions),
    sweeps: [{ name: 'screens', everyMs: OVER_MS, run: () => screens.sweep() }],
  } satisfies Part;
  return { part };
}
