import { isAloneIn } from '../../../domain/figure/admission.ts';
import { archivedIn } from '../../../domain/figure/archive/months.ts';
import { carriedOver } from '../../../domain/figure/carriedOver.ts';
import { cellMap } from '../../../domain/figure/cellMap.ts';
import { countingOf, type SourceWord } from '../../../domain/figure/counting.ts';
import type { OwnNewest, StandingCells } from '../../../domain/figure/decideBatch.ts';
import { type FormerValue, looksBack, partsIn } from '../../../domain/figure/doubting.ts';
import type { FigureDefinitions, Observation } from '../../../domain/figure/facts.ts';
import { type FirstWord, mayEnd, type UsualValue } from '../../../domain/figure/holds.ts';
import { lastBefore } from '../../../domain/figure/lastBefore.ts';
import { FORMER_PERIODS, GONE, USUAL } from '../../../domain/figure/limits.ts';
import { periodAfter } from '../../../domain/figure/periods.ts';
import type { CellRow } from '../../../domain/figure/placeRows.ts';
import type { Every, Indicator } from '../../../protocol/figureDefinition.ts';
import { ms } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';

/** With more units than that, all of a period are read: they lie beside each other. */
const UNITS_NAMED = 500;

interface Asked {
  readonly indicator: string;
  readonly periods: ReadonlySet<number>;
  /** undefined: all. */
  readonly units: readonly string[] | null;
}
interface Counted extends Asked {
  /** Of this source alone; null: of all. */
  readonly by: string | null;
}

interface By {
  readonly source: string;
  /** FG120: it is only tried, and compared with what its source has said itself. */
  readonly tried?: boolean;
  readonly archived?: ReadonlySet<string>;
}

/**
 * What is on record of the cells of a batch, in a few statements. FG118: they look up by keys, whatever PostgreSQL reckons; what
 * else is in the transaction is planned as ever.
 */
export async function standingCells(
  sql: Sql,
  placed: readonly CellRow[],
  definitions: FigureDefinitions,
  by: By,
): Promise<StandingCells> {
  await sql.query('SET LOCAL enable_seqscan = off');
  const found = await lookUp(sql, placed, definitions, by);
  await sql.query('SET LOCAL enable_seqscan = on');
  return found;
}

async function lookUp(
  sql: Sql,
  placed: readonly CellRow[],
  definitions: FigureDefinitions,
  { source, tried = false, archived = new Set() }: By,
): Promise<StandingCells> {
  const by = tried ? source : null;
  const newest = cellMap<OwnNewest>();
  const formers = new Map<string, readonly FormerValue[]>();
  const counted = cellMap<number>();
  const usual = new Map<string, UsualOf>();
  const words = new Map<string, readonly FirstWord[]>();
  const counts = new Map<string, ReadonlyMap<string, boolean>>();
  const ended = new Map<string, number>();
  for (const { indicator, period, value } of placed) {
    const key = `${indicator} ${period}`;
    if (value === null) ended.set(key, (ended.get(key) ?? 0) + 1);
  }
  for (const asked of askedOf(placed)) {
    const { indicator: code, periods, units } = asked;
    for (const row of await ownNewest(sql, source, asked)) newest.set(row, row);
    words.set(code, await firstWords(sql, source, code));
    const indicator = definitions.indicators.get(code);
    if (!indicator) continue;
    for (const period of periods)
      if (mayEnd(ended.get(`${code} ${period}`) ?? 0))
        counts.set(`${code} ${period}`, await countsNow(sql, { indicator, period, source, by }, definitions));
    const { checks } = indicator;
    const others = [...(checks?.partOf ? [checks.partOf] : []), ...partsIn(definitions.indicators, code)];
    for (const other of others)
      for (const [unit, values] of await countedValues(sql, { indicator: other, periods, units, by }, definitions))
        for (const { period, value } of values) counted.set({ indicator: other, period, unit }, value);
    if (checks?.usual && (!tried || isAloneIn(code, source, definitions.sources.values())))
      usual.set(code, await usualOf(sql, asked));
    if (!looksBack(indicator)) continue;
    for (const [unit, values] of await formerValues(sql, { ...asked, by }, definitions, archived))
      formers.set(`${code} ${unit}`, values);
  }
  return {
    newest: (row) => newest.get(row),
    counted: (cell) => counted.get(cell),
    countsNow: (indicator, period) => counts.get(`${indicator} ${period}`),
    firstWords: (indicator) => words.get(indicator) ?? [],
    usual: ({ indicator, unit, period }) => {
      const of = usual.get(indicator);
      if (of?.period === undefined) return undefined;
      const every = everyOf(indicator, definitions);
      const [from, until] = [-USUAL.periods, USUAL.periods].map((steps) => periodAfter(every, of.period ?? 0, steps));
      return period >= (from ?? 0) && period <= (until ?? 0) ? of.units.get(unit) : undefined;
    },
    former: ({ indicator, unit, period }) => {
      const from = periodAfter(everyOf(indicator, definitions), period, -FORMER_PERIODS);
      const nearest = lastBefore(formers.get(`${indicator} ${unit}`) ?? [], period);
      return nearest && nearest.period >= from ? nearest : undefined;
    },
  };
}

