import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChromiumPage } from '../../server/test/support/recordSdp/chromium.ts';
import { writeIvf } from './ivf.ts';

// Makes the files in media/: two seconds of a moving picture in three sizes (VP8) and of a tone (Opus in 60 ms frames),
// encoded by Chromium. Run by hand when they are to change: node scripts/load/recordMedia.ts

const seconds = 2;
const layers = [
  { name: 'q', width: 320, height: 180, fps: 20, bitrate: 120_000 },
  { name: 'h', width: 640, height: 360, fps: 20, bitrate: 350_000 },
  { name: 'f', width: 1280, height: 720, fps: 30, bitrate: 1_000_000 },
];

const inPage = `
const encodeVideo = async ({ width, height, fps, bitrate }, seconds) => {
  const frames = [];
  const encoder = new VideoEncoder({
    output: (chunk) => { const b = new Uint8Array(chunk.byteLength); chunk.copyTo(b); frames.push([...b]); },
    error: (e) => { throw e; },
  });
  encoder.configure({ codec: 'vp8', width, height, framerate: fps, bitrate, latencyMode: 'realtime' });
  const canvas = new OffscreenCanvas(width, height);
  const g = canvas.getContext('2d');
  for (let i = 0; i < fps * seconds; i++) {
    const t = i / fps;
    g.fillStyle = '#24408e'; g.fillRect(0, 0, width, height);
    // A talking head: most of the picture rests, something in the middle moves all the time.
    for (let k = 0; k < 40; k++) {
      g.fillStyle = 'hsl(' + (k * 9 + t * 90) + ' 70% 60%)';
      const x = width * (0.5 + 0.25 * Math.sin(t * 3 + k)), y = height * (0.5 + 0.3 * Math.cos(t * 2 + k * 1.7));
      g.fillRect(x, y, width / 30, height / 20);
    }
    const frame = new VideoFrame(canvas, { timestamp: Math.round(t * 1e6) });
    encoder.encode(frame, { keyFrame: i === 0 });
    frame.close();
    await new Promise((r) => setTimeout(r, 5));
  }
  await encoder.flush();
  return frames;
};
const encodeAudio = async (seconds) => {
  const frames = [];
  const encoder = new AudioEncoder({
    output: (chunk) => { const b = new Uint8Array(chunk.byteLength); chunk.copyTo(b); frames.push([...b]); },
    error: (e) => { throw e; },
  });
  encoder.configure({ codec: 'opus', sampleRate: 48000, numberOfChannels: 1, bitrate: 32000, opus: { frameDuration: 60000 } });
  const samples = 48000 * seconds;
  const data = Float32Array.from({ length: samples }, (_, i) => 0.3 * Math.sin(i * 2 * Math.PI * 440 / 48000) * (0.6 + 0.4 * Math.sin(i / 3000)));
  const audio = new AudioData({ format: 'f32', sampleRate: 48000, numberOfFrames: samples, numberOfChannels: 1, timestamp: 0, data });
  encoder.encode(audio);
  await encoder.flush();
  return frames;
};`;

const chromium = await ChromiumPage.create();
const evaluate = async (call: string): Promise<Buffer[]> => {
  const frames = (await chromium.page.evaluate(`(async () => { ${inPage} return ${call}; })()`)) as number[][];
  return frames.map((frame) => Buffer.from(frame));
};
for (const layer of layers) {
  const frames = await evaluate(`encodeVideo(${JSON.stringify(layer)}, ${seconds})`);
  await writeFile(
    join(import.meta.dirname, 'media', `${layer.name}.ivf`),
    writeIvf({ ...layer, fourcc: 'VP80', frames }),
  );
}
const frames = await evaluate(`encodeAudio(${seconds})`);
const audio = { fourcc: 'OPUS', width: 0, height: 0, fps: 1000 / 60, frames };
await writeFile(join(import.meta.dirname, 'media', 'opus60.ivf'), writeIvf(audio));
await chromium.close();
