import { inflateSync } from 'node:zlib';

/** Bytes of the head of a file, and of each entry of its directory. */
const WOFF = { head: 44, entry: 20 } as const;
const SFNT = { head: 12, entry: 16 } as const;

/** By their tags. */
export type Tables = Map<string, Buffer>;

/** @param woff of the first format */
export function tablesOf(woff: Buffer): Tables {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('this is no WOFF file of the first format');
  return new Map(
    Array.from({ length: woff.readUInt16BE(12) }, (_, i) => {
      const at = WOFF.head + i * WOFF.entry;
      const [from, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field)) as [
        number,
        number,
        number,
      ];
      const bytes = woff.subarray(from, from + packed);
      return [woff.toString('latin1', at, at + 4), packed < length ? inflateSync(bytes) : Buffer.from(bytes)];
    }),
  );
}

export function tableOf(tables: Tables, tag: string): Buffer {
  const found = tables.get(tag);
  if (!found) throw new Error(`the font has no table ${tag}`);
  return found;
}

/** An OpenType file without checksums: what reads it next makes its own. */
export function sfntOf(tables: Tables): Buffer {
  const head = Buffer.alloc(SFNT.head + tables.size * SFNT.entry);
  head.writeUInt32BE(0x0001_0000, 0);
  head.writeUInt16BE(tables.size, 4);
  const parts = [head];
  let offset = head.length;
  for (const [i, [tag, bytes]] of [...tables].sort(([a], [b]) => (a < b ? -1 : 1)).entries()) {
    const at = SFNT.head + i * SFNT.entry;
    head.write(tag, at, 'latin1');
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(bytes.length, at + 12);
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(parts);
}

/** The glyph of a letter, by the table of the basic plane (format 4). */
export function glyphOf(cmap: Buffer, letter: string): number {
  const code = letter.charCodeAt(0);
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => cmap.readUInt32BE(8 + i * 8));
  const at = subtables.find((offset) => cmap.readUInt16BE(offset) === 4);
  if (at === undefined) throw new Error('the font maps no letters of the basic plane');
  const size = cmap.readUInt16BE(at + 6);
  const [ends, starts, deltas, ranges] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size].map((list) => at + list) as [
    ...[number, number, number, number],
  ];
  for (let i = 0; i < size; i += 2) {
    const start = cmap.readUInt16BE(starts + i);
    if (code > cmap.readUInt16BE(ends + i) || code < start) continue;
    const range = cmap.readUInt16BE(ranges + i);
    const glyph = range === 0 ? code : cmap.readUInt16BE(ranges + i + range + (code - start) * 2);
    return (glyph + cmap.readUInt16BE(deltas + i)) & 0xffff;
  }
  throw new Error(`the font has no ${letter}`);
}
