import type { FigureState } from '../api/contract.ts';

/** A cell as it is painted. */
export interface PaintedCell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
  readonly state: FigureState;
  /** It stands out from the others. */
  readonly marked?: boolean;
}
interface Ground {
  /** What lies under the cells, and in the gaps of their patterns. */
  readonly ground: string;
  /** Of a cell that has no value. */
  readonly line: string;
  /** Around a cell that stands out. */
  readonly mark?: string;
}

/**
 * All cells, those of one look together: a pattern says the state as well as the colour (solid fresh, hatched late,
 * outline stale, empty none, dotted contested, crossed held).
 */
export function paintMap(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  cells: readonly PaintedCell[],
  by: Ground,
): void {
  const draw = canvas.getContext('2d');
  if (!draw) return;
  const scale = window.devicePixelRatio;
  const height = Math.max(1, size.height);
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = `${height}px`;
  draw.setTransform(scale, 0, 0, scale, 0, 0);
  paintCells(draw, cells, by, scale);
}

/**
 * Likewise, where the same cells lie as before: of those that look as they did nothing is painted, so that a tick of a few
 * hundred units costs a map of ten thousand no frame. @returns false: all has to be painted
 */
export function repaintMap(
  canvas: HTMLCanvasElement,
  before: readonly PaintedCell[],
  cells: readonly PaintedCell[],
  by: Ground,
): boolean {
  const draw = canvas.getContext('2d');
  const scale = window.devicePixelRatio;
  // Edges within a pixel would be seen where a cell was taken out.
  if (!draw || !Number.isInteger(scale)) return false;
  const moved = cells.filter((cell, i) => !isAlike(cell, before[i]));
  for (const { x, y, width, height } of moved) draw.clearRect(x, y, width, height);
  paintCells(draw, moved, by, scale);
  return true;
}

const isAlike = (cell: PaintedCell, other: PaintedCell | undefined): boolean =>
  cell.colour === other?.colour && cell.state === other.state && cell.marked === other.marked;

function paintCells(draw: CanvasRenderingContext2D, cells: readonly PaintedCell[], by: Ground, scale: number): void {
  const looks = new Map<string, PaintedCell[]>();
  for (const cell of cells) {
    const look = `${cell.state} ${cell.state === 'none' ? '' : cell.colour}`;
    const same = looks.get(look);
    if (same) same.push(cell);
    else looks.set(look, [cell]);
  }
  for (const same of looks.values()) paintAlike(draw, same, by, scale);
  const marked = cells.filter((cell) => cell.marked);
  if (marked.length > 0) outline(draw, marked, by.mark ?? by.line, 2);
}

function paintAlike(draw: CanvasRenderingContext2D, cells: readonly PaintedCell[], by: Ground, scale: number): void {
  const { state, colour } = cells[0] as PaintedCell;
  if (state === 'none' || state === 'stale') {
    outline(draw, cells, state === 'none' ? by.line : colour, state === 'none' ? 0.5 : 1);
    return;
  }
  draw.fillStyle = state === 'late' || state === 'contested' ? pattern(draw, state, colour, by.ground, scale) : colour;
  // A path of thousands of them takes ten times as long as they do one by one.
  for (const { x, y, width, height } of cells) draw.fillRect(x, y, width, height);
  if (state === 'held') cross(draw, cells, by.ground);
}

function outline(draw: CanvasRenderingContext2D, cells: readonly PaintedCell[], colour: string, line: number): void {
  draw.strokeStyle = colour;
  draw.lineWidth = line;
  for (const { x, y, width, height } of cells) draw.strokeRect(x + line / 2, y + line / 2, width - line, height - line);
}

function cross(draw: CanvasRenderingContext2D, cells: readonly PaintedCell[], colour: string): void {
  draw.beginPath();
  for (const { x, y, width, height } of cells) {
    draw.moveTo(x, y);
    draw.lineTo(x + width, y + height);
    draw.moveTo(x + width, y);
    draw.lineTo(x, y + height);
  }
  draw.strokeStyle = colour;
  draw.lineWidth = Math.max(1, (cells[0]?.height ?? 0) / 9);
  draw.stroke();
}

/** Both repeat after so many pixels, and lie still while the values change. */
const PERIOD = 4;

function pattern(
  draw: CanvasRenderingContext2D,
  state: 'late' | 'contested',
  colour: string,
  ground: string,
  scale: number,
) {
  const size = PERIOD * scale;
  const tile = new OffscreenCanvas(Math.round(size), Math.round(size));
  const own = tile.getContext('2d');
  if (!own) return colour;
  own.fillStyle = state === 'late' ? ground : colour;
  own.fillRect(0, 0, size, size);
  if (state === 'late') {
    own.strokeStyle = colour;
    own.lineWidth = size * 0.4;
    own.beginPath();
    for (const shift of [-size, 0, size]) {
      own.moveTo(shift - size * 0.25, size * 1.25);
      own.lineTo(shift + size * 1.25, -size * 0.25);
    }
    own.stroke();
  } else {
    own.fillStyle = ground;
    own.beginPath();
    own.arc(size / 2, size / 2, size * 0.28, 0, 2 * Math.PI);
    own.fill();
  }
  const made = draw.createPattern(tile, 'repeat');
  made?.setTransform(new DOMMatrix([1 / scale, 0, 0, 1 / scale, 0, 0]));
  return made ?? colour;
}
