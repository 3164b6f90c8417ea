import { glyphOf, sfntOf, tableOf, tablesOf } from './sfnt.ts';

/** Of a composite glyph: its place is given in whole words, as a distance. */
const PLACED = 0x0003;
/** Names of glyphs are left out. */
const NAMELESS = 0x0003_0000;

/**
 * Adds digits that are all as wide as the nought, each in the middle of that, for `font-variant-numeric: tabular-nums`:
 * Be Vietnam Pro is drawn without any, so that clocks danced and columns did not stand below each other.
 * @param woff of the package, in the first format @returns the same as an OpenType file, with `tnum` as its only feature
 * of substitution
 */
export function withTabularDigits(woff: Buffer): Buffer {
  const tables = tablesOf(woff);
  const [head, hhea, maxp, loca, glyf] = ['head', 'hhea', 'maxp', 'loca', 'glyf'].map((tag) =>
    tableOf(tables, tag),
  ) as [...[Buffer, Buffer, Buffer, Buffer, Buffer]];
  const count = maxp.readUInt16BE(4);
  const metrics = metricsOf(tableOf(tables, 'hmtx'), hhea.readUInt16BE(34), count);
  const isShort = head.readInt16BE(50) === 0;
  const places = Array.from({ length: count + 1 }, (_, i) =>
    isShort ? loca.readUInt16BE(i * 2) * 2 : loca.readUInt32BE(i * 4),
  );
  const digits = [...'0123456789'].map((digit) => glyphOf(tableOf(tables, 'cmap'), digit)).sort((a, b) => a - b);
  const width = metrics[glyphOf(tableOf(tables, 'cmap'), '0')]?.advance ?? 0;
  const added = digits.map((digit) => {
    const { advance = 0, bearing = 0 } = metrics[digit] ?? {};
    const shift = Math.round((width - advance) / 2);
    metrics.push({ advance: width, bearing: bearing + shift });
    return shifted(glyf.subarray(places[digit]), digit, shift);
  });
  for (const glyph of added) places.push((places.at(-1) ?? 0) + glyph.length);
  maxp.writeUInt16BE(metrics.length, 4);
  // Of composite glyphs: points and contours, parts, and how deep they go.
  for (const [own, of] of [[10, 6] as const, [12, 8] as const])
    maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(own), maxp.readUInt16BE(of)), own);
  for (const least of [28, 30]) maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(least), 1), least);
  hhea.writeUInt16BE(metrics.length, 34);
  head.writeInt16BE(1, 50);
  const post = tableOf(tables, 'post').subarray(0, 32);
  post.writeUInt32BE(NAMELESS, 0);
  tables.set('post', post);
  tables.set('hmtx', words(metrics.flatMap(({ advance, bearing }) => [advance, bearing])));
  tables.set('loca', Buffer.concat(places.map((place) => words([place >> 16, place]))));
  tables.set('glyf', Buffer.concat([glyf.subarray(0, places[count]), ...added]));
  tables.set('GSUB', substitution(digits, count));
  return sfntOf(tables);
}

/** Of each glyph; those at the end have the width of the last that says one. */
function metricsOf(hmtx: Buffer, long: number, count: number): { advance: number; bearing: number }[] {
  return Array.from({ length: count }, (_, i) => ({
    advance: hmtx.readUInt16BE(Math.min(i, long - 1) * 4),
    bearing: hmtx.readInt16BE(i < long ? i * 4 + 2 : long * 4 + (i - long) * 2),
  }));
}

/** A glyph that is another one, moved to the right. */
function shifted(of: Buffer, glyph: number, by: number): Buffer {
  const [left, bottom, right, top] = [2, 4, 6, 8].map((at) => of.readInt16BE(at)) as [number, number, number, number];
  return words([-1, left + by, bottom, right + by, top, PLACED, glyph, by, 0, 0]);
}

/** A table of one feature: digit by digit, in the order of glyphs. @param first that they become */
function substitution(digits: readonly number[], first: number): Buffer {
  const scripts = [2, ...pairs('DFLT'), 14, ...pairs('latn'), 14, 4, 0, 0, 0xffff, 1, 0];
  const features = [1, ...pairs('tnum'), 8, 0, 1, 0];
  const single = [
    2,
    6 + digits.length * 2,
    digits.length,
    ...digits.map((_, i) => first + i),
    1,
    digits.length,
    ...digits,
  ];
  const lookups = [1, 4, 1, 0, 1, 8, ...single];
  const head = [1, 0, 10, 10 + scripts.length * 2, 10 + (scripts.length + features.length) * 2];
  return words([...head, ...scripts, ...features, ...lookups]);
}

const pairs = (tag: string): number[] => [Buffer.from(tag).readUInt16BE(0), Buffer.from(tag).readUInt16BE(2)];

/** Of 16 bits each, as fonts have them. */
function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, i * 2);
  return bytes;
}