type Cell = Pick<Observation, 'indicator' | 'period' | 'unit'>;

function askedOf(placed: readonly CellRow[]): Asked[] {
  const byIndicator = new Map<string, { periods: Set<number>; units: Set<string> }>();
  for (const { indicator, period, unit } of placed) {
    const asked = byIndicator.get(indicator) ?? { periods: new Set(), units: new Set() };
    byIndicator.set(indicator, asked);
    asked.periods.add(period);
    asked.units.add(unit);
  }
  return [...byIndicator].map(([indicator, { periods, units }]) => ({
    ...{ indicator, periods, units: units.size > UNITS_NAMED ? null : [...units] },
  }));
}

const moments = (periods: Iterable<number>): string[] => [...periods].map((period) => new Date(period).toISOString());

function ownNewest(sql: Sql, source: string, { indicator, periods, units }: Asked) {
  return sql.query<Cell & OwnNewest & Record<string, unknown>>(
    `SELECT indicator, ${ms('period')} AS period, unit, revision, value::float8, status, held,
       held AND ${LAST_DECISION} IS NOT NULL AS "isDecided"
     FROM (SELECT DISTINCT ON (period, unit) * FROM observations WHERE indicator = $1 AND period = ANY ($2::timestamptz[])
       AND source = $3 AND ($4::text[] IS NULL OR unit = ANY ($4)) ORDER BY period, unit, revision DESC) o`,
    [indicator, moments(periods), source, units],
  );
}

const everyOf = (indicator: string, { indicators }: FigureDefinitions): Every =>
  indicators.get(indicator)?.every ?? 'day';

/** FG14: of a held one `o`: what was decided on it last. */
const LAST_DECISION = `(SELECT a.act FROM figure_act_cells c JOIN figure_acts a ON a.n = c.act
  WHERE c.indicator = o.indicator AND c.period = o.period AND c.unit = o.unit AND c.source = o.source
    AND c.revision = o.revision AND a.act IN ('release', 'reject') ORDER BY a.n DESC LIMIT 1)`;

interface UsualOf {
  /** The last of those that were looked at. */
  readonly period: number | undefined;
  readonly units: ReadonlyMap<string, UsualValue>;
}

async function usualOf(sql: Sql, { indicator, units }: Asked): Promise<UsualOf> {
  const rows = await sql.query<UsualValue & { period: number; unit: string }>(
    `SELECT ${ms('f.period')} AS period, u.unit, u.median::float8, u.spread::float8
     FROM figure_usual f, unnest(f.units, f.medians, f.spreads) u (unit, median, spread)
     WHERE f.indicator = $1 AND ($2::text[] IS NULL OR u.unit = ANY ($2))`,
    [indicator, units],
  );
  return { period: rows[0]?.period, units: new Map(rows.map((row) => [row.unit, row])) };
}

