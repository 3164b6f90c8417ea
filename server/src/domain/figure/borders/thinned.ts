import { BordersRefusal } from './BordersRefusal.ts';
import type { UnitShape } from './matchUnits.ts';
import { degreesOf, type SharedPositions, sharedPositions } from './sharedPositions.ts';

/** With fewer of them all are drawn from: lines of a map that is sent have a fourth of it. */
const MOST = 600_000;
/** How much farther positions lie from each other, where those that are left are still too many. */
const FARTHER = 1.4;

/**
 * The same areas with no more positions than a map can show: those that lie closer together than a step of it are left out.
 * Where two areas have the same line, the same positions stay in both, so that none gapes. What can be drawn from is the
 * same, whatever memory there is.
 * @param apart degrees between positions that can be told apart
 * @throws BordersRefusal there are more lines than that
 */
export function thinned(units: readonly UnitShape[], apart: number, most = MOST): UnitShape[] {
  const positions = sharedPositions(units.flatMap(({ areas }) => areas));
  const isEnd = endsIn(positions);
  let kept = keptIn(positions, isEnd, apart);
  // Ends of lines stay, however far it is from one to the next.
  if (countOf(kept) > most && countOf(keptIn(positions, isEnd, Number.POSITIVE_INFINITY)) > most)
    throw new BordersRefusal(
      `it has too many lines of their own for a map, of which ${most} positions can be drawn: join what borders on each other, and simplify it first`,
    );
  for (let far = apart * FARTHER; countOf(kept) > most; far *= FARTHER) kept = keptIn(positions, isEnd, far);
  let ring = 0;
  return units.map(({ code, areas }) => ({
    code,
    areas: areas.map((area) => area.map(() => ringOf(positions, kept, ring++))),
  }));
}

const countOf = (kept: Uint8Array): number => kept.reduce((sum, one) => sum + one, 0);

/** Positions at which lines end: areas that have one of them go on from it in other directions. */
function endsIn({ numbers, starts }: SharedPositions): Uint8Array {
  const [one, other] = [new Int32Array(numbers.length).fill(-1), new Int32Array(numbers.length).fill(-1)];
  const isEnd = new Uint8Array(numbers.length);
  eachRing(starts, (from, until) => {
    for (let at = from; at < until; at += 1) {
      const own = numbers[at] ?? 0;
      const before = numbers[at === from ? until - 1 : at - 1] ?? 0;
      const after = numbers[at + 1 === until ? from : at + 1] ?? 0;
      const [low, high] = before < after ? [before, after] : [after, before];
      if (one[own] === -1) [one[own], other[own]] = [low, high];
      else if (one[own] !== low || other[own] !== high) isEnd[own] = 1;
    }
  });
  return isEnd;
}

/** Which places among `numbers` stay. */
function keptIn(positions: SharedPositions, isEnd: Uint8Array, apart: number): Uint8Array {
  const { numbers, starts } = positions;
  const kept = new Uint8Array(numbers.length);
  const line: number[] = [];
  const take = (): void => {
    keepLine(positions, line, apart, kept);
    line.length = 0;
  };
  eachRing(starts, (from, until) => {
    const size = until - from;
    const first = firstOf(numbers, isEnd, from, until);
    // Once around, from an end of a line to the next.
    for (let i = 0; i <= size; i += 1) {
      const at = from + ((first - from + i) % size);
      line.push(at);
      if (i === size || (i > 0 && isEnd[numbers[at] ?? 0])) {
        take();
        line.push(at);
      }
    }
    line.length = 0;
  });
  return kept;
}

/** Where a ring is begun: at an end, or where all that have the same ring begin it. */
function firstOf(numbers: Int32Array, isEnd: Uint8Array, from: number, until: number): number {
  let least = from;
  for (let at = from; at < until; at += 1) {
    if (isEnd[numbers[at] ?? 0]) return at;
    if ((numbers[at] ?? 0) < (numbers[least] ?? 0)) least = at;
  }
  return least;
}

/** Walks a line from the same end, whichever area has it. @param line places among `numbers` */
function keepLine({ x, y, numbers }: SharedPositions, line: readonly number[], apart: number, kept: Uint8Array): void {
  const numberAt = (i: number): number => numbers[line[i] ?? 0] ?? 0;
  const last = line.length - 1;
  const isLoop = numberAt(0) === numberAt(last);
  const [head, foot] = isLoop ? [numberAt(1), numberAt(last - 1)] : [numberAt(0), numberAt(last)];
  const along = (i: number): number => line[head <= foot ? i : last - i] ?? 0;
  const keep = (i: number): void => {
    kept[along(i)] = 1;
  };
  keep(0);
  keep(last);
  let before = numbers[along(0)] ?? 0;
  let inner = 0;
  for (let i = 1; i < last; i += 1) {
    const own = numbers[along(i)] ?? 0;
    const far = degreesOf(Math.hypot((x[own] ?? 0) - (x[before] ?? 0), (y[own] ?? 0) - (y[before] ?? 0)));
    if (far < apart) continue;
    keep(i);
    [before, inner] = [own, inner + 1];
  }
  // However small it is, an area stays one.
  if (inner >= (isLoop ? 2 : 1)) return;
  for (const share of isLoop ? [1 / 3, 2 / 3] : [1 / 2]) keep(Math.round(last * share));
}

function ringOf({ x, y, numbers, starts }: SharedPositions, kept: Uint8Array, ring: number): Float64Array {
  const [from = 0, until = 0] = starts.subarray(ring, ring + 2);
  const size = kept.subarray(from, until).reduce((sum, one) => sum + one, 0);
  const read = new Float64Array(2 * (size + 1));
  let end = 0;
  for (let at = from; at < until; at += 1)
    if (kept[at]) {
      const own = numbers[at] ?? 0;
      read[end++] = degreesOf(x[own] ?? 0);
      read[end++] = degreesOf(y[own] ?? 0);
    }
  read.set(read.subarray(0, 2), end);
  return read;
}

function eachRing(starts: Int32Array, take: (from: number, until: number) => void): void {
  for (let ring = 0; ring + 1 < starts.length; ring += 1) take(starts[ring] ?? 0, starts[ring + 1] ?? 0);
}
