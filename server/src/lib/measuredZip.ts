import { crc32, inflateRawSync } from 'node:zlib';

const FILE = 0x04034b50;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** A document of an office has some hundreds of parts at most. */
const ENTRIES_MAX = 10_000;

interface Part {
  readonly name: Buffer;
  readonly method: number;
  /** What of the archive is really read when it is unpacked. */
  readonly packed: Buffer;
  readonly content: Buffer;
}

/**
 * The archive made anew of what its directory names, with the sizes that were found by unpacking it: what it says itself may
 * be a lie, and whoever reads it without its directory would find what stands in no directory. Empty files are left out.
 * @param most so many bytes, unpacked @param look at each file as it is unpacked
 * @throws RangeError when there are more than that, Error when it is no archive that this reads
 */
export function measuredZip(
  archive: Buffer,
  most: number,
  look: (name: string, content: Buffer) => void = () => undefined,
): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let [left, unread, offset] = [most, archive.length, 0];
  for (const { name, method, packed, content } of partsOf(archive, () => left)) {
    left -= content.length;
    unread -= packed.length;
    if (left < 0) throw new RangeError(`more than ${most} bytes`);
    // Parts that lie over each other would make it larger than it was.
    if (unread < 0) throw new Error('parts that lie over each other');
    if (content.length === 0) continue;
    look(name.toString(), content);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(FLAGS, 2);
    header.writeUInt16LE(method, 4);
    header.writeUInt32LE(crc32(content), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(content.length, 18);
    header.writeUInt16LE(name.length, 22);
    files.push(signed(FILE), header, name, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(signed(ENTRY), header.subarray(0, 2), header, place, name);
    offset += 30 + name.length + packed.length;
  }
  const named = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  const count = directory.length / 5;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(named.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, named, signed(END), end]);
}

function* partsOf(archive: Buffer, left: () => number): Generator<Part> {
  const end = archive.lastIndexOf(signed(END));
  if (end < 0) throw new Error('no end of a directory');
  const count = archive.readUInt16LE(end + 10);
  if (count > ENTRIES_MAX) throw new Error(`${count} files`);
  let at = archive.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('no entry of a directory');
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const afterName = at + 46 + archive.readUInt16LE(at + 28);
    const name = archive.subarray(at + 46, afterName);
    yield { name, method, ...unpacked(method, archive.subarray(from, from + size), left()) };
    at = afterName + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

function unpacked(method: number, packed: Buffer, most: number): Pick<Part, 'packed' | 'content'> {
  if (method === STORED) return { packed, content: packed };
  if (method !== DEFLATED) throw new Error(`unknown method ${method}`);
  // It throws a RangeError itself; zero is no limit to it.
  const options = { maxOutputLength: Math.max(1, most), info: true } as const;
  const { buffer, engine } = inflateRawSync(packed, options) as unknown as Inflated;
  return { packed: packed.subarray(0, engine.bytesWritten), content: buffer };
}

/** What the option `info` makes of the answer. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
