import { axisOf, type SeriesAxis } from './seriesAxis.ts';

interface SeriesPath {
  /** Of an SVG path; a period without a value is a gap. */
  readonly line: string;
  /** Where the last value is. */
  readonly end: readonly [x: number, y: number] | undefined;
  /** Values that stand alone between gaps. */
  readonly dots: readonly (readonly [x: number, y: number])[];
  readonly least: number;
  readonly most: number;
  readonly axis: SeriesAxis;
  /** Of an SVG path: the zero line, or the torn edge where the axis is broken. */
  readonly ground: string;
}

interface Box {
  readonly width: number;
  readonly height: number;
  readonly pad: number;
}

/** Room of a torn edge, as a share of the height of a box. */
const TORN = 0.2;
const TEETH = 64;

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
  const axis = axisOf(least, most);
  const { isBroken, bottom, top } = axis;
  const isTornBelow = isBroken && least > 0;
  const torn = isBroken ? height * TORN : 0;
  const [high, low] = [pad + (isTornBelow ? 0 : torn), height - pad - (isTornBelow ? torn : 0)];
  const x = (i: number): number => round(pad + (i * (width - 2 * pad)) / Math.max(1, series.length - 1));
  const y = (value: number): number =>
    round(top === bottom ? low : high + ((top - value) * (low - high)) / (top - bottom));
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
  const ground = isBroken ? tornEdge({ width, height, pad }, isTornBelow) : `M0 ${y(0)}H${width}`;
  return { line, end, dots, least, most, axis, ground };
}

/** Teeth from one side of the box to the other. */
function tornEdge({ width, height, pad }: Box, isBelow: boolean): string {
  const edge = isBelow ? height - pad : pad;
  const tip = edge + (height * TORN * (isBelow ? -1 : 1)) / 4;
  const points = Array.from(
    { length: TEETH + 1 },
    (_, i) => `${round((i * width) / TEETH)} ${round(i % 2 === 0 ? edge : tip)}`,
  );
  return `M${points.join('L')}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
