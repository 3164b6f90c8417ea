import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { FigureFrame } from '../../api/contract.ts';
import { usePreferences } from '../../session/preferences.tsx';
import {
  type Ground,
  type Look,
  Looks,
  type LooksOf,
  paintMap,
  type Rects,
  repaintMap,
} from '../../staged/paintMap.ts';
import { BAR_FROM } from './MapTile.tsx';
import { INSET, type MapLayout, type Placed } from './mapLayout.ts';
import { type MapPlace, stateAt } from './mapPlaces.ts';

interface CellsProps {
  readonly frame: FigureFrame;
  /** Custom property with the colour of a cell. */
  readonly colourOf: (index: number) => string;
  /** Paths of units that stand out. */
  readonly marked: ReadonlySet<string>;
  /** FG98: paths of units that are in the briefing. */
  readonly present: ReadonlySet<string> | undefined;
  readonly placeOf: ReadonlyMap<string, MapPlace>;
  readonly size: { readonly width: number };
  readonly laid: MapLayout;
  /** Of the line with a name, in pixels. */
  readonly head: number;
  /** A tile is a cell. */
  readonly leaves: boolean;
}

/** Where units of a frame lie. */
interface Lying {
  readonly units: readonly number[];
  readonly rects: Rects;
}
/** What the canvas shows: which cells, in which looks, on which ground. */
interface Painted {
  readonly of: Lying | undefined;
  readonly looks: LooksOf;
  readonly on: string;
}

/** Paints the cells of a map, and after a tick those alone that look otherwise than before. @returns for the canvas */
export function useCells(props: CellsProps): RefObject<HTMLCanvasElement | null> {
  const { frame, colourOf, marked, present, placeOf, size, laid, head, leaves } = props;
  const { theme } = usePreferences();
  const canvas = useRef<HTMLCanvasElement>(null);
  const known = useRef(new Looks());
  const painted = useRef<Painted>({ of: undefined, looks: new Uint16Array(), on: '' });
  const lying = useMemo(() => lyingOf(laid.blocks, placeOf, head, leaves), [laid, placeOf, head, leaves]);

  const paint = useCallback((): void => {
    if (!canvas.current || size.width === 0) return;
    const hasBars = leaves || laid.blocks.every(({ pitch }) => pitch >= BAR_FROM);
    const looks = new Uint16Array(lying.units.length);
    lying.units.forEach((index, i) => {
      const isMarked = marked.size > 0 && marked.has(frame.units[index] ?? '');
      const isHere = hasBars ? present?.has(frame.units[index] ?? '') : undefined;
      looks[i] = known.current.of(colourOf(index), stateAt(frame, index), isMarked, isHere);
    });
    const by = groundOf(canvas.current, known.current.all);
    // The ground lies in the gaps of all patterns.
    const on = `${by.ground} ${window.devicePixelRatio}`;
    const { current: last } = painted;
    const picture = { rects: lying.rects, looks, known: known.current.all };
    const stays = last.of === lying && last.on === on;
    if (!stays || !repaintMap(canvas.current, last.looks, picture, by))
      paintMap(canvas.current, { width: size.width, height: laid.height }, picture, by);
    painted.current = { of: lying, looks, on };
  }, [laid, lying, frame, colourOf, size, marked, present, leaves]);
  const newest = useRef(paint);
  useLayoutEffect(() => {
    newest.current = paint;
    paint();
  }, [paint]);
  const painting = useRef(theme);
  // Colours of another theme are on the page a moment later.
  useEffect(() => {
    if (painting.current === theme) return;
    painting.current = theme;
    const soon = requestAnimationFrame(() => newest.current());
    return () => cancelAnimationFrame(soon);
  }, [theme]);
  return canvas;
}

/** Read before anything is painted: what a page has changed is styled anew by whoever reads it then. */
function groundOf(element: Element, looks: readonly Look[]): Ground {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name);
  const colours = new Map<string, string>();
  for (const { colour } of looks) if (!colours.has(colour)) colours.set(colour, read(colour));
  const colourOf = (name: string): string => colours.get(name) ?? name;
  return { ground: read('--surface'), line: read('--line-strong'), mark: read('--ink'), colourOf };
}

function lyingOf(
  blocks: readonly Placed[],
  placeOf: ReadonlyMap<string, MapPlace>,
  head: number,
  leaves: boolean,
): Lying {
  const units = blocks.flatMap(({ code }) => placeOf.get(code)?.cells ?? []);
  const rects = new Float64Array(4 * units.length);
  let at = 0;
  const put = (x: number, y: number, width: number, height: number): void => {
    rects[at++] = x;
    rects[at++] = y;
    rects[at++] = width;
    rects[at++] = height;
  };
  for (const { code, x, y, width, height, across, pitch, rise } of blocks) {
    // Smaller ones touch: what is between them would be more than they are.
    const side = pitch > 4 ? pitch - 1 : pitch;
    const count = placeOf.get(code)?.cells.length ?? 0;
    for (let i = 0; i < count; i++) {
      const [right, down] = [x + INSET + (i % across) * pitch, y + head + INSET + Math.floor(i / across) * rise];
      // A tile of one unit is its cell.
      if (leaves) put(x + 4, y + head, width - 8, height - head - 4);
      else put(right, down, side, side + rise - pitch);
    }
  }
  return { units, rects };
}
