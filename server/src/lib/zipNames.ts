const FILE = 0x04034b50;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const COMMENT_MAX = 65_535;
/** A document of an office has some hundreds of parts at most. */
const ENTRIES_MAX = 10_000;

/** Names in the directory of a ZIP archive; undefined when it is none, or begins with something else. Nothing is unpacked. */
export function zipNames(bytes: Buffer): string[] | undefined {
  if (bytes.length < END_BYTES || bytes.readUInt32LE(0) !== FILE) return undefined;
  const end = findEnd(bytes);
  if (end === undefined) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  if (count > ENTRIES_MAX) return undefined;
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > end || bytes.readUInt32LE(at) !== ENTRY) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    names.push(bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name));
    at += ENTRY_BYTES + name + extra + comment;
  }
  // Whoever reads the directory to its end must not find more in it than is counted here.
  return at === end ? names : undefined;
}

/** The directory's end record stands last, before a comment of at most 64 KiB. */
function findEnd(bytes: Buffer): number | undefined {
  const lowest = Math.max(0, bytes.length - END_BYTES - COMMENT_MAX);
  for (let at = bytes.length - END_BYTES; at >= lowest; at--) if (bytes.readUInt32LE(at) === END) return at;
  return undefined;
}
