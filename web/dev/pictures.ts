import { people } from '../../scripts/crowd/looks.ts';
import { drawPortrait } from '../../scripts/crowd/portrait.ts';
import type { Attachable } from '../src/livekit/types.ts';

/** An invented person who moves a little while the clock goes, so that a page looks as it will with cameras. */
function personOn(canvas: HTMLCanvasElement, seed: number): () => void {
  canvas.width = 1280;
  canvas.height = 720;
  const pen = canvas.getContext('2d');
  const looks = people[seed % people.length];
  if (!pen || !looks) throw new Error('no canvas');
  return () =>
    drawPortrait(pen, canvas.width, looks, { at: Date.now() / 1_000 + seed, openness: 0, isTalking: false }, '');
}

export function pictureOf(seed: number): MediaStream {
  const canvas = document.createElement('canvas');
  const paint = personOn(canvas, seed);
  paint();
  // Each frame is copied and scaled by the cores of a machine without a graphics card, and a wall has sixteen pictures.
  setInterval(paint, 500);
  return canvas.captureStream(2);
}

/** A small picture as pages on the stage of a unit send them, in base64. */
export function smallPictureOf(seed: number): string {
  const large = document.createElement('canvas');
  personOn(large, seed)();
  const small = document.createElement('canvas');
  small.width = 320;
  small.height = 180;
  small.getContext('2d')?.drawImage(large, 0, 0, small.width, small.height);
  return small.toDataURL('image/jpeg', 0.55).split(',')[1] ?? '';
}

export const trackOf = (seed: number): Attachable => {
  const stream = pictureOf(seed);
  return {
    attach: (element) => {
      element.srcObject = stream;
    },
    detach: (element) => {
      element.srcObject = null;
    },
  };
};

/** A stream with a picture and a voice that rises and falls. */
export function cameraOf(seed: number): MediaStream {
  const stream = pictureOf(seed);
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: 220 });
  tone.connect(new GainNode(context, { gain: 0.3 })).connect(out);
  tone.start();
  for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
  return stream;
}

/** A voice alone. */
export const voiceOf = (seed: number): Attachable => {
  const stream = new MediaStream(cameraOf(seed).getAudioTracks());
  return {
    attach: (element) => {
      element.srcObject = stream;
    },
    detach: (element) => {
      element.srcObject = null;
    },
  };
};
