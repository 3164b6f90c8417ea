import { type FigureState, figureStateSchema } from '../api/contract.ts';

/** How a cell looks. */
export interface Look {
  readonly colour: string;
  readonly state: FigureState;
  /** It stands out from the others. */
  readonly marked: boolean;
  /** FG98: it has a bar at its foot. */
  readonly here: boolean;
}

/** The looks that cells of a map have, each under a number: there are a few dozen of them, and ten thousand cells. */
export class Looks {
  readonly all: Look[] = [];
  readonly #known = new Map<string, (number | undefined)[]>();

  of(colour: string, state: FigureState, marked: boolean, here = false): number {
    const own = this.#known.get(colour) ?? [];
    if (own.length === 0) this.#known.set(colour, own);
    const at = 4 * states.indexOf(state) + 2 * Number(marked) + Number(here);
    own[at] ??= this.all.push({ colour, state, marked, here }) - 1;
    return own[at];
  }
}
const states = figureStateSchema.options;

/** Four numbers of each cell: x, y, width, height. */
export type Rects = Float64Array;
/** Numbers of looks, one of each cell. */
export type LooksOf = Uint16Array;

export interface Ground {
  /** What lies under the cells, and in the gaps of their patterns. */
  readonly ground: string;
  /** Of a cell that has no value. */
  readonly line: string;
  /** Around a cell that stands out. */
  readonly mark?: string;
  /** The colour that a look names; left out: it is one. */
  readonly colourOf?: (name: string) => string;
}
interface Picture {
  readonly rects: Rects;
  readonly looks: LooksOf;
  readonly known: readonly Look[];
}

/**
 * All cells, those of one look together: a pattern says the state as well as the colour (solid fresh, hatched late,
 * outline stale, empty none, dotted contested, crossed held).
 */
export function paintMap(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  picture: Picture,
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
  paintCells(draw, [...picture.looks.keys()], picture, by, scale);
}

/**
 * Likewise, where the same cells lie as before: of those that look as they did nothing is painted, so that a tick of a few
 * hundred units costs a map of ten thousand no frame. @returns false: all has to be painted
 */
export function repaintMap(canvas: HTMLCanvasElement, before: LooksOf, picture: Picture, by: Ground): boolean {
  const draw = canvas.getContext('2d');
  const scale = window.devicePixelRatio;
  // Edges within a pixel would be seen where a cell was taken out.
  if (!draw || !Number.isInteger(scale)) return false;
  const { looks, rects } = picture;
  const moved: number[] = [];
  for (let i = 0; i < looks.length; i++) if (looks[i] !== before[i]) moved.push(i);
  if (moved.length === 0) return true;
  eachRect(rects, moved, (x, y, width, height) => draw.clearRect(x, y, width, height));
  paintCells(draw, moved, picture, by, scale);
  return true;
}

function eachRect(
  rects: Rects,
  cells: readonly number[],
  take: (x: number, y: number, width: number, height: number) => void,
): void {
  for (const cell of cells) {
    const at = 4 * cell;
    take(rects[at] as number, rects[at + 1] as number, rects[at + 2] as number, rects[at + 3] as number);
  }
}

function paintCells(
  draw: CanvasRenderingContext2D,
  cells: readonly number[],
  { rects, looks, known }: Picture,
  by: Ground,
  scale: number,
): void {
  const alike = new Map<number, number[]>();
  for (const cell of cells) {
    const look = looks[cell] as number;
    const same = alike.get(look);
    if (same) same.push(cell);
    else alike.set(look, [cell]);
  }
  const marked: number[][] = [];
  const here: number[][] = [];
  for (const [nr, same] of alike) {
    const look = known[nr] as Look;
    paintAlike(draw, rects, same, { ...look, colour: by.colourOf?.(look.colour) ?? look.colour }, by, scale);
    if (look.marked) marked.push(same);
    if (look.here) here.push(same);
  }
  for (const same of here) bars(draw, rects, same, by);
  // Over their neighbours' edges.
  for (const same of marked) outline(draw, rects, same, by.mark ?? by.line, 2);
}

