import { useLayoutEffect, useRef } from 'react';
import { codeOf, STATE_LETTERS, type StageMark } from '../api/contract.ts';
import { type Classes, shadeOf } from './classes.ts';
import { NO_VALUE } from './colours.ts';
import { Looks, paintMap } from './paintMap.ts';
import { onlyIn, type StagedCommunes } from './stagedCommunes.ts';
import type { StagedTile } from './stagedTiles.ts';

interface StagedCellsProps {
  readonly tiles: readonly StagedTile[];
  /** Of the map, in pixels. */
  readonly size: { readonly width: number; readonly height: number };
  readonly classes: Classes;
  readonly communes: StagedCommunes;
  readonly mark: StageMark | null;
  readonly isWorse: boolean;
}

/** Of the line with a name, in pixels: by letters of a tile with cells, which a wall has larger. */
function headOf(canvas: HTMLCanvasElement): number {
  const tile = canvas.parentElement?.querySelector('.of-cells');
  return tile ? Number.parseFloat(getComputedStyle(tile).fontSize) * 1.2 : 0;
}
const INSET = 3;

/** A cell for each unit that reports, in the tile of the unit above it; one that is a tile itself has none. */
export function StagedCells({ tiles, size, classes, communes, mark, isWorse }: StagedCellsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = size;
  useLayoutEffect(() => {
    if (!canvas.current) return;
    const style = getComputedStyle(canvas.current);
    const shades = [0, 1, 2, 3, 4].map((nr) => style.getPropertyValue(`--figure${isWorse ? '-worse' : ''}-${nr}`));
    const line = style.getPropertyValue('--on-stage-soft');
    const without = style.getPropertyValue(NO_VALUE);
    const known = new Looks();
    const looks: number[] = [];
    const rects: number[] = [];
    const head = headOf(canvas.current);
    for (const tile of tiles) {
      const own = onlyIn(communes, tile.key) === undefined ? (communes.cellsOf.get(tile.key) ?? []) : [];
      const [x, y] = [(tile.x * width) / 100 + INSET, (tile.y * height) / 100 + head + INSET];
      const room = {
        width: (tile.width * width) / 100 - 2 * INSET,
        height: (tile.height * height) / 100 - head - 2 * INSET,
      };
      const side = sideOf(own.length, room);
      const across = Math.max(1, Math.floor(room.width / side));
      // Smaller ones touch: what is between them would be more than they are.
      const inner = side > 4 ? side - 1 : side;
      own.forEach((cell, i) => {
        const value = communes.values[cell] ?? null;
        const isMarked = mark?.kind === 'unit' && codeOf(communes.units[cell] ?? '') === mark.unit;
        const shade = value === null ? without : (shades[shadeOf(classes, value)] ?? '');
        const colour = isMarked ? '#ffffff' : shade;
        const state = STATE_LETTERS[communes.states[cell] as keyof typeof STATE_LETTERS] ?? 'none';
        rects.push(x + (i % across) * side, y + Math.floor(i / across) * side, inner, inner);
        looks.push(known.of(colour, state, false));
      });
    }
    const picture = { rects: Float64Array.from(rects), looks: Uint16Array.from(looks), known: known.all };
    paintMap(canvas.current, { width, height }, picture, { ground: style.getPropertyValue('--stage-raised'), line });
  }, [tiles, width, height, classes, communes, mark, isWorse]);
  return <canvas ref={canvas} className="staged-cells" />;
}

/** The largest square of which so many have room. */
function sideOf(count: number, { width, height }: { width: number; height: number }): number {
  let side = Math.max(1, Math.sqrt((width * height) / Math.max(1, count)));
  const fits = (): boolean => Math.ceil(count / Math.max(1, Math.floor(width / side))) * side <= height;
  while (side > 1 && !fits()) side -= 0.25;
  return Math.min(side, 28);
}
