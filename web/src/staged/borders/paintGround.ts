import { codeOf, STATE_LETTERS, type StageMark } from '../../api/contract.ts';
import { type Classes, shadeOf } from '../classes.ts';
import { NO_VALUE } from '../colours.ts';
import { Looks } from '../paintMap.ts';
import type { StagedCommunes } from '../stagedCommunes.ts';
import type { StagedPlace } from '../stagedRows.ts';
import { linesOf } from './enlarged.ts';
import type { Piece, View } from './layBorders.ts';
import { paintBorders, trace } from './paintBorders.ts';
import type { StagedGround } from './useGround.ts';

interface Painted {
  readonly ground: StagedGround;
  /** Its units, each with the place in which it lies; what stands enlarged once more. */
  readonly pieces: readonly GroundPiece[];
  readonly places: readonly StagedPlace[];
  readonly communes: StagedCommunes | undefined;
  readonly classes: Classes;
  readonly mark: StageMark | null;
  readonly view: View;
  readonly size: { readonly width: number; readonly height: number };
  readonly isWorse: boolean;
}
/** A unit of a ground, or what of it stands enlarged. */
export interface GroundPiece extends Piece {
  readonly unit: Pick<StagedGround['units'][number], 'code' | 'in'>;
}
/** Around what is pointed at: dark, and light over it, so that it stands out from every colour. */
const MARK_PX = [7, 3.5] as const;

/** The units of a ground in the colours of their classes, and patterns of their states where each is by name. */
export function paintGround(canvas: HTMLCanvasElement, picture: Painted): void {
  const { ground, pieces, view, size, mark, isWorse } = picture;
  const style = getComputedStyle(canvas);
  const read = (name: string): string => style.getPropertyValue(name);
  const shades = [0, 1, 2, 3, 4].map((nr) => read(`--figure${isWorse ? '-worse' : ''}-${nr}`));
  const without = read(NO_VALUE);
  const known = new Looks();
  const lookOf = picture.communes ? byName(picture.communes) : summedUp(picture);
  const looks = Uint16Array.from(pieces, ({ unit }) => {
    const { value, state } = lookOf(unit);
    return known.of(value === null ? without : (shades[shadeOf(picture.classes, value)] ?? ''), state, false);
  });
  const lines = linesOf(pieces, ground);
  const by = { ground: read('--stage'), line: read('--on-stage-soft') };
  const shapes = pieces.map(({ shape }) => shape);
  paintBorders(canvas, size, { shapes, looks, known: known.all, lines, view }, by);
  if (mark?.kind !== 'unit') return;
  const pointed = pieces.filter(({ unit }) => unit.code === mark.unit || unit.in === mark.unit);
  const own = pointed.map((piece) => ({ ...piece, key: mark.unit }));
  const around = linesOf(own, { lines: ground.lines, insets: [] });
  const draw = canvas.getContext('2d');
  if (!draw) return;
  draw.lineJoin = 'round';
  for (const [i, width] of MARK_PX.entries()) {
    draw.beginPath();
    for (const line of around) trace(draw, line, view);
    draw.strokeStyle = i === 0 ? by.ground : '#ffffff';
    draw.lineWidth = width;
    draw.stroke();
  }
}

type Unit = GroundPiece['unit'];
const NOTHING = { value: null, state: 'none' } as const;

/** By the sum of the place in which it lies. */
function summedUp({ places }: Painted) {
  const values = new Map(places.map(({ unit: [code, value] }) => [code, value]));
  return (unit: Unit) => {
    const value = values.get(unit.in ?? unit.code) ?? null;
    return value === null ? NOTHING : ({ value, state: 'fresh' } as const);
  };
}

/** By what it has said itself; who is not asked has said nothing. */
function byName({ units, values, states }: StagedCommunes) {
  const cells = new Map(units.map((path, cell) => [codeOf(path), cell]));
  return ({ code }: Unit) => {
    const cell = cells.get(code) ?? -1;
    return {
      value: values[cell] ?? null,
      state: STATE_LETTERS[states[cell] as keyof typeof STATE_LETTERS] ?? ('none' as const),
    };
  };
}
