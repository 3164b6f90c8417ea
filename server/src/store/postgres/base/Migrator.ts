import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, QueryResultRow } from 'pg';
import { assertNever } from '../../../lib/assertNever.ts';
import { StartRefusal } from '../../../lib/StartRefusal.ts';
import { type MigrationStep, readMigration } from './migrationFiles.ts';
import { pinned, SESSION, type Sql } from './Postgres.ts';
import { PrimaryClient } from './PrimaryClient.ts';

/** One key for all nodes that share a database: only one of them migrates, the others wait for it. */
export const MIGRATION_LOCK = 7_310_501;
/**
 * So long may a step wait for a table; behind it, everybody waits who wants that table too. Then it lets them pass and
 * asks again.
 */
const LOCK_TIMEOUT_MS = 2_000;
/** Whatever the operator's server, database or role is set to. */
const NO_LIMITS = '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0';
const TRIES = 150;
const LONGEST_PAUSE_MS = 2_000;
const TELL_EVERY_MS = 5_000;

export interface Migrating {
  /** Told how far it is, a line at a time. */
  readonly tell?: (line: string) => void;
  /** The role that gets the rights of the server, when it is another than the owner. */
  readonly server?: string | undefined;
  /** Other files than the program's own. */
  readonly folder?: URL;
  readonly lockTimeoutMs?: number;
}

/** A connection that migrates: without the time limits of the pool, or of the database; with one for its locks. */
export class Migrator {
  readonly sql: Sql;
  readonly #client: Client;
  readonly #options: Migrating;

  private constructor(client: Client, options: Migrating) {
    this.#client = client;
    this.#options = options;
    this.sql = {
      query: async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []) =>
        (await client.query<R>(text, [...values])).rows,
    };
  }

  static async create(url: string, options: Migrating): Promise<Migrator> {
    const client = new PrimaryClient({
      ...pinned(url, `${SESSION} ${NO_LIMITS} -c lock_timeout=${options.lockTimeoutMs ?? LOCK_TIMEOUT_MS}`),
      application_name: 'dieu-hanh-migrate',
      connectionTimeoutMillis: 6_000,
      keepAlive: true,
    });
    client.on('error', () => undefined); // told by the statement that runs, or the next
    try {
      await client.connect();
      // PostgreSQL 17 has one limit more.
      await client.query(`SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'`);
      return new Migrator(client, options);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** Held until this connection ends. */
  async tryLock(): Promise<boolean> {
    const [row] = await this.sql.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [MIGRATION_LOCK]);
    return row?.got === true;
  }

  /** One file; it is done when its last step is. */
  async apply(name: string, place: string): Promise<void> {
    const began = performance.now();
    this.#tell(`migration ${name} (${place})`);
    const steps = await readMigration(name, this.#options.folder);
    const insert = () => this.sql.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
    for (const [i, step] of steps.entries()) {
      const last = i === steps.length - 1;
      const label = steps.length === 1 ? name : `${name}, step ${i + 1} of ${steps.length}`;
      await this.#step(step, label, last ? insert : undefined);
    }
    this.#tell(`migration ${name}: done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }

  async inTransaction(work: () => Promise<unknown>): Promise<void> {
    await this.#client.query('BEGIN');
    try {
      await work();
      await this.#client.query('COMMIT');
    } catch (error) {
      await this.#client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  async #step({ how, text }: MigrationStep, label: string, after: (() => Promise<unknown>) | undefined): Promise<void> {
    const whole = () =>
      this.#patiently(label, () =>
        this.inTransaction(async () => {
          await this.#client.query(text);
          await after?.();
        }),
      );
    switch (how) {
      case 'whole':
        return whole();
      case 'alone':
        await this.#patiently(label, () => this.#client.query(text));
        await after?.();
        return;
      case 'repeated':
        await this.#repeat(text, label);
        await after?.();
        return;
      default:
        assertNever(how);
    }
  }

  async #repeat(text: string, label: string): Promise<void> {
    let [rows, told] = [0, performance.now()];
    for (let some = -1; some !== 0; rows += some) {
      some = await this.#patiently(label, async () => (await this.#client.query(text)).rowCount ?? 0);
      if (performance.now() - told < TELL_EVERY_MS) continue;
      told = performance.now();
      this.#tell(`migration ${label}: ${rows + some} rows so far`);
    }
  }

  /** Others go first where a lock is not to be had at once, or where both wait for each other. */
  async #patiently<T>(label: string, work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isInTheWay(error)) throw error;
        if (tries === TRIES)
          throw new StartRefusal(
            `migration ${label} found a table in use ${TRIES} times: see what holds it (pg_stat_activity), then start again`,
            { cause: error },
          );
        this.#tell(`migration ${label}: a table is in use; tried again in a moment`);
        await sleep(Math.min(100 * tries, LONGEST_PAUSE_MS));
      }
    }
  }

  #tell(line: string): void {
    this.#options.tell?.(line);
  }
}

/** lock_not_available, deadlock_detected */
const isInTheWay = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['55P03', '40P01'].includes(String(error.code));
