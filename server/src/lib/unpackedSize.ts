import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * How many bytes an archive holds when it is unpacked, found by unpacking each entry: what it says itself may be a lie.
 * @throws RangeError when there are more than `most`, Error when it is no archive that this reads
 */
export function unpackedSize(archive: Buffer, most: number): number {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== END) throw new Error('no end of a directory');
  let at = archive.readUInt32LE(end + 16);
  let left = most;
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('no entry of a directory');
    const method = archive.readUInt16LE(at + 10);
    const packed = archive.readUInt32LE(at + 20);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    left -= sizeOf(method, archive.subarray(from, from + packed), left);
    if (left < 0) throw new RangeError(`more than ${most} bytes`);
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return most - left;
}

function sizeOf(method: number, packed: Buffer, most: number): number {
  if (method === STORED) return packed.length;
  if (method !== DEFLATED) throw new Error(`unknown method ${method}`);
  // It throws a RangeError itself; zero is no limit to it.
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length;
}
