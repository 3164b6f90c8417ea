import { writeFile } from 'node:fs/promises';
import { ChromiumPage } from '../../server/test/support/recordSdp/chromium.ts';
import { writeIvf } from '../load/ivf.ts';
import { people } from './looks.ts';
import { drawPortrait } from './portrait.ts';
import { AUDIO_MS, FPS, HALF_SECONDS, recordingFile, SIZES } from './recordings.ts';
import { SAMPLE_RATE, Voice } from './voice.ts';

// Makes the files in recordings/: invented people, drawn and voiced here, who speak and then listen for as long (VP8 in
// two sizes, Opus), encoded by Chromium. Run by hand when they are to change: node scripts/crowd/recordPeople.ts

const encoders = `
const bytesOf = (chunk) => { const b = new Uint8Array(chunk.byteLength); chunk.copyTo(b); return [...b]; };
const encodeVideo = async ({ width, height, bitrate }, fps, looks, poses, keys) => {
  const draw = ${drawPortrait};
  const frames = [];
  const encoder = new VideoEncoder({
    output: (chunk) => frames.push(bytesOf(chunk)),
    error: (error) => { throw error; },
  });
  encoder.configure({ codec: 'vp8', width, height, framerate: fps, bitrate, latencyMode: 'quality' });
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  for (const [i, pose] of poses.entries()) {
    draw(pen, width, looks, pose, 'ĐƠN VỊ MÔ PHỎNG');
    const frame = new VideoFrame(canvas, { timestamp: Math.round((i * 1e6) / fps) });
    encoder.encode(frame, { keyFrame: keys.includes(i) });
    frame.close();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await encoder.flush();
  return frames;
};
const encodeAudio = async (sampleRate, frameDuration, samples) => {
  const frames = [];
  const encoder = new AudioEncoder({
    output: (chunk) => frames.push(bytesOf(chunk)),
    error: (error) => { throw error; },
  });
  const opus = { frameDuration, usedtx: true };
  encoder.configure({ codec: 'opus', sampleRate, numberOfChannels: 1, bitrate: 24000, opus });
  const data = Float32Array.from(samples);
  encoder.encode(new AudioData({ format: 'f32', sampleRate, numberOfFrames: data.length, numberOfChannels: 1, timestamp: 0, data }));
  await encoder.flush();
  return frames;
};`;

const chromium = await ChromiumPage.create();
const run = async (name: string, ...given: readonly unknown[]): Promise<Buffer[]> => {
  const call = `${name}(${given.map((one) => JSON.stringify(one)).join(', ')})`;
  const frames = (await chromium.page.evaluate(`(async () => { ${encoders} return ${call}; })()`)) as number[][];
  return frames.map((frame) => Buffer.from(frame));
};
for (const [person, looks] of people.entries()) {
  const voice = new Voice(person, !looks.isWoman, HALF_SECONDS);
  const half = HALF_SECONDS * FPS;
  const poses = Array.from({ length: 2 * half }, (_, i) => {
    const at = (i % half) / FPS;
    return { at, openness: i < half ? voice.openness(at) : 0, isTalking: i < half };
  });
  for (const size of SIZES) {
    const frames = await run('encodeVideo', size, FPS, looks, poses, [0, half]);
    await writeFile(recordingFile(person, size.rid), writeIvf({ ...size, fps: FPS, fourcc: 'VP80', frames }));
  }
  const spoken = [...voice.samples()].map((sample) => Number(sample.toFixed(4)));
  const silence = Array.from({ length: spoken.length }, () => 0);
  const frames = await run('encodeAudio', SAMPLE_RATE, AUDIO_MS * 1_000, [...spoken, ...silence]);
  const sound = { fourcc: 'OPUS', width: 0, height: 0, fps: 1_000 / AUDIO_MS, frames };
  await writeFile(recordingFile(person, 'opus'), writeIvf(sound));
  console.log(`${person + 1} of ${people.length}`);
}
await chromium.close();
