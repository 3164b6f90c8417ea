import assert from 'node:assert/strict';
import { type BatchType, batchFormats, readBatch } from '../../server/src/domain/figure/formats/readBatch.ts';
import { DomainError } from '../../server/src/protocol/errors.ts';

const types = Object.keys(batchFormats) as BatchType[];

/** The first byte says as what the rest comes: whole, and in pieces that end where it says. Both are the same batch. */
export async function fuzz(data: Buffer): Promise<void> {
  const [first = 0] = data;
  const type = types[first % types.length] ?? 'text/csv';
  const packed = first % 16 >= 12;
  const text = data.subarray(1);
  const whole = await outcome(text, text.length || 1, type, packed);
  assert.deepEqual(await outcome(text, 1 + (first >> 4), type, packed), whole);
}

async function outcome(text: Buffer, size: number, type: BatchType, packed: boolean): Promise<unknown> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
  }
  try {
    return await readBatch(pieces(), type, packed);
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
}
