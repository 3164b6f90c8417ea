import { firstAnswer, writingSource } from '../../../domain/figure/admission.ts';
import { monthsIn } from '../../../domain/figure/archive/months.ts';
import { decidingBatch } from '../../../domain/figure/decideBatch.ts';
import type { Observation } from '../../../domain/figure/facts.ts';
import { isPastDue } from '../../../domain/figure/form/openPeriods.ts';
import { ANSWER_KEPT, GONE } from '../../../domain/figure/limits.ts';
import { type FigureTree, placingRows } from '../../../domain/figure/placeRows.ts';
import type { BatchToTake, FigureIntakeStore } from '../../../domain/figure/ports.ts';
import { RowsHash } from '../../../domain/record/rowsHash.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import { inTurns, type Slices, sliced, sorted } from '../../../lib/slices.ts';
import type { BatchAnswer } from '../../../protocol/figureBatch.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { Batch } from '../record/sealed.ts';
import { archivedMonths } from './archive/archivedMonths.ts';
import { closedUnits, unitTerms } from './closedUnits.ts';
import { chainOfFigures, type FigurePlace, figureYear, moveOn, nextPlace } from './counter.ts';
import { loadDefinitions } from './PgFigureDefinitions.ts';
import { inMonths, keepMonths } from './partitions.ts';
import { standingCells } from './standingCells.ts';
import { writeDoubts, writeWords } from './writeDoubts.ts';
import { timesOf, writeObservations } from './writeObservations.ts';

