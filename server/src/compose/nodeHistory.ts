import packageJson from '../../../package.json' with { type: 'json' };
import type { Bus } from '../cluster/bus/Bus.ts';
import type { Membership } from '../cluster/membership/Membership.ts';
import { NodeHistory } from '../domain/nodes/NodeHistory.ts';
import type { Clock } from '../lib/clock.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgNodeEvents } from '../store/postgres/nodes/PgNodeEvents.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly bus: Pick<Bus, 'self'>;
  readonly membership: Membership | undefined;
  readonly clock: Clock;
  readonly postgres: Postgres;
}

const LOOK_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;

/** PL14: what happened to nodes. */
export function composeNodeHistory({ logger }: Base, { bus, membership, clock, postgres }: Needs) {
  const history = new NodeHistory({ store: new PgNodeEvents(postgres), self: bus.self, clock });
  let ended: Promise<void> | undefined;
  const part = {
    name: 'history of nodes',
    sweeps: [
      {
        name: 'history of nodes',
        everyMs: LOOK_EVERY_MS,
        run: () => {
          history.look(membership ? membership.known : [], performance.now());
          return history.write();
        },
      },
      { name: 'old history of nodes', everyMs: FORGET_EVERY_MS, run: () => history.forget() },
    ],
    start: async () => history.note({ kind: 'came', detail: packageJson.version }),
    drain: () => {
      history.note({ kind: 'left' });
      ended = history.write().catch((err: unknown) => logger.warn({ err }, 'that this node left was not written down'));
    },
    close: () => ended,
  } satisfies Part;
  return { part, history };
}
