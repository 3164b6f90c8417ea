import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import type { Clock } from '../../lib/clock.ts';
import { redisOptions } from '../../lib/redisAddress.ts';
import { keepPulse } from '../../lib/redisPulse.ts';
import type { Logger } from '../../observability/logger.ts';
import type { BusKeys } from './BusKeys.ts';
import { busMetrics } from './busMetrics.ts';
import { open, type Sender, type Unusable, write } from './envelope.ts';
import { Freshness } from './Freshness.ts';
import type { Inbox, NodeTopic, Topic, TopicDefinition } from './nodeTopic.ts';

export interface BusOptions {
  readonly redisUrl: string;
  /** Name of this node among others. */
  readonly node: string;
  readonly keys: BusKeys;
  /** PostgreSQL's, as far as it is known without asking. */
  readonly clock: Clock;
  /** CL8: while it holds, nothing is heard, and nothing said. */
  readonly isFenced?: () => boolean;
  readonly logger: Pick<Logger, 'warn'>;
  readonly registry: Registry;
}

/** Why a message is not obeyed. */
type Fault = Unusable['why'] | 'old' | 'repeated' | 'body';

type Hear = (body: unknown, from: Sender) => void | Promise<void>;

/** What goes wrong in one way is logged this often; the metric counts all of it. */
const LOG_EVERY_MS = 60_000;

/** CL70: between the name of a topic and the boot that alone reads the channel. */
const OF_BOOT = '@';
const topicOf = (place: string): string => place.split(OF_BOOT, 1)[0] ?? place;

const retryStrategy = (attempt: number): number => Math.min(100 * 2 ** Math.min(attempt, 4), 1_000);

/**
 * How nodes tell each other what moved: Redis publish/subscribe, one channel a topic, and one channel an addressee for
 * what is meant for one node (CL70). It never waits for Redis, and
 * while Redis is away nothing queues up: a message is a hint, and who missed one reads the same from PostgreSQL in a
 * sweep. Each is signed, so that whoever holds Redis says nothing in the name of a node (CL1, CL2).
 */
export class Bus {
  /** This process, as the others know it. */
  readonly self: Sender;
  readonly #keys: BusKeys;
  readonly #clock: Clock;
  readonly #isFenced: () => boolean;
  readonly #freshness: Freshness;
  /** With the number of the database, which channels of Redis do not heed by themselves. */
  readonly #prefix: string;
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #metrics: ReturnType<typeof busMetrics>;
  readonly #hear = new Map<string, Hear[]>();
  readonly #loggedAt = new Map<string, number>();
  #number = 0;
  #closed = false;

  private constructor(options: Omit<BusOptions, 'redisUrl'>, publisher: Redis, subscriber: Redis) {
    this.self = { node: options.node, boot: randomUUID() };
    this.#keys = options.keys;
    this.#clock = options.clock;
    this.#isFenced = options.isFenced ?? (() => false);
    this.#freshness = new Freshness(options.clock);
    this.#prefix = `dh:bus:${publisher.options.db ?? 0}:`;
    this.#publisher = publisher;
    this.#subscriber = subscriber;
    this.#logger = options.logger;
    this.#metrics = busMetrics(options.registry);
    subscriber.on('message', (channel: string, text: string) =>
      this.#receive(channel.slice(this.#prefix.length), text),
    );
  }

  /** Needs no Redis to be there yet, and comes back to one that was away. */
  static create(options: BusOptions): Bus {
    const publisher = new Redis({
      ...redisOptions(options.redisUrl),
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy,
    });
    const subscriber = new Redis({
      ...redisOptions(options.redisUrl),
      ...{ maxRetriesPerRequest: null, retryStrategy },
    });
    // That Redis is away is said once, by the connection that commands use.
    for (const connection of [publisher, subscriber]) {
      connection.on('error', () => undefined);
      keepPulse(connection);
    }
    return new Bus(options, publisher, subscriber);
  }

