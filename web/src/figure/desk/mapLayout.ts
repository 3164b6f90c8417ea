import type { MapRow } from '../../staged/provinces.ts';

/** A place to lay out: how many cells lie in it. */
export interface Block {
  readonly code: string;
  readonly cells: number;
  /** The narrowest in which its name can be read, in pixels. */
  readonly least: number;
  /** Where there is room: its value as well. */
  readonly wish: number;
}
/** Where it came to lie, in pixels; its cells begin below the line with its name. */
export interface Placed {
  readonly code: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Cells side by side. */
  readonly across: number;
  /** From one cell to the next, in pixels; and from one row of them to the next. */
  readonly pitch: number;
  readonly rise: number;
}
export interface MapLayout {
  readonly blocks: readonly Placed[];
  /** Of the cells on land. */
  readonly pitch: number;
  readonly height: number;
}
interface Room {
  readonly width: number;
  readonly height: number;
  /** Of the line with a name. */
  readonly head: number;
  /** Each block is one cell, which may be as large as the block. */
  readonly leaves?: boolean;
}

/** Between blocks, and within one around its cells. */
const GAP = 3;
export const INSET = 2;
/** So large that the units of a few districts fill a wall, and that those of one do. */
const LARGEST = 160;
const LARGEST_LEAF = 400;
/** Those of a province without districts are read by scrolling, each with a colour that is seen. */
const SMALLEST_LEAF = 14;
const SMALLEST = 3;
/** Wider than its cells need, by how much at most: a row of few does not grow over the whole width. */
const MOST_STRETCH = 0.6;
/** Higher than wide, at most. */
const MOST_RISE = 1.6;

/**
 * Places blocks in their rows, all cells of one size, the largest for which everything has room. What is in no row
 * follows below, in its order. An archipelago is a block by its name.
 */
export function layOut(blocks: readonly Block[], rows: readonly MapRow[], room: Room): MapLayout {
  const byCode = new Map(blocks.map((block) => [block.code, block]));
  const take = (code: string): readonly Block[] => {
    const block = byCode.get(code);
    byCode.delete(code);
    return block ? [block] : [];
  };
  const known: Line[] = rows.map(({ from, to, codes, sea }) => {
    return { from, to, blocks: codes.flatMap(take), sea: sea ? take(sea.name)[0] : undefined };
  });
  const lines = known.filter((line) => line.blocks.length > 0 || line.sea).flatMap((line) => broken(line, room.width));
  const rest = [...byCode.values()];
  const at = (pitch: number, rise: number): MapLayout => ({
    ...layOutAt([...lines, ...wrapped(rest, room, pitch)], room, pitch, rise),
    pitch,
  });
  const cells = blocks.reduce((sum, block) => sum + block.cells, 0);
  // Larger ones would not have room if nothing else were there.
  const most = Math.floor(Math.sqrt((room.width * room.height) / Math.max(1, cells)));
  const largest = room.leaves ? LARGEST_LEAF : LARGEST;
  const smallest = room.leaves ? SMALLEST_LEAF : SMALLEST;
  let pitch = Math.min(largest, Math.max(smallest, most));
  while (pitch > smallest && at(pitch, pitch).height > room.height) pitch--;
  // What is left of the height makes cells a little higher than wide.
  let rise = pitch;
  while (rise < Math.min(largest, pitch * MOST_RISE) && at(pitch, rise + 1).height <= room.height) rise++;
  return at(pitch, rise);
}

interface Line {
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly Block[];
  readonly sea: Block | undefined;
}

/** Of an archipelago's few units, which have more room than others: they are seen from afar. */
function islandPitch({ cells }: Block, width: number, height: number, pitch: number): number {
  let side = pitch;
  const fits = (larger: number): boolean =>
    Math.ceil(cells / Math.max(1, Math.floor((width - 2 * INSET) / larger))) * larger <= height - 2 * INSET;
  while (side < LARGEST && fits(side + 1)) side++;
  return side;
}

