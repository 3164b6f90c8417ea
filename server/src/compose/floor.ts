import { randomUUID } from 'node:crypto';
import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import { devicesRequest, excessTopic, floorTopic, ringableRequest, seatRequest } from '../cluster/topics/floor.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { AirTimes } from '../domain/floor/AirTimes.ts';
import { CallDirectory } from '../domain/floor/CallDirectory.ts';
import { CallService } from '../domain/floor/CallService.ts';
import { FloorKeeper } from '../domain/floor/FloorKeeper.ts';
import { FloorService } from '../domain/floor/FloorService.ts';
import { LiveFloors } from '../domain/floor/LiveFloors.ts';
import type { ChosenUnits, DevicesElsewhere, FloorStore } from '../domain/floor/ports.ts';
import { StageService } from '../domain/floor/StageService.ts';
import { sweepFloor } from '../domain/floor/sweepFloor.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { present, trackMediaPresence } from '../domain/presence/mediaPresence.ts';
import type { Presence } from '../domain/presence/Presence.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import type { Stage } from '../domain/shared/stage.ts';
import { upFrom } from '../domain/shared/territory.ts';
import { isOfficial } from '../domain/shared/whoSeesWhom.ts';
import { floorRoutes } from '../edge/http/floor/routes.ts';
import { floorActs } from '../edge/socket/floor/acts.ts';
import type { ExcessElsewhere } from '../edge/socket/floor/ExcessNotices.ts';
import { FloorNotices } from '../edge/socket/floor/FloorNotices.ts';
import { handleCallTimeout } from '../jobs/floor/callTimeout.handler.ts';
import { callTimeout } from '../jobs/floor/callTimeout.ts';
import { stagesBack } from '../jobs/floor/stagesBack.ts';
import { type Jobs, job } from '../jobs/Jobs.ts';
import type { Seat } from '../protocol/floor.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly store: FloorStore;
  readonly units: Pick<Units, 'index' | 'get' | 'namesAbove'>;
  readonly presence: Presence;
  /** The live rooms. */
  readonly stage: Stage;
  readonly jobs: Pick<Jobs, 'wake'>;
  /** What is asked of other nodes. */
  readonly requests: Requests;
  /** Made after the floor, which is a part of every briefing. */
  readonly briefings: () => Pick<Briefings, 'goLive' | 'read'>;
  readonly selections: ChosenUnits;
}

