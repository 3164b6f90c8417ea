import type { Attachable } from '../src/livekit/types.ts';

/** A drawn person before a wall, moving a little while the clock goes, so that a page looks as it will with cameras. */
function personOn(canvas: HTMLCanvasElement, seed: number): () => void {
  canvas.width = 1280;
  canvas.height = 720;
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no canvas');
  const walls = ['#4b5a52', '#5a4f45', '#414f61', '#5d4a4a', '#4d4d5e'];
  const skins = ['#c99873', '#b98560', '#d0a27d', '#a9764f', '#c08f6b'];
  const coats = ['#1d2836', '#26323d', '#2b2f44', '#3a2d2d', '#22332b'];
  const paint = (): void => {
    const sway = Math.sin(Date.now() / 900 + seed) * 8;
    draw.fillStyle = walls[seed % 5] ?? '#444';
    draw.fillRect(0, 0, 1280, 720);
    draw.fillStyle = 'rgb(255 255 255 / 6%)';
    draw.fillRect(0, 0, 380 + seed * 30, 720);
    draw.fillStyle = coats[(seed * 3) % 5] ?? '#222';
    draw.beginPath();
    draw.ellipse(640 + sway, 740, 330, 260, 0, 0, Math.PI * 2);
    draw.fill();
    draw.fillStyle = '#e8e8e6';
    draw.beginPath();
    draw.moveTo(580 + sway, 500);
    draw.lineTo(640 + sway, 640);
    draw.lineTo(700 + sway, 500);
    draw.fill();
    draw.fillStyle = skins[(seed * 7) % 5] ?? '#b98';
    draw.fillRect(585 + sway, 420, 110, 110);
    draw.beginPath();
    draw.ellipse(640 + sway, 330, 122, 160, 0, 0, Math.PI * 2);
    draw.fill();
    draw.fillStyle = '#1b1713';
    draw.beginPath();
    draw.ellipse(640 + sway, 250, 132, 100, 0, Math.PI, Math.PI * 2);
    draw.fill();
  };
  return paint;
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