/** On a narrow screen a row is several, each with names that can be read; the sea is beside the last. */
function broken(line: Line, width: number): readonly Line[] {
  const { blocks, sea } = line;
  const names = [...blocks, ...(sea ? [sea] : [])].reduce((sum, { least }) => sum + least + GAP, -GAP);
  if (names <= width || blocks.length < 2) return [line];
  const half = Math.ceil(blocks.length / 2);
  const first = broken({ ...line, blocks: blocks.slice(0, half), sea: undefined }, width);
  return [...first, ...broken({ ...line, blocks: blocks.slice(half) }, width)];
}

/** As words in a paragraph, each block about as wide as high. */
function wrapped(blocks: readonly Block[], room: Room, pitch: number): readonly Line[] {
  const lines: Block[][] = [];
  let left = 0;
  for (const block of blocks) {
    const across = Math.ceil(Math.sqrt(block.cells * 1.6));
    const width = Math.max(block.least, across * pitch + 2 * INSET) + GAP;
    if (width > left) {
      lines.push([]);
      left = room.width + GAP;
    }
    lines.at(-1)?.push(block);
    left -= width;
  }
  return lines.map((line) => ({ from: 0, to: 1, blocks: line, sea: undefined }));
}

function layOutAt(lines: readonly Line[], room: Room, pitch: number, rise: number): Omit<MapLayout, 'pitch'> {
  const placed: Placed[] = [];
  let y = 0;
  for (const line of lines) {
    const sea = line.sea && Math.max(line.sea.least, Math.min(room.width * 0.18, line.sea.wish));
    const free = room.width - (sea === undefined ? 0 : sea + 3 * GAP);
    const fill = (wanted: 'least' | 'wish') => {
      const least = line.blocks.reduce((sum, block) => sum + block[wanted] + GAP, -GAP);
      const width = Math.min(free, Math.max((line.to - line.from) * room.width, least));
      return { width, fits: least <= free, ...shares(line.blocks, width, pitch, wanted) };
    };
    // Values are read where they take little from the one that has many cells.
    const [names, values] = [fill('least'), fill('wish')];
    const { width, deep, widths } = values.fits && values.deep <= names.deep + 1 ? values : names;
    const height = room.head + deep * rise + 2 * INSET;
    const put = ({ code }: Block, x: number, own: number, side: number): void => {
      const across = Math.max(1, Math.floor((own - 2 * INSET) / side));
      placed.push({ code, x, y, width: own, height, across, pitch: side, rise: side === pitch ? rise : side });
    };
    const spare = width - widths.reduce((a, b) => a + b + GAP, -GAP);
    let x = Math.floor(Math.max(0, Math.min(line.from * room.width, free - width)) + Math.max(0, spare) / 2);
    line.blocks.forEach((block, i) => {
      put(block, x, widths[i] ?? 0, pitch);
      x += (widths[i] ?? 0) + GAP;
    });
    if (line.sea && sea !== undefined)
      put(
        line.sea,
        Math.floor(room.width - sea),
        Math.floor(sea),
        islandPitch(line.sea, sea, height - room.head, pitch),
      );
    y += height + GAP;
  }
  return { blocks: placed, height: Math.max(0, y - GAP) };
}

/** The lowest row in which the blocks stand side by side; what is left of the width is shared by all. */
function shares(blocks: readonly Block[], width: number, pitch: number, wanted: 'least' | 'wish') {
  const free = width - (blocks.length - 1) * GAP;
  const named = blocks.reduce((sum, block) => sum + block[wanted], 0);
  const leasts = blocks.map((block) => block[wanted] * Math.min(1, free / named));
  // In fewer rows than this all cells do not fit, however they are shared out.
  const cells = blocks.reduce((sum, block) => sum + block.cells, 0);
  const most = Math.max(...blocks.map((block) => block.cells));
  const fewest = Math.max(1, Math.min(most, Math.ceil((cells * pitch) / Math.max(1, free))));
  for (let deep = fewest; blocks.length > 0; deep++) {
    const needed = blocks.map(({ cells }, i) => Math.max(leasts[i] ?? 0, Math.ceil(cells / deep) * pitch + 2 * INSET));
    const sum = needed.reduce((a, b) => a + b, 0);
    if (sum > free + 0.01 && deep < most) continue;
    const more = Math.min(MOST_STRETCH, Math.max(0, free / sum - 1));
    return { deep, widths: needed.map((own) => Math.floor(own * (1 + more))) };
  }
  return { deep: 1, widths: [] };
}
