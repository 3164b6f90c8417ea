import { Presence } from '../domain/presence/Presence.ts';
import type { UnitNames } from '../domain/presence/ports.ts';
import { presenceActs } from '../edge/socket/presence/acts.ts';
import { PresenceNotices } from '../edge/socket/presence/PresenceNotices.ts';
import { systemClock } from '../lib/clock.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgPresence } from '../store/postgres/presence/PgPresence.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

/** Seen and gone is written this often; what a crash loses is no more than that. */
const SAVE_MS = 5_000;

interface Needs {
  readonly postgres: Postgres;
  readonly names: UnitNames & { path(code: string): string | undefined };
}

/** Who is in the briefings that are open; facts come from the channel and, with the floor, from media. */
export function composePresence(_base: Base, { postgres, names }: Needs) {
  const presence = new Presence({ store: new PgPresence(postgres), names, clock: systemClock });
  const part = {
    name: 'presence',
    acts: presenceActs(presence),
    notices: (channel) => new PresenceNotices(channel, presence),
    sweeps: [{ name: 'presence', everyMs: SAVE_MS, run: () => presence.save() }],
    close: () => presence.save(),
  } satisfies Part;
  return { part, presence };
}
