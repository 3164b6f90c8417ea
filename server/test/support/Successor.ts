import { Client } from 'pg';
import { until } from './until.ts';

const KEY = 7_310_502;
const IN_DATABASE = `FROM pg_locks WHERE locktype = 'advisory' AND objid = ${KEY}
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Takes the lock of a node the moment it is free, as a node that starts just then would, and with the role of one: it
 * waits in PostgreSQL's queue.
 */
export class Successor {
  readonly #client: Client;
  readonly #seen: Client;

  private constructor(client: Client, seen: Client) {
    this.#client = client;
    this.#seen = seen;
  }

  static async create(url: string): Promise<Successor> {
    const [client, seen] = [
      new Client({ connectionString: url, application_name: 'successor' }),
      new Client({ connectionString: url }),
    ];
    await client.connect();
    await seen.connect();
    return new Successor(client, seen);
  }

  /** Resolves when it stands in the queue; `has` does when the lock is its own. */
  async asks(): Promise<{ has: Promise<unknown> }> {
    const has = this.#client.query('SELECT pg_advisory_lock($1)', [KEY]);
    has.catch(() => undefined);
    await until(
      'it waits or has it',
      async () =>
        (
          await this.#seen.query(`SELECT ${IN_DATABASE}
      AND pid IN (SELECT pid FROM pg_stat_activity WHERE application_name = 'successor')`)
        ).rowCount,
    );
    return { has };
  }

  /** Breaks the connection by which a node holds its lock. */
  async endHolder(): Promise<void> {
    await this.#seen.query(`SELECT pg_terminate_backend(pid) ${IN_DATABASE} AND granted`);
  }

  /** Gives the lock back, if it has it. */
  async close(): Promise<void> {
    await this.#client.end();
    await this.#seen.end();
  }
}
