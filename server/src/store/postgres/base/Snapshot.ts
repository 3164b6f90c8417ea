import type { Client, QueryResultRow } from 'pg';
import { pinned, SESSION, type Sql, translate } from './Postgres.ts';
import { PrimaryClient } from './PrimaryClient.ts';

const FETCHED_AT_ONCE = 500;
/**
 * Held, shared, as long as a snapshot lasts: whoever puts a table in the place of another holds it alone, since a snapshot of
 * before would see the new table without its rows.
 */
export const SNAPSHOT_LOCK = 7_310_529;

/**
 * One connection that reads the database as it was at one moment, however long that takes and whatever is written
 * meanwhile. Rows are streamed, some hundreds at a time.
 */
export class Snapshot implements Sql {
  readonly #client: Client;
  #cursors = 0;
  #closed: Promise<void> | undefined;

  private constructor(client: Client) {
    this.#client = client;
  }

  /** @throws DomainError `store-unavailable` */
  static async create(url: string): Promise<Snapshot> {
    const client = new PrimaryClient({
      // What a policy hides is missed, and the policy named; a question that failed would say neither.
      ...pinned(url, `${SESSION} -c row_security=on`),
      application_name: 'dieu-hanh-snapshot',
      connectionTimeoutMillis: 6_000,
    });
    client.on('error', () => undefined); // told by the statement that runs, or the next
    try {
      await client.connect();
      await client.query(`SELECT pg_advisory_lock_shared(${SNAPSHOT_LOCK})`);
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      return new Snapshot(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw translate(error);
    }
  }

  /** Reads what a transaction of the caller sees; they end it, and closes the connection. */
  static within(client: Client): Snapshot {
    const snapshot = new Snapshot(client);
    snapshot.#closed = Promise.resolve();
    return snapshot;
  }

  /** For what speaks PostgreSQL's protocol itself, such as COPY. */
  get client(): Client {
    return this.#client;
  }

  async query<R extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    try {
      return (await this.#client.query<R>(text, [...values])).rows;
    } catch (error) {
      throw translate(error);
    }
  }

  /** Rows as they come. Several streams may be read in turns. */
  async *stream<R extends QueryResultRow>(text: string, values: readonly unknown[] = []): AsyncGenerator<R> {
    const cursor = `cursor_${++this.#cursors}`;
    await this.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, values);
    for (;;) {
      const rows = await this.query<R>(`FETCH ${FETCHED_AT_ONCE} FROM ${cursor}`);
      yield* rows;
      if (rows.length < FETCHED_AT_ONCE) break;
    }
    await this.query(`CLOSE ${cursor}`);
  }

  close(): Promise<void> {
    this.#closed ??= this.#client.end();
    return this.#closed;
  }
}
