import { fillOf, type Ground, type Look, type LooksOf } from '../paintMap.ts';
import type { View } from './layBorders.ts';
import type { Shape } from './shapes.ts';

interface Picture {
  /** Of each cell that is drawn. */
  readonly shapes: readonly Shape[];
  readonly looks: LooksOf;
  readonly known: readonly Look[];
  /** Around places. */
  readonly lines: readonly Float32Array[];
  readonly view: View;
}
/** In pixels. */
interface Sizes {
  readonly least: number;
  readonly edge: number;
  readonly stale: number;
}
/** Smaller ones are drawn as squares of that size: an island of a pixel is not seen. */
const LEAST_PX = 5;
/** Of a line around a unit, and as a share of how wide units are: where ten thousand fill a telephone, lines would be all one sees. */
const EDGE = { px: 0.4, share: 1 / 24 };
const STALE_EDGE = { px: 1.5, share: 1 / 6 };
const BAR_PX = { width: 7, height: 2.5 };

/** Units within their borders, in the looks that cells of a map of tiles have. */
export function paintBorders(
  canvas: HTMLCanvasElement,
  { width, height }: { readonly width: number; readonly height: number },
  picture: Picture,
  by: Ground,
): void {
  const draw = canvas.getContext('2d');
  if (!draw) return;
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  draw.setTransform(scale, 0, 0, scale, 0, 0);
  const { shapes, looks, known, lines, view } = picture;
  const usual = usualSide(shapes) * view.scale;
  const sizes = { least: Math.min(LEAST_PX, usual), ...edgesOf(usual) };
  const alike = Map.groupBy(shapes.keys(), (cell) => looks[cell] as number);
  // One path for all that look the same: of ten thousand polygons each would cost as much as a rectangle and its edges.
  for (const [nr, cells] of alike) paintAlike(draw, cells, shapes, known[nr] as Look, view, by, scale, sizes);
  draw.beginPath();
  for (const line of lines) trace(draw, line, view);
  draw.strokeStyle = by.line;
  draw.lineWidth = 1;
  draw.stroke();
  for (const [nr, cells] of alike) over(draw, cells, shapes, known[nr] as Look, view, by, sizes);
}

function paintAlike(
  draw: CanvasRenderingContext2D,
  cells: readonly number[],
  shapes: readonly Shape[],
  look: Look,
  view: View,
  by: Ground,
  scale: number,
  { least, edge, stale }: Sizes,
): void {
  draw.beginPath();
  for (const cell of cells) area(draw, shapes[cell] as Shape, view, least);
  const fill = fillOf(draw, look, by, scale);
  if (fill !== undefined) {
    draw.fillStyle = fill;
    draw.fill('evenodd');
  }
  const { state, colour } = look;
  draw.strokeStyle = state === 'stale' ? (by.colourOf?.(colour) ?? colour) : by.ground;
  draw.lineWidth = state === 'stale' ? stale : edge;
  draw.stroke();
}

/** What stands out, and FG98: who is here, over the lines of their neighbours. */
function over(
  draw: CanvasRenderingContext2D,
  cells: readonly number[],
  shapes: readonly Shape[],
  { marked, here }: Look,
  view: View,
  by: Ground,
  { least }: Sizes,
): void {
  if (marked) {
    draw.beginPath();
    for (const cell of cells) area(draw, shapes[cell] as Shape, view, least);
    draw.strokeStyle = by.mark ?? by.line;
    draw.lineWidth = 2;
    draw.stroke();
  }
  if (!here) return;
  const { width, height } = BAR_PX;
  for (const [grown, colour] of [
    [1, by.ground],
    [0, by.mark ?? by.line],
  ] as const) {
    draw.fillStyle = colour;
    for (const cell of cells) {
      const [x, y, wide] = middleOf(shapes[cell] as Shape, view);
      const own = Math.min(width, Math.max(2, wide * 0.5));
      draw.fillRect(x - own / 2 - grown, y - height / 2 - grown, own + 2 * grown, height + 2 * grown);
    }
  }
}

function middleOf({ middle: [x, y], box }: Shape, { scale, left, top }: View): [x: number, y: number, wide: number] {
  return [left + x * scale, top + y * scale, (box[2] - box[0]) * scale];
}

const edgesOf = (usual: number): Omit<Sizes, 'least'> => ({
  edge: Math.min(EDGE.px, usual * EDGE.share),
  stale: Math.min(STALE_EDGE.px, usual * STALE_EDGE.share),
});

/** The mean side of what is drawn, in the map's own measure. */
function usualSide(shapes: readonly Shape[]): number {
  const sum = shapes.reduce((sides, { box: [x0, y0, x1, y1] }) => sides + Math.sqrt((x1 - x0) * (y1 - y0)), 0);
  return sum / Math.max(1, shapes.length);
}

function area(draw: CanvasRenderingContext2D, shape: Shape, view: View, least: number): void {
  const { scale, left, top } = view;
  const [x0, y0, x1, y1] = shape.box;
  if ((x1 - x0) * scale < least && (y1 - y0) * scale < least) {
    const [x, y] = middleOf(shape, view);
    draw.rect(x - least / 2, y - least / 2, least, least);
    return;
  }
  for (const ring of shape.rings) {
    trace(draw, ring, { scale, left, top });
    draw.closePath();
  }
}

/** A line as the map lies in its room. */
export function trace(draw: CanvasRenderingContext2D, line: Float32Array, { scale, left, top }: View): void {
  for (let i = 0; i < line.length; i += 2) {
    const [x, y] = [left + (line[i] as number) * scale, top + (line[i + 1] as number) * scale];
    if (i === 0) draw.moveTo(x, y);
    else draw.lineTo(x, y);
  }
}
