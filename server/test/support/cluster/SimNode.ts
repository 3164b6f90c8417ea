import { Registry } from 'prom-client';
import { z } from 'zod';
import { Bus } from '../../../src/cluster/bus/Bus.ts';
import type { BusKeys } from '../../../src/cluster/bus/BusKeys.ts';
import { nodeTopic } from '../../../src/cluster/bus/nodeTopic.ts';
import { CARRIERS_EVERY_MS, Carriers } from '../../../src/cluster/carrier/Carriers.ts';
import { Fence } from '../../../src/cluster/membership/Fence.ts';
import { Membership } from '../../../src/cluster/membership/Membership.ts';
import { nodeAnswer } from '../../../src/cluster/requests/nodeRequest.ts';
import { Requests } from '../../../src/cluster/requests/Requests.ts';
import { briefingTopic } from '../../../src/cluster/topics/briefing.ts';
import { figureTopic } from '../../../src/cluster/topics/figure.ts';
import { figureStageTopic } from '../../../src/cluster/topics/figureStage.ts';
import type { Sweep } from '../../../src/compose/Part.ts';
import { LiveBriefings } from '../../../src/domain/briefing/LiveBriefings.ts';
import { LiveFigures } from '../../../src/domain/figure/LiveFigures.ts';
import { LiveFigureStages } from '../../../src/domain/figure/stage/LiveFigureStages.ts';
import { CATCH_UP_EVERY_MS } from '../../../src/domain/shared/CatchUp.ts';
import { every } from '../../../src/lib/every.ts';
import type { Logger } from '../../../src/observability/logger.ts';
import type { Briefing } from '../../../src/protocol/briefing.ts';
import { DatabaseClock } from '../../../src/store/postgres/base/DatabaseClock.ts';
import { units } from './land.ts';
import { SimHall } from './SimHall.ts';
import type { SimJobs } from './SimJobs.ts';
import type { SimPostgres } from './SimPostgres.ts';
import type { SimRedis } from './SimRedis.ts';
import { composeSlices } from './slices.ts';
import type { Process, VirtualTime } from './VirtualTime.ts';

/** What a node measures PostgreSQL's clock by, at rest as the log of attendance does. */
const MEASURE_EVERY_MS = 3_000;

/** Who is asked answers who they are. */
export const whoRequest = { name: 'who', ask: z.null(), answer: z.string() };

export interface SimWorld {
  readonly time: VirtualTime;
  readonly redis: SimRedis;
  readonly postgres: SimPostgres;
  readonly jobs: SimJobs;
  readonly keys: BusKeys;
  /** Whether the hall does not carry out an order. */
  readonly isBroken: () => boolean;
}

/** What the world notes in the midst of what a node does. */
export interface Notes {
  said(node: SimNode): void;
  heard(node: SimNode): void;
  cut(node: SimNode): void;
  caughtUp(node: SimNode): void;
  /** Something that the code says must not be. */
  wrong(node: string, what: string): void;
}

export type SimNode = Awaited<ReturnType<typeof startNode>>;

/**
 * The real code of one node above the lines to its stores, as `compose` makes it, from one start to its death.
 * @param notes told from before it joins @throws when it may not start now
 */
