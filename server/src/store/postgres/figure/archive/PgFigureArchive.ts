import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, QueryResultRow } from 'pg';
import { type GrainMonth, grainOf, grains, leavesAt, spanOf } from '../../../../domain/figure/archive/months.ts';
import { ARCHIVE_WAITS_DAYS } from '../../../../domain/figure/limits.ts';
import { pinned, SESSION, type Sql } from '../../base/Postgres.ts';
import { PrimaryClient } from '../../base/PrimaryClient.ts';
import { SNAPSHOT_LOCK } from '../../base/Snapshot.ts';
import { Batch, SYSTEM } from '../../record/sealed.ts';
import { loadDefinitions } from '../PgFigureDefinitions.ts';
import { OBSERVED } from '../periodRows.ts';
import { archivedMonths } from './archivedMonths.ts';
import { copyStaying } from './exchangeMonth.ts';
import { Packing } from './Packing.ts';

/** Keeps a file under a name, on the disk before it resolves. @returns the SHA-256 of all of it, hexadecimal */
export type KeepFile = (name: string, text: AsyncIterable<string>) => Promise<string>;

export interface Archived extends GrainMonth {
  readonly file: string;
  readonly rows: number;
}

interface Options {
  /** On record as who did it. */
  readonly by: string;
  /** Told what it waits for. */
  readonly tell?: (line: string) => void;
  /** As the operator's database is set to, others may not. */
  readonly lockTimeoutMs?: number;
}

const LOCK_TIMEOUT_MS = 1_000;
/** Others go first for so long, and a backup of a large record lasts. */
const TRIES = 3_600;
const PAUSE_MS = 1_000;

/** FG36: months of figures leave, and come back, by the hand of whoever owns the tables: the server may take nothing away (AU14). */
export class PgFigureArchive {
  readonly #client: Client;
  readonly #sql: Sql;
  readonly #options: Options;