/** The newest, and of those as many as are looked at for a period that may be the one before the newest. */
const firstWords = (sql: Sql, source: string, indicator: string): Promise<readonly FirstWord[]> =>
  sql.query<FirstWord & Record<string, unknown>>(
    `SELECT ${ms('period')} AS period, units FROM figure_words WHERE source = $1 AND indicator = $2
     ORDER BY figure_words.period DESC LIMIT $3`,
    [source, indicator, GONE.periods + 1],
  );

/**
 * FG14, FG104: by unit, what counts in some periods before each, in their order, and out of packs where their rows have left. One
 * mistyped year asks for no others.
 */
function formerValues(
  sql: Sql,
  { indicator, periods, units, by }: Counted,
  definitions: FigureDefinitions,
  archived: ReadonlySet<string>,
) {
  const every = everyOf(indicator, definitions);
  const former = new Set<number>();
  for (const period of every === 'once' ? [] : periods)
    for (let steps = 1; steps <= FORMER_PERIODS; steps += 1) former.add(periodAfter(every, period, -steps));
  const isArchived = archivedIn(archived);
  const from = [...former].some((period) => isArchived(every, period)) ? 'figure_rows' : 'observations';
  return countedValues(sql, { indicator, periods: former, units, by }, definitions, from);
}

/** FG8: a value of each source that neither was held nor, where it was, rejected. $1 indicator, $2 periods */
export const goodValues = (
  from: 'observations' | 'figure_rows' = 'observations',
): string => `SELECT DISTINCT ON (unit, period, source) unit, period, source, value
  FROM ${from} o WHERE indicator = $1 AND period = ANY ($2::timestamptz[]) AND (NOT held OR ${LAST_DECISION} = 'release')`;

/** FG144: of all units, in a period with what stands from before. */
async function countsNow(
  sql: Sql,
  of: { readonly indicator: Indicator; readonly period: number; readonly source: string; readonly by: string | null },
  definitions: FigureDefinitions,
): Promise<ReadonlyMap<string, boolean>> {
  const { indicator, period, source, by } = of;
  const { code, every } = indicator;
  const before = carriedOver(indicator);
  const periods = new Set(Array.from({ length: before + 1 }, (_, i) => periodAfter(every, period, i - before)));
  const words = await countingWords(sql, { indicator: code, periods, units: null, by }, definitions);
  return new Map(
    words.flatMap(([unit, all]) => {
      const last = all.at(-1);
      return typeof last?.value === 'number' ? [[unit, last.source === source] as const] : [];
    }),
  );
}

/** FG8: by unit, the values that count in these periods, in their order. */
async function countedValues(...of: Parameters<typeof countingWords>) {
  const words = await countingWords(...of);
  return words.map(([unit, all]) => {
    const values = all.flatMap(({ period, value }) => (typeof value === 'number' ? [{ period, value }] : []));
    return [unit, values] as const;
  });
}

/** FG8: by unit, what counts in these periods, in their order: a value, or that there is none. */
async function countingWords(
  sql: Sql,
  { indicator, periods, units, by }: Counted,
  { sources }: FigureDefinitions,
  from?: 'figure_rows' | 'observations',
) {
  const rows =
    periods.size === 0
      ? []
      : await sql.query<Pick<Observation, 'unit' | 'period' | 'source' | 'value'>>(
          `SELECT unit, ${ms('period')} AS period, source, value::float8 FROM (${goodValues(from)}
             AND ($3::text[] IS NULL OR unit = ANY ($3)) AND ($4::text IS NULL OR source = $4)
             ORDER BY unit, period, source, revision DESC) g`,
          [indicator, moments(periods), units, by],
        );
  const words = new Map<string, Map<number, SourceWord[]>>();
  for (const { unit, period, source, value } of rows) {
    const byPeriod = words.get(unit) ?? new Map<number, SourceWord[]>();
    words.set(unit, byPeriod);
    const said = byPeriod.get(period) ?? [];
    byPeriod.set(period, [...said, { rank: sources.get(source)?.rank ?? 0, source, good: value, held: false }]);
  }
  return [...words].map(([unit, byPeriod]) => {
    return [unit, [...byPeriod].map(([period, said]) => ({ period, ...countingOf(said) }))] as const;
  });
}
