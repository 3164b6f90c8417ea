import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type QueryResultRow } from 'pg';
import type { Stamper } from '../../../domain/record/stamp.ts';
import { CERTIFICATE_CODES } from '../../../lib/certificateFault.ts';
import { DomainError, isUnwritable, refuse } from '../../../protocol/errors.ts';
import { Primary, PrimaryClient } from './PrimaryClient.ts';

/** What a store needs: the pool itself, or one transaction of it. */
export interface Sql {
  /**
   * @throws DomainError `store-unavailable` when PostgreSQL is away, or could not do it beside others (AU13); `conflict`
   * when a unique rule was hit
   */
  query<R extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
  /** AU17: of the receipts that are given here; undefined: without a stamp. */
  readonly stamper?: Stamper | undefined;
}

/** Also the longest wait for a free connection, when a whole country comes in the same minute. */
const CONNECT_TIMEOUT_MS = 6_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** The server may be gone without a word; then its own time-out never reaches us. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 2_000;
/** ST4: a commit that waits for a standby, and is cancelled, is told as done, with a notice from here. */
const WAIT_FOR_STANDBY = 'SyncRepWaitForLSN';
const unheard = /query read timeout/i;
/** AU13: how often something is begun that other transactions get in the way of, and the longest pause before the second time. */
const TRIES = 6;
const FIRST_PAUSE_MS = 10;

/**
 * Whatever a server of somebody else is set to: under these a value has one text, which is the one that is hashed,
 * saved, and read by this program; what is committed is on the disk; and transactions see what they were written for.
 */
export const SESSION =
  '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c bytea_output=hex -c synchronous_commit=on ' +
  '-c default_transaction_isolation=read\\ committed -c default_transaction_deferrable=off ' +
  // AU33: names mean what PostgreSQL has, then what migrations made, and a temporary table last; and a policy makes a question fail, instead of hiding rows.
  '-c search_path=public,pg_temp -c row_security=off ' +
  // What is asked here is short, or reads much with little to reckon: compiling it would take longer than it does.
  '-c jit=off';

/**
 * For a `PrimaryClient`. An address may have options of its own; they are heard before those of this program, of which
 * each thing's last one counts.
 */
export function pinned(url: string, options: string): { connectionString: string; options: string; primary: Primary } {
  const primary = Primary.of(url);
  const at = new URL(primary.servers[0] ?? url);
  const own = at.searchParams.get('options');
  if (own === null) return { connectionString: primary.servers[0] ?? url, options, primary };
  at.searchParams.delete('options');
  return { connectionString: at.href, options: `${own} ${options}`, primary };
}

/** The pool of one process. */
export class Postgres implements Sql {
  readonly #pool: Pool;
  #closed: Promise<void> | undefined;
  /** Why nothing may be asked or committed now. */
  #shut: string | undefined;
  readonly stamper: Stamper | undefined;
  /** Told how long each COMMIT took, s. */
  committed: (seconds: number) => void = () => undefined;
  /** Told when something could not be written since the disk is full (SV16). */
  unwritable: () => void = () => undefined;

  private constructor(pool: Pool, stamper: Stamper | undefined) {
    this.#pool = pool;
    this.stamper = stamper;
  }

  /**
   * Waits for the first connection, so that a wrong address fails at start.
   * @param answerMs an answer that takes longer does not come: its connection is given up
   */
  static async create(
    url: string,
    idleError: (error: Error) => void,
    size = 16,
    stamper?: Stamper,
    answerMs = ANSWER_TIMEOUT_MS,
  ): Promise<Postgres> {
    const pool = new Pool({
      ...pinned(url, SESSION),
      Client: PrimaryClient as unknown as new () => PrimaryClient,
      max: size,
      application_name: 'dieu-hanh',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      // What a transaction asks at once leaves at once, and is still done in order: a round trip waits for everything
      // that happens meanwhile.
      pipeline: true,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: answerMs,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    });
    pool.on('error', idleError);
    const postgres = new Postgres(pool, stamper);
    try {
      await postgres.query('SELECT 1');
    } catch (error) {
      await postgres.close();
      throw error;
    }
    return postgres;
  }