  private constructor(client: Client, options: Options) {
    this.#client = client;
    this.#options = options;
    this.#sql = {
      query: async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []) =>
        (await client.query<R>(text, [...values])).rows,
    };
  }

  /** @param url of the role that owns the tables @throws Error when it does not */
  static async create(url: string, options: Options): Promise<PgFigureArchive> {
    const { lockTimeoutMs = LOCK_TIMEOUT_MS } = options;
    const limits = `-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=${lockTimeoutMs}`;
    const client = new PrimaryClient({ ...pinned(url, `${SESSION} ${limits}`), application_name: 'dieu-hanh-archive' });
    client.on('error', () => undefined); // told by the statement that runs, or the next
    await client.connect();
    const archive = new PgFigureArchive(client, options);
    try {
      await archive.#requireOwner();
      return archive;
    } catch (error) {
      await archive.close();
      throw error;
    }
  }

  /** Months of which rows may leave by PostgreSQL's clock, the oldest first. Those of which something waits to be decided stay. */
  async due(): Promise<readonly GrainMonth[]> {
    const [clock] = await this.#sql.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    const months = await this.#sql.query<{ month: string }>(
      `SELECT translate(right(c.relname, 7), '_', '-') AS month FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = 'observations'::regclass ORDER BY 1`,
    );
    const found: GrainMonth[] = [];
    for (const { month } of months)
      for (const grain of grains)
        if (leavesAt({ month, grain }) <= (clock?.now.getTime() ?? 0) && (await this.#mayLeave({ month, grain })))
          found.push({ month, grain });
    return found;
  }

  /** All of it, or nothing. @throws Error when something was said of the month again and again meanwhile, or the record is broken */
  async archive(of: GrainMonth, keep: KeepFile): Promise<Archived> {
    const codes = await this.#codes(of);
    return this.#inTransaction(async () => {
      const packing = await Packing.begin(this.#sql, { ...of, codes });
      const sha256 = await keep(packing.file, packing.text());
      const { id, file, rows, until } = packing;
      const what = { id, act: 'archive', ...of, reopens: null, rows, file, sha256, packs_hash: packing.close() };
      const exchange = await copyStaying(this.#sql, { ...of, codes, until });
      await this.#underLocks(async () => {
        const batch = await Batch.open(this.#sql, SYSTEM);
        await this.#sql.query('SELECT FROM figure_counter FOR UPDATE');
        await exchange();
        await batch.insert('figure_archives', [{ ...what, at: batch.at, by_name: this.#options.by }]);
        await batch.close();
      });
      return { ...of, file, rows };
    });
  }

  /** Puts the rows of a month back into their table. @returns how many, of each grain that was archived */
  async reopen(month: string): Promise<readonly (GrainMonth & { readonly rows: number })[]> {
    const archived = await this.#sql.query<{ id: string; grain: GrainMonth['grain']; rows: string }>(
      `SELECT id, grain, rows FROM figure_archives a WHERE act = 'archive' AND month = $1
         AND NOT EXISTS (SELECT FROM figure_archives r WHERE r.reopens = a.id) ORDER BY grain`,
      [month],
    );
    if (archived.length === 0) return [];
    return this.#inTransaction(async () => {
      await this.#sql.query('SELECT figure_month($1)', [new Date(spanOf(month).from).toISOString()]);
      const batch = await Batch.open(this.#sql, SYSTEM);
      for (const { id, grain, rows } of archived) {
        const { rowCount } = await this.#client.query(
          `INSERT INTO observations (${OBSERVED}) SELECT ${OBSERVED} FROM figure_packed WHERE archive = $1`,
          [id],
        );
        if (rowCount !== Number(rows)) throw new Error(`${month}: its packs have ${rowCount} rows, and not ${rows}`);
        const what = { id: randomUUID(), act: 'reopen', month, grain, reopens: id, rows };
        await batch.insert('figure_archives', [{ ...what, at: batch.at, by_name: this.#options.by }]);
      }
      await batch.close();
      return archived.map(({ grain, rows }) => ({ month, grain, rows: Number(rows) }));
    });
  }

  /** May run twice. */
  close(): Promise<void> {
    return this.#client.end();
  }

  async #requireOwner(): Promise<void> {
    const [row] = await this.#sql.query<{ role: string; owns: boolean }>(
      `SELECT current_user::text AS role, pg_has_role(relowner, 'MEMBER') AS owns FROM pg_class WHERE oid = 'observations'::regclass`,
    );
    if (!row?.owns)
      throw new Error(`${row?.role} does not own the tables of figures: name the role that does in DATABASE_OWNER_URL`);
  }

  async #codes({ grain }: GrainMonth): Promise<readonly string[]> {
    const { indicators } = await loadDefinitions(this.#sql);
    return [...indicators.values()]
      .filter(({ every }) => grainOf(every) === grain)
      .map(({ code }) => code)
      .sort();
  }

  async #mayLeave(of: GrainMonth): Promise<boolean> {
    const [from, to] = Object.values(spanOf(of.month)).map((moment) => new Date(moment).toISOString());
    const [row] = await this.#sql.query<{ may: boolean }>(
      `SELECT EXISTS (SELECT FROM observations o WHERE ${IN_MONTH}) AND NOT EXISTS (SELECT FROM observations o
           JOIN figure_batches b ON b.n = o.batch WHERE ${IN_MONTH} AND o.held AND b.at > ${LATELY})
         AND NOT EXISTS (SELECT FROM figure_act_cells o JOIN figure_acts a ON a.n = o.act WHERE ${IN_MONTH} AND a.at > ${LATELY}) AS may`,
      [await this.#codes(of), from, to, ARCHIVE_WAITS_DAYS],
    );
    return row?.may === true && !(await archivedMonths(this.#sql)).has(`${of.month} ${of.grain}`);
  }

  async #inTransaction<T>(work: () => Promise<T>): Promise<T> {
    await this.#client.query('BEGIN');
    try {
      const result = await work();
      await this.#client.query('COMMIT');
      return result;
    } catch (error) {
      await this.#client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /**
   * What reads the database as of one moment would see the new table, and not its rows: so nobody does meanwhile, and whoever
   * already does is waited for.
   */
  async #underLocks(work: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      await this.#client.query('SAVEPOINT locks');
      try {
        await this.#client.query(`SELECT pg_advisory_xact_lock(${SNAPSHOT_LOCK})`);
        return await work();
      } catch (error) {
        if (!isInTheWay(error) || tries === TRIES) throw error;
        await this.#client.query('ROLLBACK TO locks');
        if (tries === 1)
          this.#options.tell?.('somebody reads the record, or a large part of figures: waiting for them');
        await sleep(PAUSE_MS);
      }
    }
  }
}

/** $1: indicators, $2, $3: the month. */
const IN_MONTH = 'o.indicator = ANY ($1) AND o.period >= $2 AND o.period < $3';
const LATELY = 'clock_timestamp() - make_interval(days => $4)';

/** lock_not_available, deadlock_detected */
const isInTheWay = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['55P03', '40P01'].includes(String(error.code));
