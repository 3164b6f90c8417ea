import { firstAnswer, writingSource } from '../../../domain/figure/admission.ts';
import { decideBatch } from '../../../domain/figure/decideBatch.ts';
import type { Observation } from '../../../domain/figure/facts.ts';
import { ANSWER_KEPT } from '../../../domain/figure/limits.ts';
import { type FigureTree, placeRows } from '../../../domain/figure/placeRows.ts';
import type { BatchToTake, FigureIntakeStore } from '../../../domain/figure/ports.ts';
import { rowsHash } from '../../../domain/record/rowsHash.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import type { BatchAnswer } from '../../../protocol/figureBatch.ts';
import { jsonbTime } from '../base/columns.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { Batch } from '../record/sealed.ts';
import { chainOfFigures, type FigurePlace, figureYear, moveOn, nextPlace } from './counter.ts';
import { loadDefinitions } from './PgFigureDefinitions.ts';
import { standingCells } from './standingCells.ts';

/** Batches of figures in PostgreSQL. */
export class PgFigureIntake implements FigureIntakeStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async take(ask: BatchToTake, tree: FigureTree): Promise<BatchAnswer> {
    const before = await answered(this.#postgres, ask);
    if (before) return before;
    return this.#postgres.transaction((sql) => (ask.dryRun ? tryBatch(sql, ask, tree) : takeBatch(sql, ask, tree)));
  }

  /** FG6: forgets old answers of which nothing was recorded; batches that were recorded have theirs for ever. */
  async sweep(): Promise<void> {
    await this.#postgres.query(
      `DELETE FROM figure_answers WHERE at < clock_timestamp() - make_interval(days => $1) AND answer->'n' = 'null'`,
      [ANSWER_KEPT.days],
    );
  }
}

/** @throws DomainError `conflict` */
async function answered(sql: Sql, { source, key, bodyHash, dryRun }: BatchToTake): Promise<BatchAnswer | undefined> {
  if (dryRun) return undefined;
  const [row] = await sql.query<{ answer: BatchAnswer; body: string }>(
    'SELECT answer, body_hash AS body FROM figure_answers WHERE source = $1 AND key = $2',
    [source.code, key],
  );
  return row && firstAnswer(row, bodyHash);
}

/** What would become of it, without a lock. */
async function tryBatch(sql: Sql, ask: BatchToTake, tree: FigureTree): Promise<BatchAnswer> {
  const [clock] = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const { answer } = await decided(sql, ask, tree, clock?.now.getTime() ?? 0);
  return { n: null, seal: null, ...answer };
}

/** One transaction under the locks of the source's chain and of N. */
async function takeBatch(sql: Sql, ask: BatchToTake, tree: FigureTree): Promise<BatchAnswer> {
  const batch = await Batch.open(sql, chainOfFigures(ask.source.code, await figureYear(sql)));
  const place = await nextPlace(sql);
  const before = await answered(sql, ask);
  if (before) return before;
  const { fresh, answer: said } = await decided(sql, ask, tree, Date.parse(place.at));
  let answer: BatchAnswer = { n: null, seal: null, ...said };
  if (fresh.length > 0) {
    const rows = inOrder(fresh).map((row): Observation => ({ ...row, batch: place.n, source: ask.source.code }));
    await Promise.all([
      writeObservations(sql, rows),
      batch.append('figure_batches', [batchRow(ask, place, rows, said)]),
      moveOn(sql, place),
    ]);
    const sealed = await batch.close();
    answer = { ...answer, n: place.n, seal: sealed ? sealed.receipt(0).hash : null };
  }
  await sql.query('INSERT INTO figure_answers (source, key, body_hash, at, answer) VALUES ($1, $2, $3, $4, $5)', [
    ask.source.code,
    ask.key,
    ask.bodyHash,
    place.at,
    JSON.stringify({ ...answer, errors: answer.errors.slice(0, ANSWER_KEPT.errors) }),
  ]);
  return answer;
}

