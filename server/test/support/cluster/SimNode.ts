import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { Bus } from '../../../src/cluster/bus/Bus.ts';
import { BusKeys } from '../../../src/cluster/bus/BusKeys.ts';
import { nodeTopic } from '../../../src/cluster/bus/nodeTopic.ts';
import { Carriers, RENEW_EVERY_MS } from '../../../src/cluster/carrier/Carriers.ts';
import { Fence } from '../../../src/cluster/membership/Fence.ts';
import { Membership } from '../../../src/cluster/membership/Membership.ts';
import { nodeAnswer } from '../../../src/cluster/requests/nodeRequest.ts';
import { Requests } from '../../../src/cluster/requests/Requests.ts';
import { briefingTopic } from '../../../src/cluster/topics/briefing.ts';
import { figureStageTopic } from '../../../src/cluster/topics/figureStage.ts';
import { LiveBriefings } from '../../../src/domain/briefing/LiveBriefings.ts';
import { LiveFigureStages } from '../../../src/domain/figure/stage/LiveFigureStages.ts';
import { CATCH_UP_EVERY_MS } from '../../../src/domain/shared/CatchUp.ts';
import { every } from '../../../src/lib/every.ts';
import type { Briefing } from '../../../src/protocol/briefing.ts';
import { DatabaseClock } from '../../../src/store/postgres/base/DatabaseClock.ts';
import type { Connection, SimPostgres } from './SimPostgres.ts';
import type { Line, SimRedis } from './SimRedis.ts';
import type { Process, VirtualTime } from './VirtualTime.ts';

/** What a node measures PostgreSQL's clock by, at rest as the log of attendance does. */
const MEASURE_EVERY_MS = 3_000;

const keys = BusKeys.of(['a secret of the simulated cluster, long enough']);
const silent = { info: () => undefined, warn: () => undefined };

/** Who is asked answers who they are. */
export const whoRequest = { name: 'who', ask: z.null(), answer: z.string() };

export interface SimWorld {
  readonly time: VirtualTime;
  readonly redis: SimRedis;
  readonly postgres: SimPostgres;
}

/** What the world notes of what a node does. */
export interface Notes {
  said(node: SimNode): void;
  heard(node: SimNode): void;
  cut(node: SimNode): void;
  caughtUp(node: SimNode): void;
  carries(node: SimNode, briefing: string, epoch: number): void;
  lost(node: SimNode, briefing: string, epoch: number): void;
  knows(node: SimNode, what: string, number: number): void;
}

/** The real code of one node above the lines to its stores, from one start to its death. */
export class SimNode {
  readonly name: string;
  readonly boot: string;
  readonly process: Process = { state: 'runs', suspendedMs: 0, waiting: [] };
  readonly redisLine: Line = { process: this.process, cut: false };
  readonly postgresLine: Line = { process: this.process, cut: false };
  readonly postgres: Connection;
  readonly membership: Membership;
  readonly requests: Requests;
  readonly carriers: Carriers;
  readonly briefings: LiveBriefings;
  readonly stages: LiveFigureStages;
  readonly joinedAt: number;
  tellBriefing: (briefing: Briefing) => void = () => undefined;

  private constructor(
    parts: Pick<SimNode, 'name' | 'boot' | 'process' | 'redisLine' | 'postgresLine' | 'postgres'> & Made,
  ) {
    this.name = parts.name;
    this.boot = parts.boot;
    this.process = parts.process;
    this.redisLine = parts.redisLine;
    this.postgresLine = parts.postgresLine;
    this.postgres = parts.postgres;
    this.membership = parts.membership;
    this.requests = parts.requests;
    this.carriers = parts.carriers;
    this.briefings = parts.briefings;
    this.stages = parts.stages;
    this.joinedAt = parts.joinedAt;
  }

  /** As `compose` makes it. @param notes told from before it joins @throws when it may not start now */
  static async start(name: string, world: SimWorld, process: Process, notes: Notes): Promise<SimNode> {
    const { time, redis, postgres } = world;
    const redisLine = { process, cut: false };
    const postgresLine = { process, cut: false };
    const connection = postgres.connect(postgresLine);
    const holder: { node?: SimNode; membership?: Membership } = {};
    const noted = (note: (node: SimNode) => void) => holder.node && note(holder.node);

    const clock = new DatabaseClock();
    await clock.measure(connection.sql);
    const fence = Fence.create({
      hasOthers: () => holder.membership?.hasOthers ?? false,
      logger: silent,
      // The second in steps of 10 ms, and never standing.
      clocks: [() => performance.now(), () => Math.floor(time.now / 10) * 10],
    });
    const bus = Bus.over(
      { node: name, keys, clock, isFenced: () => fence.isUp(), logger: silent, registry: new Registry() },
      redis.publisher(redisLine, () => noted((node) => notes.said(node))),
      redis.subscriber(redisLine),
    );
    const commands = redis.client(redisLine);
    const membership = await Membership.create({
      ...{ redis: commands, keys, self: bus.self, schema: 'same', clock },
      renewing: () => fence.renewing(),
      elapsed: () => time.now,
    });
    holder.membership = membership;
    const requests = new Requests({ bus, nodes: membership, logger: silent });
    const briefings = new LiveBriefings(connection.briefings);
    const carriers = new Carriers({
      ...{ store: connection.carriers, self: bus.self, logger: silent },
      isRunning: (id) => briefings.get(id) !== undefined,
    });
    briefings.on('changed', ({ id, state }) => {
      if (state === 'closed') carriers.end(id);
    });
    await briefings.sweep();
    const stages = new LiveFigureStages(connection.stages, (id) => briefings.get(id) !== undefined);

    let tellBriefing: SimNode['tellBriefing'] = () => undefined;
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
    ]);
    requests.join([
      nodeAnswer(whoRequest, () => {
        noted((node) => notes.heard(node));
        return bus.self.boot;
      }),
    ]);
    await membership.join();

    const made = { membership, requests, carriers, briefings, stages, joinedAt: time.now };
    const node = new SimNode({
      name,
      boot: bus.self.boot,
      process,
      redisLine,
      postgresLine,
      postgres: connection,
      ...made,
    });
    holder.node = node;
    node.tellBriefing = tellBriefing;
    carriers.on('carries', (briefing, { epoch }) => notes.carries(node, briefing, epoch));
    carriers.on('lost', (briefing, epoch) => notes.lost(node, briefing, epoch));
    carriers.on(
      'changed',
      (briefing, carrier) => carrier && notes.knows(node, `carrier of ${briefing}`, carrier.epoch),
    );
    briefings.on('changed', ({ id, epoch }) => notes.knows(node, `briefing ${id}`, epoch));
    stages.on('changed', ({ briefing, version }) => notes.knows(node, `figures on ${briefing}`, version));
    fence.guard({
      cut: () => notes.cut(node),
      catchUp: async () => {
        await clock.measure(connection.sql);
        await briefings.sweep();
        await carriers.sweep();
        await stages.sweep();
        notes.caughtUp(node);
      },
    });
    const nothing = () => undefined;
    every(CATCH_UP_EVERY_MS, () => briefings.sweep(), nothing);
    every(CATCH_UP_EVERY_MS, () => stages.sweep(), nothing);
    every(RENEW_EVERY_MS, () => carriers.sweep(), nothing);
    every(MEASURE_EVERY_MS, () => clock.measure(connection.sql), nothing);
    return node;
  }
}

type Made = Pick<SimNode, 'membership' | 'requests' | 'carriers' | 'briefings' | 'stages' | 'joinedAt'>;
export const briefingIds = [randomUUID(), randomUUID()] as const;
