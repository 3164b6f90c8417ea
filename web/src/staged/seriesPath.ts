interface SeriesPath {
  /** Of an SVG path; a period without a value is a gap. */
  readonly line: string;
  /** Where the last value is. */
  readonly end: readonly [x: number, y: number] | undefined;
  /** Values that stand alone between gaps. */
  readonly dots: readonly (readonly [x: number, y: number])[];
  readonly least: number;
  readonly most: number;
}

/** A series in a box, the oldest on the left; undefined: it has no value. @param pad what a line needs at the edges */
export function seriesPath(
  series: readonly (number | null)[],
  width: number,
  height: number,
  pad = 2,
): SeriesPath | undefined {
  const there = series.filter((value) => value !== null);
  if (there.length === 0) return undefined;
  const [least, most] = [Math.min(...there), Math.max(...there)];
  const x = (i: number): number => round(pad + (i * (width - 2 * pad)) / Math.max(1, series.length - 1));
  const y = (value: number): number =>
    round(most === least ? height / 2 : pad + ((most - value) * (height - 2 * pad)) / (most - least));
  const dots: (readonly [number, number])[] = [];
  let line = '';
  let end: SeriesPath['end'];
  series.forEach((value, i) => {
    if (value === null) return;
    const before = series[i - 1] ?? null;
    const after = series[i + 1] ?? null;
    end = [x(i), y(value)];
    if (before === null && after === null) dots.push(end);
    line += `${before === null ? 'M' : 'L'}${end[0]} ${end[1]}`;
  });
  return { line, end, dots, least, most };
}

const round = (value: number): number => Math.round(value * 10) / 10;
