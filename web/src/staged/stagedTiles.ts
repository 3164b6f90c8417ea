import { type MapRow, rowsOf } from './provinces.ts';

/** A tile, in hundredths of the map. */
export interface StagedTile {
  /** Code of the unit; of an archipelago its name. */
  readonly key: string;
  /** Of an archipelago: code of its province. */
  readonly of?: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Narrower than that no name can be read; a row of many is wider than its share of the country. */
const LEAST = 10.4;
/** Of a longer name the tile is wider than those beside it, so that it stands in one line too. */
const LETTERS = 10;
/** Of the sea beside a row, with what is between. */
const SEA = 17;
const SHORE = 2.5;

/**
 * Where the units below a root lie. Of the country provinces lie as they do on a map, and the archipelagos are there (FG35),
 * whoever reports for them; elsewhere units stand side by side in their order. Pure.
 * @param shape width of the map by its height
 * @param lettersOf length of the name of a unit
 */
export function stagedTiles(
  codes: readonly string[],
  isCountry: boolean,
  shape: number,
  lettersOf: (code: string) => number = () => 0,
): readonly StagedTile[] {
  const rows = isCountry ? rowsOf(codes) : undefined;
  if (!rows) return sideBySide(codes, { shape, y: 0, height: 100 });
  const known = new Set(rows.flatMap((row) => row.codes));
  const others = codes.filter((code) => !known.has(code));
  const there = new Set(codes);
  const lines = rows
    .map((row) => ({ row, codes: row.codes.filter((code) => there.has(code)) }))
    .filter((line) => line.codes.length > 0 || line.row.sea);
  // Of a tree with units that no map knows, they follow below.
  const height = 100 / (lines.length + (others.length > 0 ? 1 : 0));
  const tiles = lines.flatMap((line, i) => tilesOf(line, { y: i * height, height }, lettersOf));
  return others.length === 0
    ? tiles
    : [...tiles, ...sideBySide(others, { shape: shape * lines.length, y: 100 - height, height })];
}

function tilesOf(
  { row, codes }: { row: MapRow; codes: readonly string[] },
  { y, height }: { y: number; height: number },
  lettersOf: (code: string) => number,
): StagedTile[] {
  const { sea, from, to } = row;
  const free = sea ? 100 - SEA - SHORE : 100;
  const width = Math.min(free, Math.max((to - from) * 100, codes.length * LEAST));
  const shares = codes.map((code) => Math.max(1, lettersOf(code) / LETTERS));
  const each = width / shares.reduce((sum, share) => sum + share, 0);
  let x = Math.max(0, Math.min(from * 100, free - width));
  const tiles = codes.map((key, i): StagedTile => {
    const tile = { key, x, y, width: each * (shares[i] ?? 1), height };
    x += tile.width;
    return tile;
  });
  return sea ? [...tiles, { key: sea.name, of: sea.province, x: 100 - SEA, y, width: SEA, height }] : tiles;
}

function sideBySide(codes: readonly string[], room: { shape: number; y: number; height: number }): StagedTile[] {
  const across = Math.max(1, Math.min(codes.length, Math.round(Math.sqrt((codes.length * room.shape) / 2))));
  const height = room.height / Math.ceil(codes.length / across);
  return codes.map((key, i) => ({
    ...{ key, x: ((i % across) * 100) / across, y: room.y + Math.floor(i / across) * height },
    ...{ width: 100 / across, height },
  }));
}