async function decided(sql: Sql, ask: BatchToTake, tree: FigureTree, now: number) {
  const definitions = await loadDefinitions(sql);
  const source = writingSource(definitions, ask.source.code, await isGood(sql, ask));
  const closed = await closedUnits(sql, ask, tree);
  const placed = placeRows(ask.rows, { source, indicators: definitions.indicators, tree, closed, now });
  const standing = await standingCells(sql, placed.placed, source.code, definitions);
  const { unread = [] } = ask;
  const errors = [...placed.errors, ...unread].sort((a, b) => a.row - b.row);
  const total = ask.rows.length + unread.length;
  return decideBatch({ ...placed, errors, total }, ask, definitions.indicators, standing);
}

/** FG41: until COMMIT, so that whoever withdraws the key does so before this batch, or after it. */
async function isGood(sql: Sql, { source, keyHash }: BatchToTake): Promise<boolean> {
  if (!keyHash) return true;
  const key = 'SELECT FROM figure_keys WHERE hash = $1 AND source = $2 FOR KEY SHARE';
  return (await sql.query(key, [keyHash, source.code])).length > 0;
}

/** Of the codes that are no unit today, those that once were. */
async function closedUnits(sql: Sql, { rows }: BatchToTake, tree: FigureTree): Promise<ReadonlySet<string>> {
  const unknown = [...new Set(rows.map(({ unit }) => unit))].filter((code) => !tree.find(code));
  if (unknown.length === 0) return new Set();
  const found = await sql.query<{ code: string }>('SELECT code FROM units WHERE code = ANY ($1)', [unknown]);
  return new Set(found.map(({ code }) => code));
}

type Fresh = Omit<Observation, 'batch' | 'source'>;

/** As the registry of official tables names it. */
const inOrder = (fresh: readonly Fresh[]): Fresh[] =>
  fresh.toSorted((a, b) => compare(a.indicator, b.indicator) || a.period - b.period || compare(a.unit, b.unit));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function writeObservations(sql: Sql, rows: readonly Observation[]): Promise<void> {
  const column = <K extends keyof Observation>(name: K) => rows.map((row) => row[name]);
  const times = timesOf();
  await sql.query(
    `INSERT INTO observations (batch, source, indicator, period, unit, revision, value, status, held, seen)
     SELECT $1, $2, * FROM unnest($3::text[], $4::timestamptz[], $5::text[], $6::int[], $7::bigint[], $8::text[], $9::bool[],
       $10::timestamptz[])`,
    [
      ...[rows[0]?.batch, rows[0]?.source, column('indicator'), column('period').map(times), column('unit')],
      ...[column('revision'), column('value'), column('status'), column('held')],
      column('seen').map((seen) => (seen === null ? null : times(seen))),
    ],
  );
}

/** As `to_jsonb` writes moments; a batch has thousands of the same. */
function timesOf(): (moment: number) => string {
  const known = new Map<number, string>();
  return (moment) => {
    const text = known.get(moment) ?? jsonbTime(new Date(moment));
    known.set(moment, text);
    return text;
  };
}

function batchRow(
  { source, key, bodyHash, mode, reason, by }: BatchToTake,
  { n, at }: FigurePlace,
  rows: readonly Observation[],
  { held, unchanged, refused }: Pick<BatchAnswer, 'held' | 'unchanged' | 'refused'>,
): RecordRow {
  const times = timesOf();
  const touched = new Map<string, Set<string>>();
  const hash = rowsHash(
    (function* () {
      for (const row of rows) {
        const period = times(row.period);
        const periods = touched.get(row.indicator) ?? new Set();
        touched.set(row.indicator, periods.add(period));
        yield { ...row, period, seen: row.seen === null ? null : times(row.seen) };
      }
    })(),
  );
  const touches = Object.fromEntries([...touched].map(([indicator, periods]) => [indicator, [...periods]]));
  return {
    ...{ n, at, source: source.code, key, body_hash: bodyHash, mode, touches, rows: rows.length, held, unchanged },
    ...{ refused, reason: reason ?? null, by_name: by, rows_hash: hash },
  };
}
