import { z } from 'zod';
import type { FigureFrame } from './figureFrame.ts';

/** What a page that reads packed frames accepts, beside plain ones; nodes of the version before do not know it. (FG173) */
export const PACKED_FRAME = 'application/vnd.dieu-hanh.packed-frame+json';

/** A path, or by how much the last codes of the path before it grow, the last one alone as a number. */
type Step = string | number | readonly number[];
type Row = Readonly<Record<string, unknown>>;
type Columns = Readonly<Record<string, readonly unknown[]>>;

const isStep = (told: unknown): boolean =>
  Array.isArray(told) ? told.every(Number.isSafeInteger) : typeof told === 'string' || Number.isSafeInteger(told);
const columns = z.record(z.string(), z.array(z.unknown()));

/** What makes a frame short; all else in it stays as it is. */
const packedFrameSchema = z.looseObject({
  packed: z.literal(true),
  units: z.custom<readonly Step[]>((told) => Array.isArray(told) && told.every(isStep)),
  upper: z.object({ own: columns, coverage: columns }),
});

/** A frame in less than half the bytes: paths as steps, and the units above in columns. */
export function packFrame({ units, upper, ...rest }: FigureFrame): Row {
  const own = upper.map(({ coverage: _, ...row }) => row);
  const coverage = columnsOf(upper.map((row) => row.coverage));
  const steps = units.map((path, i) => stepTo(path, units[i - 1] ?? ''));
  return { ...rest, packed: true, units: steps, upper: { own: columnsOf(own), coverage } };
}

/** The frame that was packed, still to be checked; whatever is no packed frame stays as it is. */
export function unpackFrame(told: unknown): unknown {
  const read = packedFrameSchema.safeParse(told);
  if (!read.success) return told;
  const { packed: _, units, upper, ...rest } = read.data;
  let last = '';
  const paths = units.map((step) => {
    last = typeof step === 'string' ? step : stepped(last, Array.isArray(step) ? step : [step]);
    return last;
  });
  const count = upper.own.unit?.length ?? 0;
  const coverage = rowsOf(upper.coverage, count);
  const own = rowsOf(upper.own, count);
  return { ...rest, units: paths, upper: own.map((row, i) => ({ ...row, coverage: coverage[i] })) };
}

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
function rowsOf(told: Columns, count: number): Row[] {
  const all = Object.entries(told);
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(
      all.flatMap(([name, values]) => (name === 'value' || values[i] !== null ? [[name, values[i]]] : [])),
    ),
  );
}