/** The floor of live briefings with its calls, and what keeps floor, presence and the live rooms together. */
export function composeFloor({ logger }: Pick<Base, 'logger'>, needs: Needs) {
  const { store, units, presence, stage, jobs, requests, briefings, selections } = needs;
  const live = new LiveFloors();
  const air = new AirTimes({
    ...{ live, store },
    failed: (err, briefing) => logger.warn({ err, briefing }, 'time on air could not be read; the sweep tries again'),
  });
  const boards = {
    open: (briefing: string) => presence.open(briefing, () => present(stage, briefing)),
    close: (briefing: string) => presence.close(briefing),
  };
  const elsewhere: DevicesElsewhere = {
    find: async (briefing, identities) => {
      const found = (await requests.all(devicesRequest, { briefing, identities })).flat();
      // Media of one node counts more than an order channel of another.
      return new Map([...found.filter(([, as]) => as === 'channel'), ...found.filter(([, as]) => as === 'media')]);
    },
    hasMedia: (...ask) => presence.hasMedia(...ask),
  };
  const keeper = new FloorKeeper({ store, live, stage, presence: boards, elsewhere }, (err, briefing) =>
    logger.warn({ err, briefing }, 'the floor could not follow; the sweep tries again'),
  );
  const unfollow = trackMediaPresence(stage, presence, (briefing, identity, line) =>
    keeper.line(briefing, identity, line),
  );
  const calls = new CallService({
    store,
    live,
    devices: {
      seat: (...ask) => presence.seat(...ask),
      ringable: (...ask) => presence.ringableHere(...ask),
      ringableElsewhere: async (briefing, unit) =>
        (await requests.all(ringableRequest, { briefing, unit }, Boolean)).some(Boolean),
    },
    units: { find: (code) => units.index.find(code) },
    chosen: selections,
    alarm: {
      ringing: ({ id, briefing, ringingAt, deadline }) => {
        const ringMs = Date.parse(deadline) - Date.parse(ringingAt);
        jobs.wake(callTimeout, id, { briefing, call: id }, ringMs);
      },
    },
  });
  const directory = new CallDirectory({
    units,
    presence,
    scopeOf: async (account, id) => (await briefings().read(account, id)).scope,
  });
  const floor = new FloorService({
    store,
    live,
    devices: {
      seat: (...ask) => presence.seat(...ask),
      seatElsewhere: async (briefing, identity) =>
        (await requests.all(seatRequest, { briefing, identity }, Boolean)).find(Boolean) ?? undefined,
      equip: (...ask) => presence.equip(...ask),
    },
    briefings: { goLive: (...ask) => briefings().goLive(...ask) },
  });

  const stages = new StageService({
    ...{ store, live },
    devices: {
      seat: (...ask) => presence.seat(...ask),
      officials: (briefing, unit) => presence.there(briefing, unit).seats.filter(({ role }) => isOfficial(role)),
    },
    units: {
      find: (code) => units.index.find(code),
      tierBelow: (code) => units.index.children(code).filter((unit) => units.index.children(unit.code).length > 0),
    },
    alarm: { back: (briefing, path, inMs) => jobs.wake(stagesBack, randomUUID(), { briefing, path }, inMs) },
  });

  // A device that comes back with a camera is shown with it, without a new call.
  const onEquipped = (briefing: string, seat: Seat) =>
    void floor
      .followEquipment(briefing, seat)
      .catch((err) => logger.warn({ err, briefing, identity: seat.identity }, 'equipment was not taken to the floor'));
  presence.on('channelOpened', onEquipped);
  presence.on('orphaned', (briefing, identities) => keeper.orphaned(briefing, identities));

  const namesAbove = (path: string): string[] =>
    [...upFrom(path)].slice(1, -1).flatMap((above) => units.index.findPath(above)?.name ?? []);

  const excess: ExcessElsewhere = { tell: () => undefined, hear: () => undefined };
  const part = {
    name: 'floor',
    acts: floorActs({ floor, calls, stages, live, namesAbove, readBriefing: (...ask) => briefings().read(...ask) }),
    notices: (channel) =>
      new FloorNotices(
        channel,
        { live, air },
        { stage, elsewhere: excess },
        ({ id, stage: path }) => keeper.ensure(id, path),
        namesAbove,
      ),
    nodeTopics: [
      nodeTopic(floorTopic, {
        tell: (publish) => live.on('committed', publish),
        hear: (outcome) => keeper.hint(outcome),
      }),
      nodeTopic(excessTopic, {
        tell: (publish) => {
          excess.tell = publish;
        },
        hear: (told) => excess.hear(told),
      }),
    ],
    nodeAnswers: [
      nodeAnswer(ringableRequest, ({ briefing, unit }) => presence.ringableHere(briefing, unit)),
      nodeAnswer(seatRequest, ({ briefing, identity }) => presence.seatHere(briefing, identity) ?? null),
      nodeAnswer(devicesRequest, ({ briefing, identities }) => presence.here(briefing, identities)),
    ],
    routes: floorRoutes(directory, calls, {
      shown: async (account, id, code) => {
        // Only of briefings that they may read at all.
        await briefings().read(account, id);
        return stages.shown(account, id, code);
      },
    }),
    jobs: [
      job(callTimeout, handleCallTimeout(calls)),
      job(stagesBack, ({ briefing, path }) => stages.backDue(briefing, path)),
    ],
    sweeps: [
      { name: 'floors', everyMs: CATCH_UP_EVERY_MS, run: () => sweepFloor({ store, calls, stages, keeper }) },
      { name: 'time on air', everyMs: CATCH_UP_EVERY_MS, run: () => air.sweep() },
    ],
    // What closing rooms say is no news about anybody.
    drain: () => {
      unfollow();
      air.close();
      presence.off('channelOpened', onEquipped);
    },
  } satisfies Part;
  return { part, live, keeper, air };
}
