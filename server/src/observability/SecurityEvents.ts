import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from './logger.ts';

/** What somebody who looks into an attack needs: the log has the same with a shortened address. */
export interface EventFacts extends Readonly<Record<string, unknown>> {
  /** Of the client, whole. */
  readonly address?: string;
}

/** Where sign-ins and refused rights are told. A logger is one, whose lines have no whole address. */
export interface SecurityLog {
  info(facts: EventFacts, message: string): void;
  warn(facts: EventFacts, message: string): void;
}

const FILE = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;
const DAY_MS = 24 * 3600 * 1000;
/** Of one day; what is more is counted. */
const MOST_BYTES = 128 * 1024 * 1024;

export interface SecurityEventsOptions {
  /** `security` in DATA_DIR. */
  readonly folder: string;
  /** Files are deleted when their day is so long over. */
  readonly days: number;
  readonly logger: Logger;
  readonly now?: () => Date;
}

/**
 * HT18: security events with whole addresses, one file a day, which only the server's account reads. Each goes into the log
 * as well, with its address shortened. Lines are written once a second at most, by one append.
 */
export class SecurityEvents implements SecurityLog {
  readonly #o: SecurityEventsOptions;
  readonly #now: () => Date;
  #lines: string[] = [];
  #day = '';
  #bytes = 0;
  #dropped = 0;
  #last: Promise<void> = Promise.resolve();

  private constructor(options: SecurityEventsOptions) {
    this.#o = options;
    this.#now = options.now ?? (() => new Date());
  }

  static async create(options: SecurityEventsOptions): Promise<SecurityEvents> {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const events = new SecurityEvents(options);
    await events.sweep();
    return events;
  }

  info(facts: EventFacts, message: string): void {
    this.#o.logger.info(facts, message);
    this.#keep(facts, message);
  }

  warn(facts: EventFacts, message: string): void {
    this.#o.logger.warn(facts, message);
    this.#keep(facts, message);
  }

  #keep(facts: EventFacts, message: string): void {
    const line = `${JSON.stringify({ time: this.#now().toISOString(), ...facts, msg: message })}\n`;
    const isNewDay = this.#fileOf(this.#now()) !== this.#day;
    if (!isNewDay && this.#bytes + line.length > MOST_BYTES) this.#dropped += 1;
    else {
      if (isNewDay) [this.#day, this.#bytes] = [this.#fileOf(this.#now()), 0];
      this.#bytes += line.length;
      this.#lines.push(line);
    }
  }

  /** Writes what was noted since, and deletes what is older than its days. */
  async write(): Promise<void> {
    const lines = this.#lines.splice(0);
    const dropped = this.#dropped;
    this.#dropped = 0;
    if (dropped > 0) this.#o.logger.warn({ dropped }, 'a day has too many security events: these were not kept');
    if (lines.length === 0) return this.#last;
    const file = join(this.#o.folder, this.#day);
    const write = () => appendFile(file, lines.join(''), { mode: 0o600 });
    this.#last = this.#last.then(write).catch((err: unknown) => {
      this.#o.logger.error({ err, lost: lines.length }, 'security events could not be written');
    });
    return this.#last;
  }

  /** Deletes files whose day is over for too long; goes on where an earlier process of today ended. */
  async sweep(): Promise<void> {
    const { folder, days } = this.#o;
    const oldest = this.#now().getTime() - days * DAY_MS;
    for (const name of await readdir(folder)) {
      const day = FILE.exec(name)?.[1];
      if (day !== undefined && Date.parse(day) + DAY_MS <= oldest) await rm(join(folder, name), { force: true });
    }
    const today = this.#fileOf(this.#now());
    if (today === this.#day) return;
    this.#day = today;
    this.#bytes = await stat(join(folder, today)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  /** By UTC. */
  #fileOf(now: Date): string {
    return `${now.toISOString().slice(0, 10)}.jsonl`;
  }

  close(): Promise<void> {
    return this.write();
  }
}
