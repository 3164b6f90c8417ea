import { EventEmitter } from 'node:events';
import type { Logger } from '../../../observability/logger.ts';
import type { ApiKey } from './apiKey.ts';
import { isOpenToAll } from './keyFile.ts';
import { type KeySettings, keyFilePath, makeFirstKey, readKeys } from './readKeys.ts';

export interface KeyRingEvents {
  /** Keys came or went, or other secrets live; a secret whose time is over has ended. */
  changed: [];
}

interface Read {
  readonly keys: readonly ApiKey[];
  readonly hasFile: boolean;
}

/**
 * KY1: the API keys as they are now. What is in their file is read again and again, so that a key is added, rotated and
 * withdrawn while the server runs; a file that cannot be used changes nothing.
 */
export class KeyRing extends EventEmitter<KeyRingEvents> {
  readonly #read: () => Promise<Read>;
  readonly #log: Logger;
  readonly #now: () => number;
  #last: Read;
  #living = '';
  #failure = '';

  /** @throws StartRefusal when there is a file that cannot be used */
  static async create(settings: KeySettings, log: Logger, now = Date.now): Promise<KeyRing> {
    await makeFirstKey(settings);
    const file = keyFilePath(settings);
    const first = await readKeys(settings);
    if (await isOpenToAll(file)) log.warn({ file }, 'every account of this machine reads the API keys: chmod 600');
    return new KeyRing(() => readKeys(settings), first, log.child({ file }), now);
  }

  /** Keys that never change, and have no file. */
  static of(keys: readonly ApiKey[], log: Logger): KeyRing {
    const read = { keys, hasFile: false };
    return new KeyRing(async () => read, read, log, Date.now);
  }

  private constructor(read: () => Promise<Read>, first: Read, log: Logger, now: () => number) {
    super();
    this.#read = read;
    this.#last = first;
    this.#log = log;
    this.#now = now;
    this.#living = JSON.stringify(this.all());
  }

  /** With the secrets that are good at this moment. */
  find(name: string): ApiKey | undefined {
    return this.all().find((key) => key.name === name);
  }

  all(): readonly ApiKey[] {
    const now = this.#now();
    return this.#last.keys.map((key) => ({
      ...key,
      secrets: key.secrets.filter(({ until }) => until === undefined || until > now),
    }));
  }

  /** Looks whether anything has changed. Never rejects: what cannot be used is said once, and what was before goes on. */
  async refresh(): Promise<void> {
    try {
      const read = await this.#read();
      if (this.#last.hasFile && !read.hasFile) throw new Error('the file of API keys is gone');
      this.#last = read;
      this.#failure = '';
    } catch (err) {
      const failure = String(err);
      if (failure !== this.#failure) this.#log.error({ err }, 'no change of API keys is taken: those of before go on');
      this.#failure = failure;
    }
    const living = JSON.stringify(this.all());
    if (living === this.#living) return;
    this.#living = living;
    this.#log.info(
      { keys: this.all().map(({ name, rooms, secrets }) => ({ name, rooms, secrets: secrets.length })) },
      'API keys changed',
    );
    this.emit('changed');
  }
}
