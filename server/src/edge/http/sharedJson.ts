import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { FileAnswer } from './route.ts';

/** Bytes: below it an answer fits into one packet as it is. */
const WORTH_PACKING = 1_024;
/** What is no larger is packed for a poor line: a quarter less than by gzip, in some fifty milliseconds. */
const SMALL = 64 * 1_024;

type Encoding = NonNullable<FileAnswer['encoding']>;
const pack: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }),
  gzip: (bytes) => promisify(gzip)(bytes),
};
/** As long as somebody keeps the bytes. */
const packed = new WeakMap<Buffer, Map<Encoding, Promise<Buffer>>>();

/**
 * FG107: JSON that is the same for all who ask, packed once for all of them: for each alone it would be some ten
 * milliseconds of CPU for half a megabyte, and eleven thousand pages ask within five seconds.
 * @param bytes the same buffer each time
 * @param accepts `accept-encoding` of who asks
 * @param keep its address names its bytes, so that a browser keeps it
 */
export async function sharedJson(
  name: string,
  bytes: Buffer,
  accepts: string | undefined,
  keep = false,
): Promise<FileAnswer> {
  const encoding = encodingOf(bytes.length, accepts);
  const sent = encoding ? await packedOf(bytes, encoding) : bytes;
  const file = { name, type: 'application/json', size: sent.length, bytes: once(sent), keep };
  return new FileAnswer(encoding ? { ...file, encoding } : file);
}

function encodingOf(length: number, accepts: string | undefined): Encoding | undefined {
  if (length < WORTH_PACKING) return undefined;
  if (length <= SMALL && takes('br', accepts)) return 'br';
  return takes('gzip', accepts) ? 'gzip' : undefined;
}

function packedOf(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  const known = packed.get(bytes) ?? new Map<Encoding, Promise<Buffer>>();
  packed.set(bytes, known);
  const own = known.get(encoding) ?? pack[encoding](bytes);
  known.set(encoding, own);
  return own;
}

/** RFC 9110, 12.5.3, as far as browsers and programs use it. */
const takes = (encoding: Encoding, accepts = ''): boolean =>
  accepts.split(',').some((one) => {
    const [name = '', ...params] = one.split(';').map((part) => part.trim().toLowerCase());
    return (name === encoding || name === '*') && !params.some((param) => /^q=0(\.0*)?$/.test(param));
  });

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
