import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { usePreferences } from '../../../session/preferences.tsx';
import { linesOf } from '../../../staged/borders/enlarged.ts';
import type { Piece, View } from '../../../staged/borders/layBorders.ts';
import { paintBorders } from '../../../staged/borders/paintBorders.ts';
import type { Shapes } from '../../../staged/borders/shapes.ts';
import { Looks } from '../../../staged/paintMap.ts';
import { stateAt } from '../mapPlaces.ts';
import type { TileMapProps } from '../TileMap.tsx';
import type { Drawn } from './pieces.ts';

interface DrawnProps extends Pick<TileMapProps, 'frame' | 'colourOf' | 'marked' | 'present'> {
  readonly shapes: Shapes;
  readonly drawn: readonly Drawn[];
  /** These, and the ground. */
  readonly pieces: readonly Piece[];
  readonly view: View;
  readonly size: { readonly width: number; readonly height: number };
}

/** Paints units within their borders, and again when anything of how they look has changed. @returns for the canvas */
export function useDrawn(props: DrawnProps): RefObject<HTMLCanvasElement | null> {
  const { frame, colourOf, marked, present, shapes, drawn, pieces, view, size } = props;
  const { theme } = usePreferences();
  const canvas = useRef<HTMLCanvasElement>(null);
  const known = useRef(new Looks());
  const painted = useRef('');
  const lines = useMemo(() => linesOf(pieces, shapes), [pieces, shapes]);
  const paint = useCallback((): void => {
    if (!canvas.current || size.width === 0 || size.height === 0) return;
    const style = getComputedStyle(canvas.current);
    const read = (name: string): string => style.getPropertyValue(name);
    const looks = Uint16Array.from(drawn, ({ cell }) => {
      const path = frame.units[cell] ?? '';
      return known.current.of(colourOf(cell), stateAt(frame, cell), marked.has(path), present?.has(path));
    });
    const by = { ground: read('--surface'), line: read('--ink-soft'), mark: read('--ink'), colourOf: read };
    // A tick that moves no unit into another class changes nothing that is seen.
    const now = `${looks.join()} ${by.ground} ${view.scale} ${view.left} ${size.width} ${size.height}`;
    if (painted.current === now) return;
    painted.current = now;
    const picture = { shapes: drawn.map(({ shape }) => shape), looks, known: known.current.all, lines, view };
    paintBorders(canvas.current, size, picture, by);
  }, [drawn, lines, view, frame, colourOf, marked, present, size]);
  const newest = useRef(paint);
  useLayoutEffect(() => {
    newest.current = paint;
    paint();
  }, [paint]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours of another theme are on the page a moment later
  useEffect(() => {
    const soon = requestAnimationFrame(() => newest.current());
    return () => cancelAnimationFrame(soon);
  }, [theme]);
  return canvas;
}
