import type { Bus } from '../../../src/cluster/bus/Bus.ts';
import type { Membership } from '../../../src/cluster/membership/Membership.ts';
import type { Requests } from '../../../src/cluster/requests/Requests.ts';
import { composeDirective } from '../../../src/compose/directive.ts';
import { composeFloor } from '../../../src/compose/floor.ts';
import { gather, type Part } from '../../../src/compose/Part.ts';
import { composePresence } from '../../../src/compose/presence.ts';
import { composeQuotas } from '../../../src/compose/quotas.ts';
import { composeRollcall } from '../../../src/compose/rollcall.ts';
import { composeRooms } from '../../../src/compose/rooms.ts';
import type { LiveBriefings } from '../../../src/domain/briefing/LiveBriefings.ts';
import { Arrivals } from '../../../src/domain/shared/Arrivals.ts';
import type { Jobs } from '../../../src/jobs/Jobs.ts';
import { Closer } from '../../../src/lib/Closer.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { OnwardClock } from '../../../src/lib/OnwardClock.ts';
import type { Logger } from '../../../src/observability/logger.ts';
import { refuse } from '../../../src/protocol/errors.ts';
import { ROOT, units } from './land.ts';
import { SimDoor } from './SimDoor.ts';
import type { SimHall } from './SimHall.ts';
import type { Connection } from './SimPostgres.ts';
import { SimRooms } from './SimRooms.ts';

interface Ground {
  readonly bus: Bus;
  readonly membership: Membership;
  readonly requests: Requests;
  readonly postgres: Connection;
  readonly clock: Clock;
  readonly briefings: LiveBriefings;
  readonly hall: SimHall;
  readonly jobs: Pick<Jobs, 'wake'>;
  readonly isFenced: () => boolean;
  readonly logger: Logger;
}

/** Nobody is chosen by a figure, and no round asks for one. */
const none = async (): Promise<never> => {
  throw refuse('not-found', 'there are no figures here');
};

/** The slices of a node, as `compose` makes them, over the stores of the world. */
export function composeSlices(ground: Ground) {
  const { bus, membership, requests, postgres, clock, briefings, hall, jobs, isFenced, logger } = ground;
  const limits = composeQuotas();
  const { presence, part: presencePart } = composePresence({
    ...{ store: postgres.seen, clock, names: units, bus, membership },
  });
  const floor = composeFloor(
    { logger },
    {
      ...{ store: postgres.floors, units, presence, stage: hall, jobs, requests },
      briefings: () => ({ goLive: none, read: none }),
      selections: { demandReached: none },
    },
  );
  const onward = new OnwardClock(clock);
  const arrived = new Arrivals(onward);
  const rollcall = composeRollcall(
    { logger },
    {
      ...{ stores: postgres.rollcall, units, names: units, lists: { pathsOf: none } },
      ...{ briefings, jobs, arrived, onward, requests, clock, selections: { asked: none } },
      asked: {
        last: () => null,
        numberFor: () => {
          throw refuse('bad-request', 'there are no figures here');
        },
      },
    },
  );
  const directive = composeDirective(
    { logger },
    {
      ...{ stores: postgres.directive, units, lists: { pathsOf: none }, presence, jobs },
      ...{ briefings: { read: none }, selections: { reached: none } },
    },
  );
  const { directives, followActs, news } = directive;
  // It is never closed, since it dies; and no list of all nodes keeps their worlds.
  const closer = new Closer(() => undefined);
  const shared = composeRooms({ closer }, { bus, membership, clock });
  if (!shared.nodes) throw new Error('a node with others has their rooms');
  const rooms = new SimRooms(shared.nodes, hall);
  const parts: readonly Part[] = [limits.part, floor.part, presencePart, rollcall.part, directive.part];
  const door = new SimDoor({
    ...{ presence, hall, acts: Object.assign({}, ...parts.map(({ acts }) => acts)) },
    prepare: (briefing) => {
      if (!briefings.get(briefing)) throw refuse('not-live', 'the briefing is not open');
      return floor.keeper.ensure(briefing, ROOT);
    },
    guard: {
      ...{ isFenced, arrivals: arrived, quotas: limits.quotas, logger },
      renew: async (caller) => caller,
      ...{ renewed: () => undefined, ended: () => undefined, answered: () => undefined, refused: () => undefined },
    },
  });
  const gathered = gather(parts);
  const nodeTopics = [...shared.nodeTopics, ...gathered.nodeTopics];
  return {
    parts,
    ...gathered,
    nodeTopics,
    rooms,
    presence,
    keeper: floor.keeper,
    floors: floor.live,
    rounds: rollcall.live,
    directives,
    followActs,
    news,
    door,
  };
}
