import { pipeline, Readable } from 'node:stream';
import { constants, crc32, createDeflateRaw } from 'node:zlib';

export interface ZipFile {
  /** Path in the archive, with slashes. */
  readonly name: string;
  readonly content: AsyncIterable<Buffer> | Iterable<Buffer>;
}

interface Entry {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/** Sizes stand behind the content (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** 2.0: folders and deflate. */
const VERSION = 20;
/** 1980-01-01, the first day that the format knows: the same content makes the same archive. */
const DATE = 0x0021;
const LIMIT = 0xffff_ffff;

/**
 * A ZIP archive, piece by piece (APPNOTE.TXT 6.3, without ZIP64): nothing of it is kept but the list of its files.
 * @throws RangeError when it grows to 4 GiB
 */
export async function* zip(files: Iterable<ZipFile>): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const entry = { name: Buffer.from(name), offset, crc: 0, packed: 0, size: 0 };
    yield localHeader(entry.name);
    const sum = async function* (): AsyncGenerator<Buffer> {
      for await (const piece of content) {
        entry.crc = crc32(piece, entry.crc);
        entry.size += piece.length;
        yield piece;
      }
    };
    // A failure of the content ends the loop below, and the loop's end stops the content.
    const packed = pipeline(Readable.from(sum()), createDeflateRaw({ level: constants.Z_BEST_SPEED }), () => undefined);
    for await (const piece of packed) {
      entry.packed += piece.length;
      yield piece;
    }
    yield descriptor(entry);
    offset += 30 + entry.name.length + entry.packed + 16;
    if (offset > LIMIT || entry.size > LIMIT) throw new RangeError('the archive is too large');
    entries.push(entry);
  }
  const directory = Buffer.concat(entries.map(centralHeader));
  yield directory;
  yield end(entries.length, directory.length, offset);
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  common(header, 4);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function descriptor(entry: Entry): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x0807_4b50, 0);
  sums(descriptor, 4, entry);
  return descriptor;
}

function centralHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(VERSION, 4);
  common(header, 6);
  sums(header, 16, entry);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([header, entry.name]);
}

function end(files: number, length: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x0605_4b50, 0);
  record.writeUInt16LE(files, 8);
  record.writeUInt16LE(files, 10);
  record.writeUInt32LE(length, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

/** Version, flags, method, time (midnight) and date. */
function common(header: Buffer, at: number): void {
  header.writeUInt16LE(VERSION, at);
  header.writeUInt16LE(FLAGS, at + 2);
  header.writeUInt16LE(DEFLATE, at + 4);
  header.writeUInt16LE(DATE, at + 8);
}

function sums(header: Buffer, at: number, { crc, packed, size }: Entry): void {
  header.writeUInt32LE(crc, at);
  header.writeUInt32LE(packed, at + 4);
  header.writeUInt32LE(size, at + 8);
}