export async function startNode(name: string, world: SimWorld, process: Process, notes: Notes) {
  const { time, keys } = world;
  const redisLine = { process, cut: false };
  const postgresLine = { process, cut: false };
  const postgres = world.postgres.connect(postgresLine);
  const holder: { node?: SimNode; membership?: Membership } = {};
  const noted = (note: (node: SimNode) => void) => holder.node && note(holder.node);
  const logger = quiet((what) => notes.wrong(name, what));

  const clock = new DatabaseClock();
  await clock.measure(postgres.sql);
  const fence = Fence.create({
    hasOthers: () => holder.membership?.mayHaveOthers ?? false,
    logger,
    // The second in steps of 10 ms, and never standing.
    clocks: [() => performance.now(), () => Math.floor(time.now / 10) * 10],
  });
  const isFenced = () => fence.isUp();
  const bus = Bus.over(
    { node: name, keys, clock, isFenced, logger, registry: new Registry() },
    world.redis.publisher(redisLine, () => noted((node) => notes.said(node))),
    world.redis.subscriber(redisLine),
  );
  const membership = await Membership.create({
    ...{ redis: world.redis.client(redisLine), beats: postgres.beats, keys, self: bus.self, schema: 'same', clock },
    renewing: () => fence.renewing(),
    elapsed: () => time.now,
  });
  holder.membership = membership;
  const requests = new Requests({ bus, nodes: membership, logger });
  const briefings = new LiveBriefings(postgres.briefings);
  const carriers = new Carriers({
    ...{ store: postgres.carriers, self: bus.self, logger },
    isRunning: (id) => briefings.get(id) !== undefined,
  });
  briefings.on('changed', ({ id, state }) => {
    if (state === 'closed') carriers.end(id);
  });
  const stages = new LiveFigureStages(postgres.stages, (id) => briefings.get(id) !== undefined);
  const figures = new LiveFigures({ store: postgres.figures, units: () => units.index.units, clock });
  const hall = new SimHall(() => world.isBroken());
  const ground = { bus, membership, requests, postgres, clock, briefings, hall, jobs: world.jobs, isFenced, logger };
  const slices = composeSlices(ground);
  const sweeps: readonly Sweep[] = [
    { name: 'briefings', everyMs: CATCH_UP_EVERY_MS, run: () => briefings.sweep() },
    { name: 'figures on stages', everyMs: CATCH_UP_EVERY_MS, run: () => stages.sweep() },
    { name: 'figures', everyMs: CATCH_UP_EVERY_MS, run: () => figures.sweep() },
    { name: 'carriers', everyMs: CARRIERS_EVERY_MS, run: () => carriers.sweep(), catchesUp: true },
    ...slices.sweeps,
  ];
  await briefings.sweep();
  await figures.reload();
  for (const part of slices.parts) await part.start?.();

  let tellBriefing: (briefing: Briefing) => void = () => undefined;
  bus.join([
    nodeTopic(briefingTopic, {
      tell: (publish) => {
        tellBriefing = publish;
      },
      hear: (briefing) => {
        noted((node) => notes.heard(node));
        briefings.apply(briefing);
      },
    }),
    carriers.nodeTopic,
    nodeTopic(figureStageTopic, {
      tell: (publish) => stages.on('committed', publish),
      hear: (mark) => {
        noted((node) => notes.heard(node));
        return stages.hint(mark);
      },
    }),
    nodeTopic(figureTopic, {
      tell: (publish) => figures.on('committed', publish),
      hear: (mark) => figures.hint(mark),
    }),
    ...slices.nodeTopics,
  ]);
  requests.join([
    nodeAnswer(whoRequest, () => {
      noted((node) => notes.heard(node));
      return bus.self.boot;
    }),
    ...slices.nodeAnswers,
  ]);
  await membership.join();

  const node = {
    ...{ name, boot: bus.self.boot, process, redisLine, postgresLine, postgres, joinedAt: time.now },
    ...{ membership, requests, carriers, briefings, stages, figures, hall, tellBriefing },
    ...slices,
  };
  holder.node = node;
  node.news.tellTo(() => node.door.units);
  fence.guard({
    cut: () => {
      notes.cut(node);
      node.door.cut();
    },
    catchUp: async () => {
      await clock.measure(postgres.sql);
      for (const { run, everyMs, catchesUp } of sweeps) if (catchesUp || everyMs === CATCH_UP_EVERY_MS) await run();
      notes.caughtUp(node);
    },
  });
  const nothing = () => undefined;
  for (const { everyMs, run } of sweeps) every(everyMs, run, nothing);
  every(MEASURE_EVERY_MS, () => clock.measure(postgres.sql), nothing);
  return node;
}

/** What goes wrong with lines and stores is meant to; an error is what nobody has thought of. */
function quiet(wrong: (what: string) => void): Logger {
  const nothing = () => undefined;
  const logger = {
    ...{ trace: nothing, debug: nothing, info: nothing, warn: nothing },
    error: (facts: { err?: Error }, what: string) => wrong(`${what}: ${facts.err?.message}`),
    child: () => logger,
  };
  return logger as unknown as Logger;
}
