import { SLIDE_PIXELS } from '../../protocol/limits.ts';
import type { slideTypes } from '../../protocol/slides.ts';

type PictureType = (typeof slideTypes)[number];
type Size = readonly [width: number, height: number];

/** SL3: nobody decodes the picture here; its head says whether it is one, and of which size. */
export const isPicture = (type: PictureType, bytes: Buffer): boolean => pictureSize(type, bytes) !== undefined;

/** @returns pixels; undefined: this is no such picture, or too large a one */
export function pictureSize(type: PictureType, bytes: Buffer): Size | undefined {
  const size = type === 'image/png' ? pngSize(bytes) : webpSize(bytes);
  return size?.every((side) => side >= 1 && side <= SLIDE_PIXELS) ? size : undefined;
}

function pngSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 33 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** RFC 9649: a simple file, lossy or lossless, or an extended one; none that moves. */
function webpSize(bytes: Buffer): Size | undefined {
  const tag = (at: number) => bytes.toString('latin1', at, at + 4);
  if (bytes.length < 30 || tag(0) !== 'RIFF' || tag(8) !== 'WEBP' || bytes.readUInt32LE(4) + 8 > bytes.length)
    return undefined;
  switch (tag(12)) {
    case 'VP8 ':
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      if (((bytes[20] ?? 0) & 0x02) !== 0) return undefined;
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    default:
      return undefined;
  }
}
