import { useEffect, useRef, useState } from 'react';
import { type FigureCard, type FigureFrame, PACKED_FRAME } from '../../api/contract.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { FrameReader } from './FrameReader.ts';
import { toldFrameSchema } from './frameSchema.ts';
import { usePast } from './past/Past.tsx';
import { patched, replaced } from './patched.ts';

/** A frame, and the N of the past as of which it is. */
interface Shown {
  readonly frame: FigureFrame;
  readonly past: number | undefined;
}

/** FG173 */
const ACCEPTS = { accept: `${PACKED_FRAME}, application/json` };

interface Frame {
  readonly frame: FigureFrame | undefined;
  readonly failed: boolean;
}

/**
 * All values of a card's indicator and period below its root: read once, changed by ticks, and read again after them.
 * @param against FG97: start of the period that they are compared with
 */
export function useFrame({ indicator, period, unit, n }: FigureCard, against?: string): Frame {
  const { channel } = useTools();
  const { api } = useOffice();
  const past = usePast()?.n;
  const [shown, setShown] = useState<Shown>();
  const [failed, setFailed] = useState(false);
  const reader = useRef<FrameReader>(undefined);
  const unseen = useRef(0);
  useEffect(
    () =>
      channel.on('figures', ({ n: at, changed }) => {
        if (!changed) unseen.current = at;
        // What was known then is moved by nothing.
        if (changed)
          setShown((before) =>
            before?.past === undefined && before
              ? { frame: patched(before.frame, changed, at), past: undefined }
              : before,
          );
      }),
    [channel],
  );
  useEffect(() => {
    const path = (at: number): string =>
      `/api/figures/frames/${indicator}/${encodeURIComponent(period)}/${at}?root=${unit}${against ? `&against=${encodeURIComponent(against)}` : ''}`;
    const own = new FrameReader({
      read: (at, signal) => api.ask(path(at), toldFrameSchema, { signal, headers: ACCEPTS }),
      take: (told) => {
        setFailed(false);
        setShown((before) => ({ frame: before?.past === past ? replaced(before?.frame, told) : told, past }));
      },
      failed: () => setFailed(true),
    });
    reader.current = own;
    return () => own.close();
  }, [api, indicator, period, unit, against, past]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reader of another period wants its first frame
  useEffect(() => {
    // Before the first batch there is nothing to read, and of a moment nothing before its N is known.
    if (n > 0 && past !== 0) reader.current?.want(n, unseen.current);
  }, [n, api, indicator, period, unit, against, past]);
  const own = shown?.past === past && shown?.frame.indicator === indicator ? shown.frame : undefined;
  return { frame: own, failed };
}
