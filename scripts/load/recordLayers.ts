import { Browser } from '../../server/test/support/Browser.ts';
import type { IvfFile } from './ivf.ts';

export interface RecordedLayer {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** bit/s */
  readonly bitrate: number;
}

/** The simulcast layers that livekit-client sends for a camera of 1280x720. */
export const cameraLayers: readonly RecordedLayer[] = [
  { width: 320, height: 180, fps: 20, bitrate: 120_000 },
  { width: 640, height: 360, fps: 20, bitrate: 350_000 },
  { width: 1280, height: 720, fps: 30, bitrate: 1_000_000 },
];

/** Frames of a group of temporal layers; those that are kept, and those after which the encoder has paid for its key frame. */
const GROUP = 4;
const KEPT = 64;
const SETTLED = 96;

/**
 * Has Chromium encode a picture that fills its bit rate, with three temporal layers as it does for simulcast: what a
 * camera sends in one layer. Without a camera, nor an encoder afterwards. A decoder takes the end of what is sent again and
 * again for a bad picture, and not for a broken one, since no frame depends on how another one is coded.
 */
export async function recordLayers(layers: readonly RecordedLayer[]): Promise<IvfFile[]> {
  const browser = await Browser.open();
  try {
    // Encoders are for secure pages alone, which those of loopback are.
    const { page } = await browser.visit();
    const files: IvfFile[] = [];
    for (const layer of layers) {
      const all = await page.evaluate<{ layer: number; bytes: number[] }[]>(
        `(${encode})(${JSON.stringify(layer)}, ${SETTLED + KEPT})`,
      );
      const chunks = [...all.slice(0, GROUP), ...all.slice(SETTLED)];
      files.push({
        ...layer,
        fourcc: 'VP80',
        frames: chunks.map(({ bytes }) => Buffer.from(bytes)),
        temporal: chunks.map((chunk) => chunk.layer),
      });
    }
    return files;
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
const encode = `async ({ width, height, fps, bitrate }, count) => {
  const chunks = [];
  const encoder = new VideoEncoder({
    output: (chunk, { svc }) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      chunks.push({ layer: svc?.temporalLayerId ?? 0, bytes: [...bytes] });
    },
    error: (error) => { throw error; },
  });
  const scalabilityMode = 'L1T3';
  encoder.configure({ codec: 'vp8', width, height, framerate: fps, bitrate, scalabilityMode, latencyMode: 'realtime' });
  const canvas = new OffscreenCanvas(width, height);
  const draw = canvas.getContext('2d');
  for (let i = 0; i < count; i++) {
    draw.fillStyle = '#24408e';
    draw.fillRect(0, 0, width, height);
    for (let k = 0; k < 2000; k++) {
      draw.fillStyle = 'rgb(0 0 0 / ' + Math.random() / 4 + ')';
      draw.fillRect(Math.random() * width, Math.random() * height, 16, 16);
    }
    const frame = new VideoFrame(canvas, { timestamp: Math.round((i * 1e6) / fps) });
    encoder.encode(frame, { keyFrame: i === 0 });
    frame.close();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await encoder.flush();
  return chunks;
}`;
