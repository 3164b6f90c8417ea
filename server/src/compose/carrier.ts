import { Counter, Gauge, type Registry } from 'prom-client';
import type { Bus } from '../cluster/bus/Bus.ts';
import { CARRIERS_EVERY_MS, Carriers } from '../cluster/carrier/Carriers.ts';
import type { Membership } from '../cluster/membership/Membership.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import type { LiveBriefings } from '../domain/briefing/LiveBriefings.ts';
import { isBriefingRunning } from '../domain/briefing/lifecycle.ts';
import type { Presence } from '../domain/presence/Presence.ts';
import type { Stage } from '../domain/shared/stage.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgCarriers } from '../store/postgres/carrier/PgCarriers.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly bus: Bus;
  /** A connection of its own: whoever takes over does not wait behind a storm of joins. */
  readonly carrying: Postgres;
  readonly membership: Membership | undefined;
  readonly stage: Stage;
  readonly presence: Presence;
  readonly briefings: Briefings;
  readonly liveBriefings: LiveBriefings;
}

/**
 * CL31: which node carries a briefing: the first that opens it, or at which somebody joins. A node that has its database
 * alone claims nothing: nobody asks.
 */
export function composeCarrier({ logger, metrics: { registry } }: Base, needs: Needs) {
  const { bus, carrying, membership, stage, presence, briefings, liveBriefings } = needs;
  const carriers = new Carriers({
    store: new PgCarriers(carrying),
    self: bus.self,
    isRunning: (briefing) => liveBriefings.get(briefing) !== undefined,
    logger,
  });
  countElections(registry, carriers, () => liveBriefings.list().map(({ id }) => id));
  const nodeTopics = [carriers.nodeTopic];
  if (!membership) return { part: { name: 'carrier', nodeTopics } satisfies Part, carriers };

  const claim = (briefing: string) => {
    carriers
      .claim(briefing)
      .catch((err: unknown) =>
        logger.warn({ err, briefing }, 'nobody was made its carrier; the next beat tries again'),
      );
  };
  briefings.on('changed', (briefing) => {
    if (isBriefingRunning(briefing)) claim(briefing.id);
  });
  const join = (briefing: string) => {
    if (!carriers.hasClaimed(briefing)) claim(briefing);
  };
  presence.on('channelOpened', join);
  stage.on('active', ({ room }) => join(room));
  liveBriefings.on('changed', (briefing) => {
    if (!isBriefingRunning(briefing)) carriers.end(briefing.id);
  });
  let released: Promise<void> | undefined;

  const part = {
    name: 'carrier',
    nodeTopics,
    sweeps: [{ name: 'carriers', everyMs: CARRIERS_EVERY_MS, run: () => carriers.sweep(), catchesUp: true }],
    drain: () => {
      released = carriers.releaseAll();
    },
    close: () => released,
  } satisfies Part;
  return { part, carriers };
}

/** PL11 */
function countElections(registry: Registry, carriers: Carriers, running: () => readonly string[]): void {
  const elections = new Counter({
    name: 'dh_elections_total',
    help: 'How often this node began to carry a briefing: as the first one, or after another.',
    labelNames: ['how'],
    registers: [registry],
  });
  for (const how of ['first', 'after another']) elections.inc({ how }, 0);
  carriers.on('carries', (_briefing, { epoch }) => elections.inc({ how: epoch === 1 ? 'first' : 'after another' }));
  new Gauge({
    name: 'dh_carried_briefings',
    help: 'Open briefings that this node carries; none where it is the only one (CL31).',
    registers: [registry],
    collect() {
      this.set(running().filter((briefing) => carriers.carriesItself(briefing)).length);
    },
  });
}
