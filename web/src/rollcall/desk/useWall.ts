import { useCallback, useEffect, useRef, useState } from 'react';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { takeWall, type WallView } from './wallView.ts';

/** Sums come by themselves, up to four times a second; which unit it was is asked for this often. */
const LOOK_MS = 2_000;

interface WallState {
  /** undefined: not read yet. */
  readonly wall: WallView | undefined;
  readonly failed: boolean;
  /** Looks at once, after an act of this page. */
  readonly look: () => void;
}

/** Every unit of a round, kept fresh as long as it is shown. A closed round is read once more. */
export function useWall(round: string, closed: boolean): WallState {
  const { channel } = useTools();
  const { link } = useChannel();
  const [state, setState] = useState<{ round: string; wall?: WallView; failed: boolean }>({ round, failed: false });
  const known = useRef<WallView>(undefined);
  const [wish, setWish] = useState(0);
  useEffect(() => {
    known.current = undefined;
    setState({ round, failed: false });
  }, [round]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a wish looks at once
  useEffect(() => {
    if (link !== 'online') return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const since = known.current?.seq;
      try {
        const answer = await channel.act('round.wall', { round, ...(since !== undefined && { since }) });
        if (stopped) return;
        known.current = takeWall(known.current, answer);
        setState({ round, wall: known.current, failed: false });
      } catch {
        if (stopped) return;
        setState((before) => ({ ...before, failed: true }));
      }
      if (!closed || !known.current) timer = setTimeout(() => void look(), LOOK_MS);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [channel, link, round, closed, wish]);
  const look = useCallback(() => setWish((n) => n + 1), []);
  return { wall: state.round === round ? state.wall : undefined, failed: state.failed, look };
}
