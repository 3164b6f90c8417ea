import { useEffect, useState } from 'react';
import { bordersAnswerSchema } from '../../../api/contract.ts';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { type Shapes, shapesOf } from './shapes.ts';

/** The borders by which a map may be drawn, read once for each map that is opened; undefined: there are none, or not yet. */
export function useBorders(): Shapes | undefined {
  const { api } = useOffice();
  const [shapes, setShapes] = useState<Shapes>();
  useEffect(() => {
    const stop = new AbortController();
    api.ask('/api/figures/borders', bordersAnswerSchema, { signal: stop.signal }).then(
      ({ borders }) => stop.signal.aborted || setShapes(borders ? shapesOf(borders) : undefined),
      // Without them it is tiles, which say the same.
      () => undefined,
    );
    return () => stop.abort();
  }, [api]);
  return shapes;
}
