import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digitBoxOf, type PlanarFormat, writeDigits } from './digitPlane.ts';

const [WIDTH, HEIGHT] = [640, 360];
const box = digitBoxOf(WIDTH, HEIGHT);
const size = WIDTH * HEIGHT;
const half = WIDTH / 2;
const layouts = {
  I420: [
    { offset: 0, stride: WIDTH },
    { offset: size, stride: half },
    { offset: size * 1.25, stride: half },
  ],
  NV12: [
    { offset: 0, stride: WIDTH },
    { offset: size, stride: WIDTH },
  ],
} as const;

const inside = (x: number, y: number) =>
  x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height;

for (const format of ['I420', 'NV12'] as const satisfies readonly PlanarFormat[])
  for (const fullRange of [false, true])
    test(`RC11 digits change no sample of an ${format} picture outside of their box${fullRange ? ', in full range' : ''}`, () => {
      const camera = Uint8Array.from({ length: size * 1.5 }, (_, i) => (i * 31) % 251);
      const painted = camera.slice();
      const bright = new Uint8ClampedArray(box.width * box.height).map((_, i) => (i % 2) * 255);
      writeDigits(painted, { format, planes: layouts[format], fullRange }, box, bright);
      let others = 0;
      for (let y = 0; y < HEIGHT; y++)
        for (let x = 0; x < WIDTH; x++) {
          const chroma =
            format === 'NV12'
              ? [size + (y >> 1) * WIDTH + (x & ~1), size + (y >> 1) * WIDTH + (x & ~1) + 1]
              : [size + (y >> 1) * half + (x >> 1), size * 1.25 + (y >> 1) * half + (x >> 1)];
          if (inside(x, y)) {
            assert.deepEqual(
              chroma.map((at) => painted[at]),
              [128, 128],
            );
            continue;
          }
          for (const at of [y * WIDTH + x, ...chroma]) if (painted[at] !== camera[at]) others++;
        }
      assert.equal(others, 0);
      const first = box.top * WIDTH + box.left;
      assert.deepEqual([...painted.slice(first, first + 2)], fullRange ? [16, 255] : [30, 235]);
    });