  /** By lines that are there already; a simulated network has its own. */
  static over(options: Omit<BusOptions, 'redisUrl'>, publisher: Redis, subscriber: Redis): Bus {
    return new Bus(options, publisher, subscriber);
  }

  topic<M>({ name, schema }: TopicDefinition<z.ZodType<M>>): Topic<M> {
    return {
      publish: (message) => this.#publish(name, name, message),
      subscribe: (hear) => this.#subscribe(name, schema, hear),
    };
  }

  inbox<M>({ name, schema }: TopicDefinition<z.ZodType<M>>): Inbox<M> {
    return {
      send: ({ boot }, message) => this.#publish(name, name + OF_BOOT + boot, message),
      receive: (hear) => this.#subscribe(name + OF_BOOT + this.self.boot, schema, hear),
    };
  }

  join(topics: Iterable<NodeTopic>): void {
    for (const { join } of topics) join((definition) => this.topic(definition));
  }

  /** Says and hears nothing more. May run twice. */
  close(): void {
    this.#closed = true;
    this.#publisher.disconnect();
    this.#subscriber.disconnect();
  }

  #publish(topic: string, place: string, message: unknown): void {
    if (this.#closed || this.#isFenced() || this.#publisher.status !== 'ready') return;
    this.#metrics.sent.inc({ topic });
    const channel = this.#prefix + place;
    this.#publisher
      .publish(channel, this.#write(channel, message))
      .catch((err: unknown) => this.#log(topic, 'publish', { err }, 'not told to other nodes; their sweeps read it'));
  }

  #subscribe<M>(place: string, schema: z.ZodType<M>, hear: (message: M, from: Sender) => void | Promise<void>): void {
    const all = this.#hear.get(place) ?? [];
    this.#hear.set(place, all);
    // ioredis subscribes again after each reconnect.
    if (all.length === 0)
      this.#subscriber
        .subscribe(this.#prefix + place)
        .catch((err: unknown) =>
          this.#log(topicOf(place), 'subscribe', { err }, 'other nodes are not heard; the sweep reads'),
        );
    all.push((body, from) => {
      const { success, data, error } = schema.safeParse(body);
      if (!success) return this.#refuse(topicOf(place), 'body', z.prettifyError(error));
      return hear(data, from);
    });
  }

  #write(channel: string, body: unknown): string {
    this.#number += 1;
    const at = Math.round(this.#clock.now().getTime());
    return write(this.#keys, channel, { ...this.self, number: this.#number, at, body });
  }

  #receive(place: string, text: string): void {
    if (this.#closed || this.#isFenced()) return;
    const topic = topicOf(place);
    const envelope = open(this.#keys, this.#prefix + place, text);
    if ('why' in envelope) {
      this.#refuse(topic, envelope.why, envelope.problem);
      return;
    }
    if (envelope.boot === this.self.boot) return;
    const stale = this.#freshness.staleness(envelope);
    if (stale) {
      this.#refuse(topic, stale, `number ${envelope.number} of node ${envelope.node}`);
      return;
    }
    this.#metrics.age.observe(Math.max(0, this.#clock.now().getTime() - envelope.at) / 1000);
    for (const hear of this.#hear.get(place) ?? []) {
      // Also what it throws before it waits for anything.
      void (async () => hear(envelope.body, envelope))().catch((err: unknown) =>
        this.#logger.warn({ err, topic, from: envelope.node }, 'a hint could not be followed; the sweep reads it'),
      );
    }
  }

  #refuse(topic: string, why: Fault, problem: string): void {
    this.#metrics.refused.inc({ topic, why });
    this.#log(topic, why, { problem }, 'a message on the bus was not obeyed');
  }

  #log(topic: string, why: string, facts: object, message: string): void {
    const key = `${topic} ${why}`;
    const now = performance.now();
    if (this.#closed || now - (this.#loggedAt.get(key) ?? Number.NEGATIVE_INFINITY) < LOG_EVERY_MS) return;
    this.#loggedAt.set(key, now);
    this.#logger.warn({ ...facts, topic, why }, message);
  }
}