function paintAlike(
  draw: CanvasRenderingContext2D,
  rects: Rects,
  cells: readonly number[],
  { state, colour }: Look,
  by: Ground,
  scale: number,
): void {
  if (state === 'none' || state === 'stale') {
    outline(draw, rects, cells, state === 'none' ? by.line : colour, state === 'none' ? 0.5 : 1);
    return;
  }
  draw.fillStyle = state === 'late' || state === 'contested' ? pattern(draw, state, colour, by.ground, scale) : colour;
  // A path of thousands of them takes ten times as long as they do one by one.
  eachRect(rects, cells, (x, y, width, height) => draw.fillRect(x, y, width, height));
  if (state === 'held') cross(draw, rects, cells, by.ground);
}

/** What an area of a look is filled with; undefined: nothing, its outline says how it stands. */
export function fillOf(
  draw: CanvasRenderingContext2D,
  { state, colour: name }: Pick<Look, 'state' | 'colour'>,
  by: Ground,
  scale: number,
): string | CanvasPattern | undefined {
  const colour = by.colourOf?.(name) ?? name;
  if (state === 'none' || state === 'stale') return undefined;
  return state === 'fresh' ? colour : pattern(draw, state, colour, by.ground, scale);
}

function outline(
  draw: CanvasRenderingContext2D,
  rects: Rects,
  cells: readonly number[],
  colour: string,
  line: number,
): void {
  draw.strokeStyle = colour;
  draw.lineWidth = line;
  eachRect(rects, cells, (x, y, width, height) =>
    draw.strokeRect(x + line / 2, y + line / 2, width - line, height - line),
  );
}

function cross(draw: CanvasRenderingContext2D, rects: Rects, cells: readonly number[], colour: string): void {
  draw.beginPath();
  eachRect(rects, cells, (x, y, width, height) => {
    draw.moveTo(x, y);
    draw.lineTo(x + width, y + height);
    draw.moveTo(x + width, y);
    draw.lineTo(x, y + height);
  });
  draw.strokeStyle = colour;
  draw.lineWidth = Math.max(1, (rects[4 * (cells[0] ?? 0) + 3] ?? 0) / 9);
  draw.stroke();
}

/** The part of a unit's height that its bar has, and the most that it has, in pixels. */
const BAR = { share: 0.24, most: 5 };

/** At the foot of each, set off from what its colour and its pattern say. */
function bars(draw: CanvasRenderingContext2D, rects: Rects, cells: readonly number[], by: Ground): void {
  const highOf = (height: number): number => Math.min(BAR.most, Math.max(1, Math.round(height * BAR.share)));
  draw.fillStyle = by.ground;
  eachRect(rects, cells, (x, y, width, height) => {
    // Of a few pixels none is to spare.
    if (height > BAR.most) draw.fillRect(x, y + height - highOf(height) - 1, width, 1);
  });
  draw.fillStyle = by.mark ?? by.line;
  eachRect(rects, cells, (x, y, width, height) => {
    const high = highOf(height);
    draw.fillRect(x, y + height - high, width, high);
  });
}

/** Both repeat after so many pixels, and lie still while the values change. */
const PERIOD = 4;
/** A few for each theme. */
const patterns = new Map<string, CanvasPattern>();

function pattern(
  draw: CanvasRenderingContext2D,
  state: 'late' | 'contested' | 'held',
  colour: string,
  ground: string,
  scale: number,
) {
  const key = `${state} ${colour} ${ground} ${scale}`;
  const kept = patterns.get(key);
  if (kept) return kept;
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
  } else if (state === 'held') {
    own.strokeStyle = ground;
    own.lineWidth = size * 0.25;
    own.strokeRect(0, 0, size, size);
  } else {
    own.fillStyle = ground;
    own.beginPath();
    own.arc(size / 2, size / 2, size * 0.28, 0, 2 * Math.PI);
    own.fill();
  }
  const made = draw.createPattern(tile, 'repeat');
  made?.setTransform(new DOMMatrix([1 / scale, 0, 0, 1 / scale, 0, 0]));
  if (made) patterns.set(key, made);
  return made ?? colour;
}
