import { z } from 'zod';
import { STATE_LETTERS } from './figure.ts';
import type { FigureFrame } from './figureFrame.ts';

/** What a page that reads packed frames accepts, beside plain ones; nodes of versions before do not know it. (FG173) */
export const PACKED_FRAME = 'application/vnd.dieu-hanh.packed-frame.2+json';

/** A path, or by how much the last codes of the path before it grow, the last one alone as a number. */
type Step = string | number | readonly number[];
type Row = Readonly<Record<string, unknown>>;
type Columns = Readonly<Record<string, readonly unknown[]>>;
type Against = NonNullable<FigureFrame['against']>;

const isStep = (told: unknown): boolean =>
  Array.isArray(told) ? told.every(Number.isSafeInteger) : typeof told === 'string' || Number.isSafeInteger(told);
const columns = z.record(z.string(), z.array(z.unknown()));

/** What makes a frame short; all else in it stays as it is. */
const packedFrameSchema = z.looseObject({
  packed: z.literal(2),
  root: z.string(),
  units: z.custom<readonly Step[]>((told) => Array.isArray(told) && told.every(isStep)),
  values: z.array(z.unknown()),
  states: z.string(),
  upper: z.object({ own: columns, coverage: columns }),
  against: z.looseObject({ values: z.array(z.unknown()), upper: columns }).optional(),
});

/**
 * A frame in less than half the bytes: paths as steps, what stands above the units in columns and as the difference to what
 * the units come to, which is none of a sum, and values of a period before as the difference to those of this one.
 */
export function packFrame({ units, upper, against, ...rest }: FigureFrame): Row {
  const { values, states, root } = rest;
  const sums = sumsAbove({ root, units, values, states });
  const isSum = areMost(upper, ({ unit, value }) => value === (sums.get(unit)?.value ?? null));
  const own = upper.map(({ coverage: _, ...row }) =>
    isSum ? { ...row, ...lessBy(row, sums.get(row.unit), ['value']) } : row,
  );
  const coverage = upper.map((row) => {
    const { withheld = 0, ...told } = { withheld: 0, ...row.coverage };
    return lessBy({ ...told, withheld }, sums.get(row.unit), COUNTED);
  });
  const steps = units.map((path, i) => stepTo(path, units[i - 1] ?? ''));
  return {
    ...rest,
    ...{ packed: 2, units: steps, isSum },
    upper: { own: withoutUnits(columnsOf(own), [...sums.keys()]), coverage: columnsOf(coverage) },
    ...(against && { against: packAgainst(against, { root, units, values, states }) }),
  };
}

/** The frame that was packed, still to be checked; whatever is no packed frame stays as it is. */
export function unpackFrame(told: unknown): unknown {
  const read = packedFrameSchema.safeParse(told);
  if (!read.success) return told;
  const { packed: _, isSum, units, upper, against, ...rest } = read.data;
  const { root, values, states } = rest;
  let last = '';
  const paths = units.map((step) => {
    last = typeof step === 'string' ? step : stepped(last, Array.isArray(step) ? step : [step]);
    return last;
  });
  const of = { root, units: paths, values, states };
  const sums = sumsAbove(of);
  const own = rowsOf(withUnits(upper.own, [...sums.keys()]));
  const coverage = rowsOf(upper.coverage);
  const above = own.map((row, i) => {
    const sum = sums.get(`${row.unit}`);
    const { withheld, ...counted } = moreBy(coverage[i] ?? {}, sum, COUNTED);
    const whole = { ...counted, ...(withheld !== 0 && { withheld }) };
    return { ...row, ...(isSum === true && moreBy(row, sum, ['value'])), coverage: whole };
  });
  return { ...rest, units: paths, upper: above, ...(against && { against: unpackAgainst(against, of) }) };
}

interface Units {
  readonly root: string;
  readonly units: readonly string[];
  /** Not checked yet, where they come out of a line. */
  readonly values: readonly unknown[];
  readonly states: string;
}

const COUNTED = ['expected', 'fresh', 'late', 'stale', 'none', 'held', 'contested', 'withheld'] as const;
const STATES: Readonly<Record<string, string>> = STATE_LETTERS;
/** FG126: in a sum, or beside it. */
const countedAs = (state: string | undefined, isThere: boolean): string =>
  !isThere && state !== 'stale' ? 'none' : (state ?? 'none');

