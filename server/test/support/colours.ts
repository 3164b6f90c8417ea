/** Colours that survive any codec: far apart in every channel. */
export const colours = {
  red: [220, 30, 30],
  green: [30, 200, 30],
  blue: [30, 30, 220],
  yellow: [220, 220, 30],
  violet: [200, 30, 200],
  black: [0, 0, 0],
  white: [255, 255, 255],
} as const;
export type Colour = keyof typeof colours;
export type Rgb = readonly [number, number, number];

/** Name of the nearest colour. */
export function colourOf(rgb: Rgb): Colour {
  const distance = (name: Colour) =>
    [0, 1, 2].reduce((sum, i) => sum + ((colours[name][i] ?? 0) - (rgb[i] ?? 0)) ** 2, 0);
  const names = Object.keys(colours) as Colour[];
  return names.reduce((best, name) => (distance(name) < distance(best) ? name : best));
}

/** An I420 picture (BT.601, limited range) of one colour with a brighter bar at `step`, so that consecutive frames differ. */
export function paint(colour: Colour, width: number, height: number, step: number): Uint8Array {
  const [r, g, b] = colours[colour];
  const y = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
  const size = width * height;
  const data = new Uint8Array((size * 3) / 2).fill(y, 0, size);
  data.fill(128 - 0.148 * r - 0.291 * g + 0.439 * b, size, size + size / 4);
  data.fill(128 + 0.439 * r - 0.368 * g - 0.071 * b, size + size / 4);
  const bar = ((step * 8) % (height / 4)) * width;
  data.fill(y + 15, bar, bar + 4 * width);
  return data;
}

/** Colour of the lower half of an I420 picture, from 64 of its points. */
export function colourOfI420(data: Uint8Array, width: number, height: number): Rgb {
  const [half, size] = [Math.ceil(width / 2), width * height];
  const chroma = half * Math.ceil(height / 2);
  let [r, g, b] = [0, 0, 0];
  for (let i = 0; i < 64; i++) {
    const [x, row] = [
      Math.floor((((i % 8) + 0.5) * width) / 8),
      Math.floor(height / 2 + (((i >> 3) + 0.5) * height) / 16),
    ];
    const at = size + (row >> 1) * half + (x >> 1);
    const [y, u, v] = [
      1.164 * ((data[row * width + x] ?? 0) - 16),
      (data[at] ?? 128) - 128,
      (data[at + chroma] ?? 128) - 128,
    ];
    r += y + 1.596 * v;
    g += y - 0.813 * v - 0.391 * u;
    b += y + 2.018 * u;
  }
  return [r / 64, g / 64, b / 64];
}
