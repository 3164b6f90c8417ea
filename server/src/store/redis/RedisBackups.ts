import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { BackupLedger, BackupOutcome, LastBackups } from '../../domain/backup/ports.ts';

const LAST_KEY = 'dh:backups';
const claimKey = (slot: Date): string => `dh:backup:${slot.toISOString()}`;

const outcomeSchema = z.object({
  at: z.coerce.date(),
  node: z.string(),
  state: z.enum(['saved', 'broken', 'failed']),
  text: z.string(),
});

/** AU19: which node makes the backup of a day, and how the last ones ended. A Redis that begins anew costs one backup more. */
export class RedisBackups implements BackupLedger {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async claim(slot: Date, node: string, holdMs: number): Promise<boolean> {
    return (await this.#redis.set(claimKey(slot), node, 'PX', holdMs, 'NX')) === 'OK';
  }

  async hold(slot: Date, holdMs: number): Promise<void> {
    await this.#redis.pexpire(claimKey(slot), holdMs);
  }

  async finish(slot: Date, outcome: BackupOutcome, untilMs: number): Promise<void> {
    const text = JSON.stringify(outcome);
    const saved = outcome.state === 'saved' ? { saved: text } : {};
    await this.#redis
      .multi()
      .hset(LAST_KEY, { last: text, ...saved })
      .pexpire(claimKey(slot), untilMs)
      .exec();
  }

  async release(slot: Date): Promise<void> {
    await this.#redis.del(claimKey(slot));
  }

  async last(): Promise<LastBackups> {
    const { saved, last } = await this.#redis.hgetall(LAST_KEY);
    return { saved: saved ? read(saved) : undefined, last: last ? read(last) : undefined };
  }
}

const read = (text: string): BackupOutcome => outcomeSchema.parse(JSON.parse(text));