/** Batches of figures in PostgreSQL. */
export class PgFigureIntake implements FigureIntakeStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async take(ask: BatchToTake, tree: FigureTree): Promise<BatchAnswer> {
    if (ask.dryRun) return this.#postgres.transaction(async (sql) => (await tryBatch(sql, ask, tree)).answer);
    const [before, year] = await Promise.all([answered(this.#postgres, ask), figureYear(this.#postgres)]);
    return before ?? this.#postgres.transaction((sql) => takeBatch(sql, ask, tree, year));
  }

  tryOut(...[ask, tree]: Parameters<FigureIntakeStore['tryOut']>): ReturnType<FigureIntakeStore['tryOut']> {
    return this.#postgres.transaction((sql) => tryBatch(sql, ask, tree, true));
  }

  /**
   * FG53: makes the tables of this month and the next. FG6: forgets old answers of which nothing was recorded; batches that were recorded have theirs for ever. FG15: and in
   * which batches sources spoke of periods that nobody looks at any more.
   */
  async sweep(): Promise<void> {
    await keepMonths(this.#postgres);
    await this.#postgres.query(
      `DELETE FROM figure_words w USING (SELECT source, indicator, period,
           row_number() OVER (PARTITION BY source, indicator ORDER BY period DESC) AS nr FROM figure_words) old
       WHERE old.nr > $1 AND (w.source, w.indicator, w.period) = (old.source, old.indicator, old.period)`,
      [GONE.periods + 1],
    );
    await this.#postgres.query(
      `DELETE FROM figure_answers WHERE at < clock_timestamp() - make_interval(days => $1) AND answer->'n' = 'null'`,
      [ANSWER_KEPT.days],
    );
  }
}

/** @throws DomainError `conflict` */
async function answered(sql: Sql, { source, key, bodyHash }: BatchToTake): Promise<BatchAnswer | undefined> {
  const [row] = await sql.query<{ answer: BatchAnswer; body: string }>(
    'SELECT answer, body_hash AS body FROM figure_answers WHERE source = $1 AND key = $2',
    [source.code, key],
  );
  return row && firstAnswer(row, bodyHash);
}

/** What would become of it, without a lock. */
async function tryBatch(sql: Sql, ask: BatchToTake, tree: FigureTree, plans = false) {
  const [[clock], by] = await Promise.all([
    sql.query<{ now: Date }>('SELECT clock_timestamp() AS now'),
    byWhich(sql, ask),
  ]);
  const now = clock?.now.getTime() ?? 0;
  const { answer, fresh, standing, indicators } = await decided(sql, ask, tree, { ...by, now, plans });
  const changed = fresh.flatMap(({ indicator, unit, period, value, held, ...rest }) => {
    const before = standing.newest({ ...rest, indicator, unit, period, value, row: 0 });
    if (!before) return [];
    const late = isPastDue(indicators.get(indicator) as Indicator, period, now);
    return [{ indicator, unit, period, from: before.value, to: value, held, late }];
  });
  return { answer: { n: null, seal: null, ...answer }, changed };
}

/** One transaction under the locks of the source's chain and of N: what need not wait for an answer is asked at once. */
async function takeBatch(sql: Sql, ask: BatchToTake, tree: FigureTree, year: number): Promise<BatchAnswer> {
  const batch = await Batch.open(sql, chainOfFigures(ask.source.code, year));
  const [place, before, by] = await Promise.all([nextPlace(sql), answered(sql, ask), byWhich(sql, ask)]);
  if (before) return before;
  const decision = await decided(sql, ask, tree, { ...by, now: Date.parse(place.at) });
  const { fresh, answer: said } = decision;
  let answer: BatchAnswer = { n: null, seal: null, at: new Date(place.at).toISOString(), ...said };
  if (fresh.length > 0) {
    const rows = await inTurns(observed(await inTurns(sorted(fresh, byCell)), place.n, ask.source.code));
    // They are hashed while PostgreSQL writes them.
    const [, sum] = await Promise.all([inMonths(sql, rows, () => writeObservations(sql, rows)), summed(rows)]);
    const [, , sealed] = await Promise.all([
      batch.append('figure_batches', [batchRow(ask, place, sum, said)]),
      moveOn(sql, place),
      batch.close(),
      writeDoubts(sql, place, decision),
      writeWords(sql, ask.source.code, place, decision.words),
    ]);
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

/** By what a batch is decided, as it is on record. */
async function byWhich(sql: Sql, ask: BatchToTake) {
  const [definitions, good, archived] = await Promise.all([
    loadDefinitions(sql),
    isGood(sql, ask),
    archivedMonths(sql),
  ]);
  return { definitions, good, archived };
}

interface Deciding extends Awaited<ReturnType<typeof byWhich>> {
  readonly now: number;
  readonly plans?: boolean;
}

async function decided(
  sql: Sql,
  ask: BatchToTake,
  tree: FigureTree,
  { definitions, good, archived, now, plans = false }: Deciding,
) {
  const by = ask.kind ?? (ask.keyHash && 'push');
  const source = writingSource(definitions, { code: ask.source.code, by, isGood: good });
  const closed = await closedUnits(sql, ask.rows, definitions, tree);
  const terms = await unitTerms(sql, ask.rows, definitions, { tree, closed });
  const ground = { source, indicators: definitions.indicators, tree, closed, terms, archived, now };
  const placed = await inTurns(placingRows(ask.rows, ground));
  // Before anything of so many months is read.
  monthsIn(placed.placed);
  const against = { source: source.code, tried: ask.dryRun && by !== undefined, archived };
  const standing = await standingCells(sql, placed.placed, definitions, against);
  const { unread = [] } = ask;
  const errors = [...placed.errors, ...unread].sort((a, b) => a.row - b.row);
  const total = ask.rows.length + unread.length;
  const { indicators } = definitions;
  const rows = { ...placed, errors, total };
  const decision = await inTurns(decidingBatch(rows, { ...ask, by, plans, now }, indicators, standing));
  return { ...decision, standing, indicators };
}

/** FG41: until COMMIT, so that whoever withdraws the key does so before this batch, or after it. */
async function isGood(sql: Sql, { source, keyHash, lease }: BatchToTake): Promise<boolean> {
  if (lease !== undefined) {
    const held = 'SELECT FROM figure_pulls WHERE source = $1 AND lease = $2 FOR SHARE';
    return (await sql.query(held, [source.code, lease])).length > 0;
  }
  if (!keyHash) return true;
  const key = 'SELECT FROM figure_keys WHERE hash = $1 AND source = $2 FOR KEY SHARE';
  return (await sql.query(key, [keyHash, source.code])).length > 0;
}

type Fresh = Omit<Observation, 'batch' | 'source'>;

function* observed(fresh: readonly Fresh[], batch: number, source: string): Slices<readonly Observation[]> {
  const rows: Observation[] = [];
  yield* sliced(fresh, (row) => rows.push({ ...row, batch, source }));
  return rows;
}

/** The order of rows in a hash, as the registry of official tables names it. */
export const byCell = (a: Fresh, b: Fresh): number =>
  compare(a.indicator, b.indicator) || a.period - b.period || compare(a.unit, b.unit);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Sum {
  readonly rows: number;
  readonly touches: Readonly<Record<string, readonly string[]>>;
  readonly rows_hash: string;
}

/** What a batch says of its rows (AU4). Others have their turn meanwhile. */
export const summed = (rows: readonly Observation[]): Promise<Sum> => inTurns(summing(rows));

function* summing(rows: readonly Observation[]): Slices<Sum> {
  const times = timesOf();
  const touched = new Map<string, Set<string>>();
  const hash = new RowsHash();
  yield* sliced(rows, (row) => {
    const period = times(row.period);
    const periods = touched.get(row.indicator) ?? new Set();
    touched.set(row.indicator, periods.add(period));
    hash.add({ ...row, period, seen: row.seen === null ? null : times(row.seen) });
  });
  const touches = Object.fromEntries([...touched].map(([indicator, periods]) => [indicator, [...periods]]));
  return { rows: rows.length, touches, rows_hash: hash.close() };
}

export const batchRow = (
  {
    source,
    key,
    bodyHash,
    mode,
    reason,
    by,
  }: Pick<BatchToTake, 'source' | 'key' | 'bodyHash' | 'mode' | 'reason' | 'by'>,
  { n, at }: FigurePlace,
  sum: Sum,
  { held, unchanged, refused }: Pick<BatchAnswer, 'held' | 'unchanged' | 'refused'>,
): RecordRow => ({
  ...{ n, at, source: source.code, key, body_hash: bodyHash, mode, held, unchanged, refused },
  ...{ ...sum, reason: reason ?? null, by_name: by },
});
