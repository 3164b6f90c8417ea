import { type DigitBox, digitBoxOf, isPlanar, writeDigits } from './digitPlane.ts';
import { paintOnCanvas } from './paintOnCanvas.ts';
import { Frames, hasFrames } from './trackFrames.ts';

export interface Painted {
  /** As large as the camera's. */
  readonly track: MediaStreamTrack;
  readonly close: () => void;
}

/**
 * A camera's picture with two digits in it, large enough for the smallest layer. They are written into its frames, so
 * that nothing else of the picture is converted: a canvas would shift its colours, since it gives back another range and
 * matrix. Where a browser does not give frames (Firefox), a canvas it is.
 */
export function paintDigits(camera: MediaStreamTrack, digits: string): Painted {
  if (!hasFrames()) return paintOnCanvas(camera, digits, drawDigits);
  const frames = new Frames(camera, paintFrames(digits));
  return { track: frames.track, close: () => frames.close() };
}

/** Paints frame after frame; what it needs for a size is made once. */
function paintFrames(digits: string): (frame: VideoFrame) => Promise<VideoFrame> {
  let data = new Uint8Array(0);
  let mask: { readonly box: DigitBox; readonly bright: Uint8ClampedArray; readonly of: string } | undefined;
  return async (frame) => {
    const { format, visibleRect, timestamp, duration } = frame;
    const [width, height] = [visibleRect?.width ?? frame.codedWidth, visibleRect?.height ?? frame.codedHeight];
    if (!isPlanar(format)) return redrawn(frame, digits, width, height);
    const of = `${width}x${height}`;
    if (mask?.of !== of) {
      const box = digitBoxOf(width, height);
      mask = { of, box, bright: brightness(digits, box) };
    }
    const bytes = frame.allocationSize();
    if (data.byteLength !== bytes) data = new Uint8Array(bytes);
    const planes = await frame.copyTo(data);
    const { colorSpace } = frame;
    writeDigits(data, { format, planes, fullRange: colorSpace.fullRange === true }, mask.box, mask.bright);
    return new VideoFrame(data, {
      ...{ format, codedWidth: width, codedHeight: height, layout: planes, timestamp, colorSpace: colorSpace.toJSON() },
      ...(duration !== null && { duration }),
    });
  };
}

/** A frame whose bytes are not to be had as planes: its colours may shift, but the digits are there. */
function redrawn(frame: VideoFrame, digits: string, width: number, height: number): VideoFrame {
  const canvas = new OffscreenCanvas(width, height);
  const draw = canvas.getContext('2d');
  draw?.drawImage(frame, 0, 0, width, height);
  if (draw) drawDigits(draw, digits, digitBoxOf(width, height));
  return new VideoFrame(canvas, { timestamp: frame.timestamp });
}

/** How bright each pixel of the box is. */
function brightness(digits: string, box: DigitBox): Uint8ClampedArray {
  const draw = new OffscreenCanvas(box.width, box.height).getContext('2d', { willReadFrequently: true });
  if (!draw) return new Uint8ClampedArray(box.width * box.height);
  draw.fillStyle = '#000000';
  draw.fillRect(0, 0, box.width, box.height);
  drawText(draw, digits, { ...box, left: 0, top: 0 });
  const { data } = draw.getImageData(0, 0, box.width, box.height);
  return new Uint8ClampedArray(box.width * box.height).map((_, i) => data[i * 4] ?? 0);
}

type Drawing = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function drawDigits(draw: Drawing, digits: string, box: DigitBox): void {
  draw.fillStyle = '#0a1018';
  draw.fillRect(box.left, box.top, box.width, box.height);
  drawText(draw, digits, box);
}

function drawText(draw: Drawing, digits: string, { left, top, width, height }: DigitBox): void {
  draw.fillStyle = '#ffffff';
  draw.font = `700 ${Math.round(height * 0.86)}px "Be Vietnam Pro", sans-serif`;
  draw.textAlign = 'center';
  draw.textBaseline = 'middle';
  draw.fillText(digits, left + width / 2, top + height * 0.54);
}
