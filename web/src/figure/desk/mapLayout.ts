import type { MapRow } from './provinces.ts';

/** A place to lay out: how many cells lie in it. */
export interface Block {
  readonly code: string;
  readonly cells: number;
  /** The narrowest in which its name can be read, in pixels. */
  readonly least: number;
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
}
interface MapLayout {
  readonly blocks: readonly Placed[];
  /** From one cell to the next, in pixels. */
  readonly pitch: number;
  readonly height: number;
}
interface Room {
  readonly width: number;
  readonly height: number;
  /** Of the line with a name. */
  readonly head: number;
}

/** Between blocks, and within one around its cells. */
const GAP = 4;
export const INSET = 3;
const LARGEST = 26;
const SMALLEST = 3;
/** Wider than its cells need, by how much at most: a row of few does not grow over the whole width. */
const MOST_STRETCH = 0.6;

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
  const lines = known.filter((line) => line.blocks.length > 0 || line.sea);
  const rest = [...byCode.values()];
  for (let pitch = LARGEST; ; pitch -= pitch > 8 ? 1 : 0.5) {
    const laid = layOutAt([...lines, ...wrapped(rest, room, pitch)], room, pitch);
    if (laid.height <= room.height || pitch <= SMALLEST) return { ...laid, pitch };
  }
}

interface Line {
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly Block[];
  readonly sea: Block | undefined;
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

function layOutAt(lines: readonly Line[], room: Room, pitch: number): Omit<MapLayout, 'pitch'> {
  const placed: Placed[] = [];
  let y = 0;
  for (const line of lines) {
    const sea = line.sea && Math.max(line.sea.least, Math.min(room.width * 0.16, 150));
    const free = room.width - (sea === undefined ? 0 : sea + 3 * GAP);
    const least = line.blocks.reduce((sum, block) => sum + block.least + GAP, -GAP);
    const width = Math.min(free, Math.max((line.to - line.from) * room.width, least));
    const { deep, widths } = shares(line.blocks, width, pitch);
    const height = room.head + deep * pitch + 2 * INSET;
    const put = ({ code }: Block, x: number, own: number): void => {
      const across = Math.max(1, Math.floor((own - 2 * INSET) / pitch));
      placed.push({ code, x, y, width: own, height, across });
    };
    const spare = width - widths.reduce((a, b) => a + b + GAP, -GAP);
    let x = Math.floor(Math.max(0, Math.min(line.from * room.width, free - width)) + Math.max(0, spare) / 2);
    line.blocks.forEach((block, i) => {
      put(block, x, widths[i] ?? 0);
      x += (widths[i] ?? 0) + GAP;
    });
    if (line.sea && sea !== undefined) put(line.sea, Math.floor(room.width - sea), Math.floor(sea));
    y += height + GAP;
  }
  return { blocks: placed, height: Math.max(0, y - GAP) };
}

/** The lowest row in which the blocks stand side by side; what is left of the width is shared by all. */
function shares(blocks: readonly Block[], width: number, pitch: number) {
  const free = width - (blocks.length - 1) * GAP;
  const named = blocks.reduce((sum, { least }) => sum + least, 0);
  const leasts = blocks.map(({ least }) => least * Math.min(1, free / named));
  for (let deep = 1; blocks.length > 0; deep++) {
    const needed = blocks.map(({ cells }, i) => Math.max(leasts[i] ?? 0, Math.ceil(cells / deep) * pitch + 2 * INSET));
    const sum = needed.reduce((a, b) => a + b, 0);
    if (sum > free + 0.01 && deep < Math.max(...blocks.map(({ cells }) => cells))) continue;
    const more = Math.min(MOST_STRETCH, Math.max(0, free / sum - 1));
    return { deep, widths: needed.map((own) => Math.floor(own * (1 + more))) };
  }
  return { deep: 1, widths: [] };
}
