import { shortName } from '../../api/contract.ts';
import type { MapRow } from '../../staged/provinces.ts';
import { widthOf } from '../../staged/widthOf.ts';
import { NAME_PADDING, RANK_ROOM } from './MapTile.tsx';
import { layOut, type MapLayout } from './mapLayout.ts';
import type { MapPlace } from './mapPlaces.ts';
import { writtenOn, writtenOnLeaves } from './writtenOn.ts';

/** What most values are no wider than: a tile keeps room for it, so that none moves when a value grows. */
const USUAL = ' 00.000';
/** A unit without units below it is a tile of its own, as wide as the others: as the longest name, within limits. */
const LEAF = { least: 132 / 16, most: 208 / 16 };
const NOTHING: MapLayout = { blocks: [], pitch: 1, height: 0 };

interface LaidTiles {
  readonly laid: MapLayout;
  /** Each tile is one cell. */
  readonly leaves: boolean;
  /** Of the letters of a name, and of the line that it stands in. */
  readonly px: number;
  readonly head: number;
}

/** Where the tiles of places lie, each at least as wide as its name and its rank. (FG163) @param rem of the page's own letters, in pixels */
export function layTiles(
  places: readonly MapPlace[],
  rows: readonly MapRow[],
  size: { readonly width: number; readonly height: number },
  rem: number,
): LaidTiles {
  const leaves = places.every(({ cells, of }) => cells.length <= 1 && of === undefined);
  const { letters, line } = (leaves ? writtenOnLeaves : writtenOn)(size.width);
  const px = letters * rem;
  const head = Math.ceil(line * rem);
  if (size.width === 0) return { laid: NOTHING, leaves, px, head };
  const widthWith = (words: string): number => widthOf(words, px) + NAME_PADDING;
  const longest = leaves ? Math.max(...places.map(({ name }) => widthWith(name))) : 0;
  const leaf = Math.min(Math.max(LEAF.least * rem, Math.min(LEAF.most * rem, longest)), size.width / 2 - 2);
  const blocks = places.map(({ key, name, of, cells }) => {
    const named = widthWith(of === undefined ? shortName(name) : `${name} ${of}`);
    const least = leaves ? leaf : of === undefined ? named + RANK_ROOM * rem : named;
    return { code: key, cells: cells.length, least, wish: least + (leaves ? 0 : widthOf(USUAL, px)) };
  });
  return { laid: layOut(blocks, rows, { ...size, head, leaves }), leaves, px, head };
}
