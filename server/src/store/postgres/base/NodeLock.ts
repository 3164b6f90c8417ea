import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { every } from '../../../lib/every.ts';
import { StartRefusal } from '../../../lib/StartRefusal.ts';
import { databaseRefusal } from './openDatabase.ts';
import { pinned, type Sql } from './Postgres.ts';
import { PrimaryClient } from './PrimaryClient.ts';

/** Beside the key of migrations. */
const LOCK = 7_310_502;
/** A node that was just killed has a connection for a moment. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 100;
const BEAT_EVERY_MS = 2_000;
/** An answer that takes longer is none: well below `DEAD_LINE`, so that a node knows first that its lock is lost. */
const BEAT_WITHIN_MS = 10_000;
const GOODBYE_MS = 1_000;
/** PostgreSQL gives up a line without a sign of life after 15 + 3 × 5 s, and with it the lock. Unix sockets need none of it. */
const DEAD_LINE = '-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

const HOLDERS = `FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = ${LOCK}
  AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

export interface NodeLockOptions {
  readonly node: string;
  /** For tests of two nodes: beside others that ask for it too. */
  readonly shared: boolean;
  /** The lock is not held: until `regained`, nothing may be written. */
  readonly lost: (error: Error) => void;
  readonly regained: () => void;
  readonly patienceMs?: number;
}

/** `by` is unknown while the one who had it is ending. */
type Taken = { readonly held: true } | { readonly held: false; readonly by: string | undefined };

interface Backend {
  readonly pid: number;
  readonly began: string;
}

/**
 * The right to serve a database, held by a connection of its own for the life of a node: PostgreSQL gives it to one at
 * a time, and takes it back from whoever dies. A node whose connection breaks asks for it again; when another one has
 * it, or had it meanwhile, `over` resolves and the node has to end.
 */
export class NodeLock {
  /** Why this node must end; pending as long as it need not. */
  readonly over: Promise<StartRefusal>;
  readonly #url: string;
  readonly #options: NodeLockOptions;
  #end: (why: StartRefusal) => void = () => undefined;
  #client: Client | undefined;
  #backend: Backend | undefined;
  #tenure: string | undefined;
  #regaining = false;
  #closed = false;
  #beat: { close(): void } | undefined;

  private constructor(url: string, options: NodeLockOptions) {
    this.#url = url;
    this.#options = options;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** @throws StartRefusal when another node holds it, or the database cannot be reached */
  static async create(url: string, options: NodeLockOptions): Promise<NodeLock> {
    const lock = new NodeLock(url, options);
    try {
      const until = performance.now() + (options.patienceMs ?? PATIENCE_MS);
      let taken = await lock.#take();
      while (!taken.held && performance.now() < until) {
        await sleep(LOOK_EVERY_MS);
        taken = await lock.#take();
      }
      if (!taken.held) throw refusal(taken.by ?? 'which is ending');
    } catch (error) {
      await lock.close();
      throw databaseRefusal(url, error);
    }
    lock.#beat = every(
      BEAT_EVERY_MS,
      () => lock.#look(),
      () => undefined,
    );
    return lock;
  }

  /**
   * This start is the one that holds it from now on. @param sql the database, with its tables
   * @throws StartRefusal when the lock was lost while the database was opened
   */
  async claim(sql: Sql): Promise<void> {
    if (this.#regaining) throw new StartRefusal('the connection of the node lock broke during the start: start again');
    if (this.#options.shared) return;
    const [row] = await sql.query<{ number: string }>(
      `INSERT INTO node_tenure AS t (number, node) VALUES (1, $1) ON CONFLICT (only_row) DO UPDATE
       SET number = t.number + 1, node = excluded.node, since = clock_timestamp() RETURNING number`,
      [this.#options.node],
    );
    this.#tenure = row?.number;
  }

  /** Gives it back; may run twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#beat?.close();
    const client = this.#client;
    this.#client = undefined;
    // On a line that is dead the goodbye is never answered.
    await Promise.race([client?.end().catch(() => undefined), sleep(GOODBYE_MS, undefined, { ref: false })]);
  }

  async #take(): Promise<Taken> {
    this.#client ??= await this.#connect();
    const client = this.#client;
    const how = this.#options.shared ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
    const { rows } = await client.query(`SELECT ${how}(${LOCK}) AS got`);
    if (!rows[0].got) return { held: false, by: await holderOf(client, this.#backend) };
    this.#backend = await backendOf(client);
    return { held: true };
  }

  async #connect(): Promise<Client> {
    const client = new PrimaryClient({
      ...pinned(this.#url, DEAD_LINE),
      application_name: `dieu-hanh node ${this.#options.node}`.slice(0, 63),
      keepAlive: true,
      connectionTimeoutMillis: BEAT_WITHIN_MS,
      query_timeout: BEAT_WITHIN_MS,
    });
    client.on('error', (error) => this.#drop(client, error));
    client.on('end', () => this.#drop(client, new Error('the connection of the node lock ended')));
    await client.connect();
    return client;
  }

  /** A connection that is there does not prove that the lock is: something between may have changed it. */
  async #look(): Promise<void> {
    const client = this.#client;
    if (client === undefined || this.#regaining) return;
    await backendOf(client).catch((error) => this.#drop(client, error));
  }

  #drop(client: Client, error: Error): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    // Of a start that is not done yet, and of a try, whoever waits for it hears.
    if (this.#closed || this.#regaining || this.#beat === undefined) return;
    this.#regaining = true;
    this.#options.lost(error);
    void this.#regain();
  }

  async #regain(): Promise<void> {
    while (!this.#closed) {
      try {
        const taken = await this.#take();
        const other = taken.held ? await this.#meanwhile() : taken.by;
        if (this.#closed) return this.close();
        if (other !== undefined) return this.#end(refusal(other));
        if (taken.held) {
          this.#regaining = false;
          return this.#options.regained();
        }
      } catch (error) {
        // PostgreSQL is away, or the way to it is.
        if (this.#client) this.#drop(this.#client, error as Error);
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** @returns who held it in between */
  async #meanwhile(): Promise<string | undefined> {
    if (this.#tenure === undefined) return undefined;
    const { rows } = await (this.#client as Client).query('SELECT number, node FROM node_tenure');
    return rows[0]?.number === this.#tenure ? undefined : `node ${rows[0]?.node}, for a while`;
  }
}

/** @throws StartRefusal when the lock that was taken is not there */
async function backendOf(client: Client): Promise<Backend> {
  const { rows } = await client.query(
    `SELECT pid, backend_start::text AS began FROM pg_stat_activity a
     WHERE pid = pg_backend_pid() AND EXISTS (SELECT ${HOLDERS} AND l.pid = a.pid)`,
  );
  if (rows[0]) return rows[0];
  throw new StartRefusal(
    'DATABASE_URL leads through a pooler that gives each transaction another connection, so nothing can be locked: name PostgreSQL itself, or let the pooler work by session',
  );
}

/**
 * In words; undefined when it is about to be free. A connection of our own that we gave up is ended, since PostgreSQL may
 * not know yet that it is dead.
 */
async function holderOf(client: Client, former: Backend | undefined): Promise<string | undefined> {
  const { rows } = await client.query(
    `SELECT a.pid, a.backend_start::text AS began, coalesce(a.application_name, 'of another account') AS name,
       coalesce(' at ' || a.client_addr, '') AS place, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS since
     FROM pg_stat_activity a WHERE a.pid IN (SELECT l.pid ${HOLDERS})`,
  );
  const [holder] = rows;
  if (holder === undefined) return undefined;
  if (former === undefined || holder.pid !== former.pid || holder.began !== former.began)
    return `${holder.name.replace(/^dieu-hanh /, '')}${holder.place}, since ${holder.since}`;
  await client.query('SELECT pg_terminate_backend($1)', [former.pid]);
  return undefined;
}

const refusal = (who: string): StartRefusal =>
  new StartRefusal(
    `another node serves this database (${who}), and each would tell its people what is not so: stop that one first, or name another database in DATABASE_URL`,
  );