/** What units come to above them, by code, from the root on in path order: their sum, and how many stand how. */
function sumsAbove({ root, units, values, states }: Units): ReadonlyMap<string, Record<string, number | null>> {
  const sums = new Map<string, Record<string, number | null>>();
  for (const [i, path] of units.entries()) {
    const [value, state] = [values[i], STATES[states[i] ?? '']];
    const isThere = isWhole(value);
    const counts = countedAs(state, isThere);
    const codes = path.split('.');
    for (const code of codes.slice(Math.max(0, codes.indexOf(root)), -1)) {
      const sum = sums.get(code) ?? { value: null, ...Object.fromEntries(COUNTED.map((name) => [name, 0])) };
      sums.set(code, sum);
      const add = (name: string, more: number) => {
        sum[name] = (sum[name] ?? 0) + more;
      };
      add('expected', 1);
      add(counts, 1);
      if (!isThere && state === 'held') add('withheld', 1);
      if (isThere && state !== 'stale') add('value', value);
    }
  }
  return sums;
}

function packAgainst({ values, upper, ...rest }: Against, of: Units): Row {
  const sums = sumsOfBoth(values, of);
  const rows = upper.map((row) => ({ ...row, ...lessBy(row, sums.get(row.unit), BOTH) }));
  const less = values.map((value, i) => (value === null ? null : value - numberOr(of.values[i])));
  return { ...rest, values: less, upper: withoutUnits(columnsOf(rows), [...sums.keys()]) };
}

function unpackAgainst({ values, upper, ...rest }: { values: unknown[]; upper: Columns }, of: Units): Row {
  const before = values.map((value, i) => (isWhole(value) ? value + numberOr(of.values[i]) : value));
  const sums = sumsOfBoth(before, of);
  const rows = rowsOf(withUnits(upper, [...sums.keys()]), ['now', 'before']);
  return {
    ...rest,
    values: before,
    upper: rows.map((row) => ({ ...row, ...moreBy(row, sums.get(`${row.unit}`), BOTH) })),
  };
}

const BOTH = ['now', 'before', 'both'] as const;

/** FG97: over the units that have said both. */
function sumsOfBoth(before: readonly unknown[], { root, units, values }: Units) {
  const sums = new Map<string, Record<string, number | null>>();
  for (const [i, path] of units.entries()) {
    const [now, was] = [values[i], before[i]];
    const codes = path.split('.');
    for (const code of codes.slice(Math.max(0, codes.indexOf(root)), -1)) {
      const sum = sums.get(code) ?? { now: 0, before: 0, both: 0 };
      sums.set(code, sum);
      if (!isWhole(now) || !isWhole(was)) continue;
      sum.now = (sum.now ?? 0) + now;
      sum.before = (sum.before ?? 0) + was;
      sum.both = (sum.both ?? 0) + 1;
    }
  }
  return sums;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const numberOr = (value: unknown): number => (isWhole(value) ? value : 0);
const areMost = <T>(all: readonly T[], is: (one: T) => boolean): boolean => 2 * all.filter(is).length > all.length;

/** What is no number stays as it is. @param by what is taken off */
const lessBy = (row: Row, by: Row | undefined, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, changed(row[name], -numberOr(by?.[name]))]));
const moreBy = (row: Row, by: Row | undefined, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, changed(row[name], numberOr(by?.[name]))]));
const changed = (value: unknown, by: number): unknown => (isWhole(value) ? value + by : value);

/** Units that follow from the paths are left out. */
const withoutUnits = ({ unit = [], ...rest }: Columns, codes: readonly string[]): Columns =>
  unit.length === codes.length && unit.every((code, i) => code === codes[i]) ? rest : { unit, ...rest };
const withUnits = (told: Columns, codes: readonly string[]): Columns => (told.unit ? told : { unit: codes, ...told });

function stepTo(path: string, before: string): Step {
  const [codes, last] = [path.split('.'), before.split('.')];
  const same = codes.findIndex((code, i) => code !== last[i]);
  if (codes.length !== last.length || same < 0) return path;
  const by = codes.slice(same).map((code, i) => Number(code) - Number(last[same + i]));
  if (!by.every(Number.isSafeInteger) || stepped(before, by) !== path) return path;
  return by.length === 1 ? (by[0] ?? path) : by;
}

/** @param by what is added to the last codes; each stays as long as it was, with zeros in front */
function stepped(path: string, by: readonly number[]): string {
  const codes = path.split('.');
  for (let i = 1; i <= by.length; i += 1) {
    const code = codes.at(-i) ?? '';
    codes[codes.length - i] = String(Number(code) + (by.at(-i) ?? 0)).padStart(code.length, '0');
  }
  return codes.join('.');
}

/** What a row leaves out is null in its column. */
function columnsOf(rows: readonly Row[]): Columns {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

/** Of `value` null is told; whatever else is null was left out. */
function rowsOf(told: Columns, nullable: readonly string[] = ['value']): Row[] {
  const all = Object.entries(told);
  const count = Math.max(0, ...all.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(
      all.flatMap(([name, values]) =>
        nullable.includes(name) || (values[i] !== null && values[i] !== undefined) ? [[name, values[i]]] : [],
      ),
    ),
  );
}
