import assert from 'node:assert/strict';
import { readUpload } from '../../server/src/domain/figure/upload/readUpload.ts';
import { hostileFile } from '../../server/test/support/figure/hostileFile.ts';

/** The first byte says as what the rest comes. Each row that is there, or is refused, has its place in the file. */
export async function fuzz(data: Buffer): Promise<void> {
  const found = await readUpload(await hostileFile(data));
  if ('error' in found) return assert.ok(found.error.reason);
  for (const { row } of [...found.rows, ...found.unread]) assert.ok(Number.isInteger(row) && row > 1, `row ${row}`);
}
