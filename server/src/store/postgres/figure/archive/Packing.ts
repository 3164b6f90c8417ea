import { randomUUID } from 'node:crypto';
import { type GrainMonth, spanOf } from '../../../../domain/figure/archive/months.ts';
import type { Observation } from '../../../../domain/figure/facts.ts';
import { RowsHash } from '../../../../domain/record/rowsHash.ts';
import { inTurns } from '../../../../lib/slices.ts';
import { jsonbTime, ms } from '../../base/columns.ts';
import type { Sql } from '../../base/Postgres.ts';
import { type PeriodRows, periodColumns, periodReader } from '../periodRows.ts';

const COLUMNS = 'indicator,period,unit,source,revision,batch,value,status,held,seen';

interface What extends GrainMonth {
  /** Codes of the indicators whose rows leave. */
  readonly codes: readonly string[];
}

/** FG36: packs what leaves of a month, in the caller's transaction, and writes the same rows as text. Nothing is locked. */
export class Packing {
  readonly id = randomUUID();
  readonly file: string;
  /** The last N that is in it: what becomes visible later has a greater one. */
  readonly until: number;
  readonly #sql: Sql;
  readonly #what: What;
  readonly #hash = new RowsHash();
  #rows = 0;

  private constructor(sql: Sql, what: What, parts: Pick<Packing, 'file' | 'until'>) {
    this.#sql = sql;
    this.#what = what;
    this.file = parts.file;
    this.until = parts.until;
  }

  static async begin(sql: Sql, what: What): Promise<Packing> {
    const { month, grain } = what;
    const [row] = await sql.query<{ until: number; before: number }>(
      `SELECT (SELECT n::float8 FROM figure_counter) AS until,
         (SELECT count(*)::int FROM figure_archives WHERE act = 'archive' AND month = $1 AND grain = $2) AS before`,
      [month, grain],
    );
    const again = row?.before ? `-${row.before + 1}` : '';
    return new Packing(sql, what, { file: `figures-${month}-${grain}${again}.csv.gz`, until: row?.until ?? 0 });
  }

  get rows(): number {
    return this.#rows;
  }

  /** The hash over all packs. */
  close(): string {
    return this.#hash.close();
  }

  /** CSV, a line for each row; of each period as it is packed. @throws Error when rows are of no batch that speaks of them */
  async *text(): AsyncGenerator<string> {
    const { from, to } = spanOf(this.#what.month);
    yield `${COLUMNS}\n`;
    for (const indicator of this.#what.codes) {
      const periods = await this.#sql.query<{ period: number }>(
        `SELECT DISTINCT ${ms('period')} AS period FROM observations WHERE indicator = $1 AND observations.period >= $2
           AND observations.period < $3 AND batch <= $4 ORDER BY 1`,
        [indicator, new Date(from).toISOString(), new Date(to).toISOString(), this.until],
      );
      for (const { period } of periods) yield await this.#pack(indicator, period);
    }
  }

  async #pack(indicator: string, period: number): Promise<string> {
    const [found] = await this.#sql.query<PeriodRows & { first: number; last: number; rows: number }>(
      `SELECT ${ms('observations.period')} AS period, min(batch)::float8 AS first, max(batch)::float8 AS last, count(*)::int AS rows,
         ${periodColumns(' ORDER BY unit, source, revision')}
       FROM observations WHERE indicator = $1 AND period = $2 AND batch <= $3 GROUP BY observations.period`,
      [indicator, new Date(period).toISOString(), this.until],
    );
    if (!found) throw new Error(`${indicator} has no rows at ${new Date(period).toISOString()}`);
    const { first, last, rows, units, values: vals, rests } = found;
    const pack = {
      ...{ archive: this.id, indicator, period: jsonbTime(new Date(period)), first, last, rows, units, vals, rests },
    };
    this.#hash.add(pack);
    await this.#sql.query(
      `INSERT INTO figure_packs (archive, indicator, period, first, last, rows, units, vals, rests)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      Object.values(pack),
    );
    this.#rows += rows;
    const all = await inTurns(periodReader(indicator)(found));
    await this.#requireNamed(indicator, pack.period, all);
    return all.map(lineOf).join('');
  }

  /** A row that its batch does not vouch for would be hidden among those that are packed. */
  async #requireNamed(indicator: string, period: string, rows: readonly Observation[]): Promise<void> {
    const batches = [...new Set(rows.map(({ batch }) => batch))];
    const [row] = await this.#sql.query<{ named: number }>(
      'SELECT count(*)::int AS named FROM figure_batches WHERE n = ANY ($1) AND touches @> $2',
      [batches, JSON.stringify({ [indicator]: [period] })],
    );
    if (row?.named !== batches.length)
      throw new Error(
        `${indicator} at ${period} has rows that no batch speaks of: npm run dh -- audit verify says more`,
      );
  }
}

const iso = (moment: number): string => new Date(moment).toISOString();
const lineOf = ({ indicator, period, unit, source, revision, batch, value, status, held, seen }: Observation): string =>
  `${[indicator, iso(period), unit, source, revision, batch, value ?? '', status, held, seen === null ? '' : iso(seen)].join()}\n`;
