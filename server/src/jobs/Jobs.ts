import { type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { z } from 'zod';
import { redisOptions } from '../lib/redisAddress.ts';
import { keepPulse } from '../lib/redisPulse.ts';
import type { Logger } from '../observability/logger.ts';

/** A kind of job: what it carries, and how often it is tried. */
export interface JobDefinition {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly attempts: number;
  readonly backoffMs: number;
}
export type JobHandler<D extends JobDefinition> = (data: z.output<D['schema']>) => Promise<void>;

/** A kind of job with the one who does it, as a slice hands it in. */
export interface RegisteredJob {
  readonly definition: JobDefinition;
  readonly handler: (data: unknown) => Promise<void>;
}

/** Ties the handler's data to the schema. */
export const job = <D extends JobDefinition>(definition: D, handler: JobHandler<D>): RegisteredJob => ({
  definition,
  handler: handler as RegisteredJob['handler'],
});

const QUEUE = 'dh-jobs';
/** Handlers are short acts on PostgreSQL; more at once would only queue up there. */
const CONCURRENCY = 8;
/** A job must not come before its moment: PostgreSQL would send it away. */
const AFTER_MS = 20;

/**
 * Wakers on BullMQ: a job says that it is time to look, PostgreSQL says what is due. So a job may be lost with Redis (a
 * sweep finds what it was for), come twice, or come late.
 */
export class Jobs {
  readonly #queue: Queue;
  readonly #producer: Redis;
  readonly #blocking: Redis;
  readonly #logger: Logger;
  readonly #registry = new Map<string, RegisteredJob>();
  #worker: Worker | undefined;
  #closing: Promise<void> | undefined;

  private constructor(queue: Queue, producer: Redis, blocking: Redis, logger: Logger) {
    this.#queue = queue;
    this.#producer = producer;
    this.#blocking = blocking;
    this.#logger = logger;
  }

  /** Needs no Redis to be there yet. */
  static create(redisUrl: string, logger: Logger): Jobs {
    const retryStrategy = (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 4), 1_000);
    // The one who adds must not wait for a Redis that is away; the one who takes does nothing else.
    const producer = new Redis({
      ...redisOptions(redisUrl),
      ...{ enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy },
    });
    const blocking = new Redis({ ...redisOptions(redisUrl), maxRetriesPerRequest: null, retryStrategy });
    for (const connection of [producer, blocking]) connection.on('error', () => undefined);
    keepPulse(producer);
    const queue = new Queue(QUEUE, {
      connection: producer,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: 1_000 },
    });
    queue.on('error', () => undefined);
    return new Jobs(queue, producer, blocking, logger);
  }

  /** @param jobs all kinds of them. @throws Error when two have one name */
  start(jobs: Iterable<RegisteredJob>): void {
    for (const job of jobs) {
      const { name } = job.definition;
      if (this.#registry.has(name)) throw new Error(`two kinds of jobs are named ${name}`);
      this.#registry.set(name, job);
    }
    this.#worker ??= new Worker(QUEUE, (job) => this.#handle(job), {
      connection: this.#blocking,
      concurrency: CONCURRENCY,
    });
    this.#worker.on('error', () => undefined);
    this.#worker.on('failed', (job, err) => this.#logger.warn({ err, job: job?.name, id: job?.id }, 'a job failed'));
  }

  /**
   * Wakes the handler after `delayMs`, once for each id. Never rejects and never waits for Redis: what could not be put
   * into the queue is found by the sweep.
   */
  wake<D extends JobDefinition>(definition: D, id: string, data: z.input<D['schema']>, delayMs: number): void {
    const { name, attempts, backoffMs } = definition;
    if (this.#producer.status !== 'ready') {
      this.#logger.warn({ job: name, id }, 'Redis is away; the sweep will do this');
      return;
    }
    const backoff = { type: 'exponential', delay: backoffMs };
    this.#queue
      .add(name, data, { jobId: `${name}-${id}`, delay: delayMs > 0 ? delayMs + AFTER_MS : 0, attempts, backoff })
      .catch((err: unknown) =>
        this.#logger.warn({ err, job: name, id }, 'not put into the queue; the sweep will do this'),
      );
  }

  /** How many jobs there are, by what they wait for. @throws when Redis is away */
  counts(): Promise<Readonly<Record<string, number>>> {
    return this.#queue.getJobCounts('waiting', 'delayed', 'active', 'failed');
  }

  /** Waits for running handlers. May run twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // Without Redis there is nobody to say good-bye to.
    const away = this.#blocking.status !== 'ready';
    await this.#worker?.close(away).catch(() => undefined);
    if (!away) await this.#queue.close().catch(() => undefined);
    this.#producer.disconnect();
    this.#blocking.disconnect();
  }

  async #handle(job: Job): Promise<void> {
    const registered = this.#registry.get(job.name);
    if (!registered) throw new Error(`nobody handles jobs named ${job.name}`);
    await registered.handler(registered.definition.schema.parse(job.data));
  }
}
