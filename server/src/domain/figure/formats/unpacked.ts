import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DomainError, refuse, type Said } from '../../../protocol/errors.ts';
import { BATCH_BYTES, BATCH_UNPACKED_BYTES } from '../../../protocol/limits.ts';
import { cutOff } from './CutOff.ts';

/**
 * The bytes of a batch, out of gzip where it is packed.
 * @param hold told of each unpacked piece; may refuse it
 * @throws DomainError `too-large`, `bad-request`
 */
export async function* unpacked(
  sent: AsyncIterable<Buffer>,
  packed: boolean,
  hold: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const limited = atMost(sent, BATCH_BYTES, { vi: 'Một lô', en: 'a batch' });
  if (!packed) return yield* limited;
  const what = { vi: 'Một lô đã giải nén', en: 'an unpacked batch' };
  for await (const piece of atMost(gunzipped(limited), BATCH_UNPACKED_BYTES, what)) {
    hold(piece.length);
    yield piece;
  }
}

async function* atMost(bytes: AsyncIterable<Buffer>, most: number, what: Said): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > most)
      throw refuse('too-large', {
        vi: `${what.vi} có nhiều nhất ${most} byte`,
        en: `${what.en} has at most ${most} bytes`,
      });
    yield piece;
  }
}

/** @throws DomainError `bad-request` */
export async function* gunzipped(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const fed = pipeline(bytes, gunzip);
  // Told to whoever reads.
  fed.catch(() => undefined);
  try {
    for await (const piece of gunzip) yield piece as Buffer;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const message = { vi: 'Lô không phải gzip nguyên vẹn', en: 'the batch is no whole gzip' };
    throw (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR'
      ? cutOff(message, error)
      : refuse('bad-request', message, error);
  }
}
