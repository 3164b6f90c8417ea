/** Of the picture's height. Below the middle: no face is there, and no layout of tiles cuts it off. */
const BOX = { height: 0.26, width: 0.34, bottom: 0.05 } as const;

/** Where the digits stand; whole and even, so that it begins and ends with a sample of chroma. */
export interface DigitBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const even = (n: number): number => 2 * Math.round(n / 2);

export function digitBoxOf(width: number, height: number): DigitBox {
  const box = { width: even(height * BOX.width), height: even(height * BOX.height) };
  return { ...box, left: even((width - box.width) / 2), top: even(height * (1 - BOX.bottom) - box.height) };
}

/** One plane of a frame as WebCodecs lays it out, bytes. */
export interface PlaneAt {
  readonly offset: number;
  readonly stride: number;
}
export type PlanarFormat = 'I420' | 'I420A' | 'NV12';
export const isPlanar = (format: string | null): format is PlanarFormat =>
  format === 'I420' || format === 'I420A' || format === 'NV12';

/**
 * Writes digits into the luma of a frame and takes the colour out of their box; every other sample stays as the camera
 * made it, in its own range and matrix.
 * @param bright 0..255 for each pixel of the box: 0 its ground, 255 the digits
 */
export function writeDigits(
  data: Uint8Array,
  frame: { readonly format: PlanarFormat; readonly planes: readonly PlaneAt[]; readonly fullRange: boolean },
  box: DigitBox,
  bright: Uint8ClampedArray,
): void {
  const [luma, ...chroma] = frame.planes;
  if (!luma) return;
  // The ground is not quite black, as on every card of the stage.
  const [ground, white] = frame.fullRange ? [16, 255] : [30, 235];
  for (let y = 0; y < box.height; y++) {
    const row = luma.offset + (box.top + y) * luma.stride + box.left;
    for (let x = 0; x < box.width; x++)
      data[row + x] = ground + ((white - ground) * (bright[y * box.width + x] ?? 0)) / 255;
  }
  // Both kinds of chroma in one plane, or one in each of two; a plane of transparency is no chroma.
  const together = frame.format === 'NV12';
  for (const plane of chroma.slice(0, together ? 1 : 2)) {
    const [from, bytes] = together ? [box.left, box.width] : [box.left / 2, box.width / 2];
    for (let y = 0; y < box.height / 2; y++) {
      const row = plane.offset + (box.top / 2 + y) * plane.stride + from;
      data.fill(128, row, row + bytes);
    }
  }
}
