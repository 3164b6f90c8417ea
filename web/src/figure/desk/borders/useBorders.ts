import { useEffect, useState } from 'react';
import { bordersAnswerSchema } from '../../../api/contract.ts';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { type Shapes, shapesOf } from '../../../staged/borders/shapes.ts';

/** FG125: it outlives its map, since the next one is drawn by the same. */
let last: { readonly sha256: string | undefined; readonly shapes: Shapes } | undefined;

/**
 * The borders by which a map may be drawn: those that the page has, until it is told of others, which is asked for each map
 * that is opened; undefined: there are none, or not yet.
 */
export function useBorders(): Shapes | undefined {
  const { api } = useOffice();
  const [shapes, setShapes] = useState(last?.shapes);
  useEffect(() => {
    const stop = new AbortController();
    const known = last?.sha256;
    const path = `/api/figures/borders${known ? `?known=${known}` : ''}`;
    api.ask(path, bordersAnswerSchema, { signal: stop.signal }).then(
      ({ sha256, borders }) => {
        if (stop.signal.aborted) return;
        if (borders !== undefined) last = borders ? { sha256, shapes: shapesOf(borders) } : undefined;
        setShapes(last?.shapes);
      },
      // Without them it is tiles, which say the same.
      () => undefined,
    );
    return () => stop.abort();
  }, [api]);
  return shapes;
}
