import { hash } from 'node:crypto';
import { type KeptFrame, type KeptWords, keptFrame } from '../../../domain/figure/kept/keptFrame.ts';
import type { FrameStore, MadeFrame, RecordedRows } from '../../../domain/figure/kept/ports.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import { jsonbTime, ms } from '../base/columns.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { batchesSince } from './counter.ts';
import { PgFigureReader } from './PgFigureReader.ts';

/** Another one for each change of what frames say, or of how it is told. */
const FORMAT = 1;
const LOCK = `hashtextextended('figure-frames', 0)`;
/** Lists of units that are kept in memory: most frames have one of a few. */
const LISTS_KEPT = 16;

interface FrameRow extends Pick<MadeFrame, 'period' | 'n' | 'made'> {
  /** Hexadecimal. */
  readonly list: string;
  readonly words: string;
  readonly sum: string;
}

/** FG50 to FG52: frames in PostgreSQL. */
export class PgFigureFrames implements FrameStore {
  readonly #postgres: Postgres;
  readonly #refused: (frame: Pick<KeptFrame, 'indicator' | 'period' | 'n'>) => void;
  readonly #lists = new Map<string, readonly UnitCode[]>();

  /** @param refused told of frames that are not what was kept */
  constructor(postgres: Postgres, refused: (frame: Pick<KeptFrame, 'indicator' | 'period' | 'n'>) => void) {
    this.#postgres = postgres;
    this.#refused = refused;
  }

