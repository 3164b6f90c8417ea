import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPicture } from './isPicture.ts';

const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(40);
  bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
const webp = (kind: string, write: (bytes: Buffer) => void) => {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(32, 4);
  bytes.write(`WEBP${kind}`, 8, 'latin1');
  write(bytes);
  return bytes;
};
const lossless = (width: number, height: number) =>
  webp('VP8L', (bytes) => bytes.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21));
const extended = (flags: number) =>
  webp('VP8X', (bytes) => {
    bytes[20] = flags;
    bytes.writeUIntLE(1919, 24, 3);
    bytes.writeUIntLE(1079, 27, 3);
  });

test('SL3 a picture is what its type says, and of a size that a page has', () => {
  assert.ok(isPicture('image/png', png(1920, 1080)));
  assert.ok(isPicture('image/webp', lossless(1920, 1080)));
  assert.ok(isPicture('image/webp', extended(0)));
  const lossy = webp('VP8 ', (bytes) => bytes.writeUInt16LE(1920, 26) && bytes.writeUInt16LE(1080, 28));
  assert.ok(isPicture('image/webp', lossy));
  assert.ok(!isPicture('image/png', png(40_000, 40_000)), 'one that would fill the memory of whoever opens it');
  assert.ok(!isPicture('image/png', png(0, 1080)));
  assert.ok(!isPicture('image/webp', extended(0x02)), 'one that moves');
  assert.ok(!isPicture('image/webp', png(1920, 1080)));
  assert.ok(!isPicture('image/png', Buffer.from('<svg onload=alert(1)>')));
  assert.ok(!isPicture('image/webp', lossless(1920, 1080).subarray(0, 28)));
});
