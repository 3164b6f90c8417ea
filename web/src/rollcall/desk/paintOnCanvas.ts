import { type DigitBox, digitBoxOf } from './digitPlane.ts';

const FRAMES_PER_SECOND = 15;

/** The way for browsers that do not give the frames of a track. */
export function paintOnCanvas(
  camera: MediaStreamTrack,
  digits: string,
  paint: (draw: CanvasRenderingContext2D, digits: string, box: DigitBox) => void,
): { track: MediaStreamTrack; close: () => void } {
  const { width = 1280, height = 720, frameRate = FRAMES_PER_SECOND } = camera.getSettings();
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([camera]);
  // It may be over before it has begun.
  void video.play().catch(() => undefined);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const draw = canvas.getContext('2d');
  const frames = Math.min(frameRate, FRAMES_PER_SECOND);
  const box = digitBoxOf(width, height);
  // A timer goes on in a window that is covered; animation frames stop there.
  const timer = setInterval(() => {
    draw?.drawImage(video, 0, 0, width, height);
    if (draw) paint(draw, digits, box);
  }, 1000 / frames);
  const [track] = canvas.captureStream(frames).getVideoTracks();
  if (!track) throw new Error('a canvas has one track');
  return {
    track,
    close: () => {
      clearInterval(timer);
      track.stop();
      video.srcObject = null;
    },
  };
}
