import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WIDTH = 640;
const HEIGHT = 360;
const RATE = 15;
/** Enough for a story that asks whether a picture moves, too little for an eye (Former.ts). */
const STEP = 14;

interface Launch {
  args?: string[];
}

/** @returns the options of a browser whose camera sees the same somebody in any two frames, and whose microphone is silent */
export async function stillDevices<T extends Launch>(options: T): Promise<T> {
  const folder = join(tmpdir(), 'dh-still-devices');
  const [video, audio] = [join(folder, 'camera.y4m'), join(folder, 'silence.wav')];
  await mkdir(folder, { recursive: true });
  await writeCamera(video);
  await writeFile(audio, silence());
  const files = [`--use-file-for-fake-video-capture=${video}`, `--use-file-for-fake-audio-capture=${audio}`];
  return { ...options, args: [...(options.args ?? []), ...files] };
}

/** Head and shoulders at a desk, so that it is seen what a page crops; the light behind changes a little. */
async function writeCamera(path: string): Promise<void> {
  // A browser of another run may be reading it.
  const next = `${path}.${process.pid}`;
  const file = await open(next, 'w');
  await file.write(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${RATE}:1 Ip A1:1 C420jpeg\n`);
  for (let frame = 0; frame < RATE; frame++) {
    await file.write('FRAME\n');
    await file.write(draw(frame < RATE / 2 ? 0 : STEP));
  }
  await file.close();
  await rename(next, path);
}

function draw(light: number): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  const [blues, reds] = [Buffer.alloc(luma.length / 4), Buffer.alloc(luma.length / 4)];
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const { value, blue, red } = at(x / WIDTH, y / HEIGHT, light);
      luma[y * WIDTH + x] = value;
      const half = (y >> 1) * (WIDTH / 2) + (x >> 1);
      blues[half] = blue;
      reds[half] = red;
    }
  return Buffer.concat([luma, blues, reds]);
}

/** The colour at a part of the width and of the height. */
function at(x: number, y: number, light: number): { value: number; blue: number; red: number } {
  const within = (cx: number, cy: number, rx: number, ry: number) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  if (within(0.5, 0.4, 0.085, 0.2)) return { value: 165, blue: 112, red: 150 };
  if (within(0.5, 0.34, 0.1, 0.21)) return { value: 40, blue: 126, red: 130 };
  if (within(0.5, 1, 0.24, 0.42)) return { value: 62, blue: 140, red: 122 };
  return { value: 96 + Math.round(40 * y) + light, blue: 122, red: 130 };
}

/** Two seconds of 48 kHz, one channel of 16 bits. */
function silence(): Buffer {
  const samples = Buffer.alloc(48_000 * 2 * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(48_000, 24);
  head.writeUInt32LE(96_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
