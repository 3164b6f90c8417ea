/** Start of a frame, of any coding; the others in this range are tables and headers of other kinds. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** What stands before it: tables, comments, data of programs. What has no length is read in more than one way. */
const isBefore = (marker: number): boolean =>
  (marker >= 0xe0 && marker <= 0xef) || [0xc4, 0xcc, 0xdb, 0xdd, 0xfe].includes(marker);

/**
 * TR15: nobody decodes the picture here; its head says how large it is. Pure.
 * @returns pixels; undefined: this is no JPEG, or one that decoders may take for another
 */
export function jpegSize(bytes: Buffer): readonly [width: number, height: number] | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (isFrame(marker)) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    const length = bytes.readUInt16BE(at + 2);
    if (!isBefore(marker) || length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}
