import { useEffect, useRef, useState } from 'react';
import { type FigureCard, type FigureFrame, figureFrameSchema } from '../../api/contract.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { FrameReader } from './FrameReader.ts';
import { patched, replaced } from './patched.ts';

interface Frame {
  readonly frame: FigureFrame | undefined;
  readonly failed: boolean;
}

/** All values of a card's indicator and period below its root: read once, changed by ticks, and read again after them. */
export function useFrame({ indicator, period, unit, n }: FigureCard): Frame {
  const { channel } = useTools();
  const { api } = useOffice();
  const [frame, setFrame] = useState<FigureFrame>();
  const [failed, setFailed] = useState(false);
  const reader = useRef<FrameReader>(undefined);
  useEffect(
    () =>
      channel.on('figures', ({ n: at, changed }) => {
        if (changed) setFrame((before) => before && patched(before, changed, at));
      }),
    [channel],
  );
  useEffect(() => {
    const path = (at: number): string =>
      `/api/figures/frames/${indicator}/${encodeURIComponent(period)}/${at}?root=${unit}`;
    const own = new FrameReader({
      read: (at, signal) => api.ask(path(at), figureFrameSchema, { signal }),
      take: (told) => {
        setFailed(false);
        setFrame((before) => replaced(before, told));
      },
      failed: () => setFailed(true),
    });
    reader.current = own;
    return () => own.close();
  }, [api, indicator, period, unit]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reader of another period wants its first frame
  useEffect(() => {
    // Before the first batch there is nothing to read.
    if (n > 0) reader.current?.want(n);
  }, [n, api, indicator, period, unit]);
  return { frame: frame?.indicator === indicator ? frame : undefined, failed };
}