  async newest(...[indicator, periods, until]: Parameters<FrameStore['newest']>): Promise<readonly MadeFrame[]> {
    const rows = await this.#postgres.query<FrameRow & Record<string, unknown>>(
      `SELECT ${ms('f.period')} AS period, f.n::float8, ${ms('f.made')} AS made, encode(f.units, 'hex') AS list, f.words,
         encode(f.sha256, 'hex') AS sum
       FROM unnest($2::timestamptz[]) w (period), LATERAL (SELECT * FROM figure_frames f
         WHERE f.indicator = $1 AND f.period = w.period AND f.format = $3 AND f.n <= $4 ORDER BY f.n DESC LIMIT 1) f`,
      [indicator, periods.map(timeOf), FORMAT, until],
    );
    await this.#readLists(rows);
    return rows.flatMap((row) => {
      const { period, n, made, list, words, sum } = row;
      const units = this.#lists.get(list);
      if (units && sum === sumOf({ indicator, period, n }, list, words))
        return { indicator, period, n, made, units, words: JSON.parse(words) as KeptWords };
      this.#refused({ indicator, period, n });
      return [];
    });
  }

  async touched(...[indicator, frames, until]: Parameters<FrameStore['touched']>): Promise<ReadonlySet<number>> {
    const since = (table: string): string =>
      `EXISTS (SELECT FROM ${table} t WHERE t.touches @> w.touch AND t.n > w.n AND t.n <= $1)`;
    const rows = await this.#postgres.query<{ period: number }>(
      `SELECT ${ms('period')} AS period FROM unnest($2::timestamptz[], $3::bigint[], $4::jsonb[]) w (period, n, touch)
       WHERE ${since('figure_batches')} OR ${since('figure_acts')}`,
      [
        until,
        frames.map(({ period }) => timeOf(period)),
        frames.map(({ n }) => n),
        frames.map(({ period }) => JSON.stringify({ [indicator]: [timeOf(period)] })),
      ],
    );
    return new Set(rows.map(({ period }) => period));
  }

  recorded(indicator: string, period: number, until: number): Promise<readonly RecordedRows[]> {
    return this.#postgres.query<RecordedRows & Record<string, unknown>>(
      `SELECT n::float8, sum(rows)::float8 AS rows, bool_or(framed) AS "isFramed" FROM (
         SELECT batch AS n, count(*) AS rows, false AS framed FROM observations
           WHERE indicator = $1 AND period = $2 AND batch <= $3 GROUP BY batch
         UNION ALL SELECT n, 0, true FROM figure_frames WHERE indicator = $1 AND period = $2 AND format = $4 AND n <= $3) r
       GROUP BY n ORDER BY r.n`,
      [indicator, timeOf(period), until, FORMAT],
    );
  }

  keep(make: () => Promise<readonly KeptFrame[]>): Promise<boolean> {
    return this.#postgres.transaction(async (sql) => {
      const [lock] = await sql.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS mine`);
      if (!lock?.mine) return false;
      for (const frame of await make()) await write(sql, frame);
      return true;
    });
  }

  /** Frames of other versions, and lists that no frame has any more. */
  async sweep(): Promise<void> {
    await this.#postgres.transaction(async (sql) => {
      // Whoever keeps a frame may have found the list that it needs already there.
      await sql.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
      await sql.query('DELETE FROM figure_frames WHERE format < $1', [FORMAT]);
      await sql.query(
        'DELETE FROM figure_frame_units l WHERE NOT EXISTS (SELECT FROM figure_frames f WHERE f.units = l.sha256)',
      );
    });
  }

  async #readLists(rows: readonly FrameRow[]): Promise<void> {
    const missing = [...new Set(rows.map(({ list }) => list))].filter((list) => !this.#lists.has(list));
    if (missing.length === 0) return;
    const found = await this.#postgres.query<{ list: string; units: string }>(
      `SELECT encode(sha256, 'hex') AS list, units FROM figure_frame_units WHERE encode(sha256, 'hex') = ANY ($1)`,
      [missing],
    );
    for (const { list, units } of found) if (hash('sha256', units) === list) this.#lists.set(list, units.split(','));
    for (const oldest of [...this.#lists.keys()].slice(0, -LISTS_KEPT)) this.#lists.delete(oldest);
  }
}

async function write(sql: Sql, { indicator, period, n, ...frame }: KeptFrame): Promise<void> {
  const { list, named, words } = told(frame);
  await sql.query(`INSERT INTO figure_frame_units VALUES (decode($1, 'hex'), $2) ON CONFLICT DO NOTHING`, [
    named,
    list,
  ]);
  // One that is damaged stands where the next is put.
  await sql.query(
    `INSERT INTO figure_frames (indicator, period, format, n, units, words, sha256)
     VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6, decode($7, 'hex')) ON CONFLICT (indicator, period, format, n)
     DO UPDATE SET (made, units, words, sha256) = (excluded.made, excluded.units, excluded.words, excluded.sha256)`,
    [indicator, timeOf(period), FORMAT, n, named, words, sumOf({ indicator, period, n }, named, words)],
  );
}

/** As it is kept: the same for the same rows and acts. */
function told({ units, words }: Pick<KeptFrame, 'units' | 'words'>) {
  const list = units.join(',');
  return { list, named: hash('sha256', list), words: JSON.stringify(words) };
}

const sumOf = (of: Pick<KeptFrame, 'indicator' | 'period' | 'n'>, list: string, words: string): string =>
  hash('sha256', `${FORMAT} ${of.indicator} ${of.period} ${of.n} ${list}\n${words}`);

const timeOf = (moment: number): string => jsonbTime(new Date(moment));

/** AU6, FG51: frames that say something else than the record, whoever wrote them. @param sql a transaction */
export async function wrongFrames(
  sql: Sql,
  most: number,
  since?: string,
): Promise<readonly Pick<KeptFrame, 'indicator' | 'period' | 'n'>[]> {
  const reader = new PgFigureReader(sql);
  const all = await sql.query<{ indicator: string; period: number; n: number }>(
    `SELECT indicator, ${ms('f.period')} AS period, n::float8 FROM figure_frames f WHERE format = $1
       AND ($2::timestamptz IS NULL OR n >= ${batchesSince('$2')}) ORDER BY indicator, f.period, n`,
    [FORMAT, since ?? null],
  );
  const wrong: (typeof all)[number][] = [];
  for (const of of all) {
    if (wrong.length >= most) break;
    const { indicator, period, n } = of;
    const span = { from: period, to: period, until: n };
    const rows = await reader.observations(indicator, span);
    const frame = keptFrame(of, rows, await reader.acts(indicator, span));
    const { list, named, words } = told(frame);
    const same = await sql.query(
      `SELECT FROM figure_frames f JOIN figure_frame_units l ON l.sha256 = f.units WHERE (indicator, period, format, n) = ($1, $2, $3, $4)
         AND f.units = decode($5, 'hex') AND f.words = $6 AND l.units = $7 AND f.sha256 = decode($8, 'hex')`,
      [indicator, timeOf(period), FORMAT, n, named, words, list, sumOf(of, named, words)],
    );
    if (frame.n !== n || same.length === 0) wrong.push(of);
  }
  return wrong;
}
