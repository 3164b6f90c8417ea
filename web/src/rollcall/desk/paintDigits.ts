/** Of the picture's height. Below the middle: no face is there, and no layout of tiles cuts it off. */
const BOX = { height: 0.26, width: 0.34, bottom: 0.05 } as const;
const FRAMES_PER_SECOND = 15;

/**
 * A camera's picture with two digits in it, large enough for the smallest layer.
 * @returns the painted track, as large as the camera's, and what ends it
 */
export function paintDigits(camera: MediaStreamTrack, digits: string): { track: MediaStreamTrack; close: () => void } {
  const { width = 1280, height = 720, frameRate = FRAMES_PER_SECOND } = camera.getSettings();
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([camera]);
  void video.play();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const draw = canvas.getContext('2d');
  const frames = Math.min(frameRate, FRAMES_PER_SECOND);
  // A timer goes on in a window that is covered; animation frames stop there.
  const timer = setInterval(() => draw && paint(draw, video, digits), 1000 / frames);
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

function paint(draw: CanvasRenderingContext2D, video: HTMLVideoElement, digits: string): void {
  const { width, height } = draw.canvas;
  draw.drawImage(video, 0, 0, width, height);
  const box = { width: height * BOX.width, height: height * BOX.height };
  const top = height * (1 - BOX.bottom) - box.height;
  draw.fillStyle = '#0a1018';
  draw.beginPath();
  draw.roundRect((width - box.width) / 2, top, box.width, box.height, height * 0.02);
  draw.fill();
  draw.fillStyle = '#ffffff';
  draw.font = `700 ${Math.round(box.height * 0.86)}px "Be Vietnam Pro", sans-serif`;
  draw.textAlign = 'center';
  draw.textBaseline = 'middle';
  draw.fillText(digits, width / 2, top + box.height * 0.54);
}