  async query<R extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    return this.#watched(
      again(async () => {
        this.#requireOpen();
        return (await this.#pool.query<R>(text, [...values])).rows;
      }),
    );
  }

  /** Connections: all of them, those that nobody uses; and who waits for one. */
  get use(): { readonly all: number; readonly idle: number; readonly waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { all: totalCount, idle: idleCount, waiting: waitingCount };
  }

  /** Until `open`, everything is refused with `store-unavailable`, and what runs is not committed. */
  shut(why: string): void {
    this.#shut = why;
  }

  open(): void {
    this.#shut = undefined;
  }

  #requireOpen(): void {
    if (this.#shut !== undefined) throw refuse('store-unavailable', this.#shut);
  }

  /**
   * Runs `work` in one transaction. A failure of any kind rolls back; when the outcome of COMMIT is not known (the line
   * dropped in between) the caller gets `store-unavailable` and must repeat with an idempotent act.
   * @param work is done again, from its beginning, when other transactions got in its way (AU13)
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#watched(again(() => this.#once(work)));
  }

  async #watched<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (isUnwritable(error)) this.unwritable();
      throw error;
    }
  }

  async #once<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    this.#requireOpen();
    const client = await guarded(() => this.#pool.connect());
    let broken: Error | undefined;
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    let givenUp = false;
    const onNotice = ({ routine }: { routine?: string | undefined }) => {
      givenUp ||= routine === WAIT_FOR_STANDBY;
    };
    client.on('notice', onNotice);
    // What fails first is the reason: all that was asked after it only hears that the transaction is over.
    let first: unknown;
    const run = async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []) => {
      try {
        return (await client.query<R>(text, [...values])).rows;
      } catch (error) {
        first ??= error;
        throw codeOf(error) === ABORTED ? first : error;
      }
    };
    try {
      await run('BEGIN');
      const result = await work({ query: (text, values) => guarded(() => run(text, values)), stamper: this.stamper });
      this.#requireOpen();
      const asked = performance.now();
      await run('COMMIT');
      if (givenUp) throw refuse('store-unavailable', 'the standby of the database has not confirmed it: ask again');
      this.committed((performance.now() - asked) / 1000);
      return result;
    } catch (error) {
      // Whoever waits for a standby is not heard any more: that connection goes, and PostgreSQL decides.
      if (unheard.test(String(error))) broken = error as Error;
      else
        await client.query('ROLLBACK').catch((e: Error) => {
          broken = e;
        });
      throw inTheWay(first) ? first : error;
    } finally {
      client.off('error', onError);
      client.off('notice', onNotice);
      client.release(broken);
    }
  }

  /** Resolves when PostgreSQL answers. */
  async ping(): Promise<void> {
    await this.query('SELECT 1');
  }

  close(): Promise<void> {
    this.#closed ??= this.#pool.end();
    return this.#closed;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** in_failed_sql_transaction */
const ABORTED = '25P02';
/** serialization_failure, deadlock_detected: PostgreSQL has undone it for the sake of another transaction. */
const inTheWay = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error));

/** AU13 */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !inTheWay(error)) throw translate(error);
      await sleep(Math.random() * FIRST_PAUSE_MS * 2 ** (tries - 1));
    }
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

/**
 * SQLSTATE classes: 08 connection, 53 resources, 57 operator intervention (shutdown, statement time-out), 25006
 * read-only standby; 25P03: a transaction asked nothing for so long that it was ended.
 */
const awayStates = /^(08|53|57)|^25006$|^25P03$/;
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  ...CERTIFICATE_CODES,
]);
/** Whatever keeps a connection from being made: a route that is gone says EINVAL, a name server that is gone EAI_AGAIN. */
const connecting = new Set(['connect', 'getaddrinfo']);
const isOfNetwork = ({ code = '', syscall = '' }: NodeJS.ErrnoException): boolean =>
  networkCodes.has(code) || connecting.has(syscall);
const awayMessages =
  /connection terminated|does not support SSL|timeout exceeded when trying to connect|query read timeout|not queryable|connection ended/i;

export function translate(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code === '23505') return refuse('conflict', 'this exists already', error);
  if (inTheWay(error))
    return refuse('store-unavailable', 'the database could not do it beside others; nothing was recorded', error);
  // A text with U+0000, or with half of a surrogate pair: what came in by no schema of people's texts, or by a name.
  if (code === '22021' || code === '22P05')
    return refuse('bad-request', 'a text holds a character that cannot be kept', error);
  if (code === '53100')
    return refuse('record-unwritable', 'the disk of the database is full; nothing was recorded', error);
  const inner: readonly NodeJS.ErrnoException[] = error instanceof AggregateError ? error.errors : [error];
  if (awayStates.test(code) || inner.some(isOfNetwork) || awayMessages.test(error.message)) {
    return refuse('store-unavailable', 'the database is away; nothing was recorded', error);
  }
  return error;
}
