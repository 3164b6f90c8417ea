import { useEffect, useRef, useState } from 'react';
import type { Draft } from '../../directive/desk/draft.ts';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import type { Tool } from './OfficeDesk.tsx';

const load = () => import('./OfficeDesk.tsx');
/** Its files come when it is opened, or before. */
export const LazyDesk = lazyRetried(load);

/** After the picture, which goes first. */
const EARLY_MS = 5000;

/** Whether the desk stands beside the stage, and whether it was opened to write. */
export function useDesk() {
  const [desk, turn] = useState<{
    readonly composing: boolean;
    readonly nr: number;
    readonly first?: 'questions' | 'report';
    /** TR18: the unit whose room is reported on. */
    readonly session?: string;
    /** What is to be written. */
    readonly begun?: Partial<Draft>;
  }>();
  const last = useRef<Tool>(undefined);
  const setDesk: typeof turn = (to) => {
    // Opened anew it begins where it is asked to.
    last.current = undefined;
    turn(to);
  };
  // Fetched while nothing hurries: it opens at once, also over a cut line and after the server was upgraded.
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), EARLY_MS);
    return () => clearTimeout(timer);
  }, []);
  return {
    desk,
    /** What is read in it. */
    last,
    /** Also when it is open already, wherever one is in it. */
    compose: () => setDesk((before) => ({ composing: true, nr: (before?.nr ?? 0) + 1 })),
    /** Likewise, with what was chosen elsewhere; what is written already stays. */
    order: (begun: Partial<Draft>) => setDesk((before) => ({ composing: true, nr: (before?.nr ?? 0) + 1, begun })),
    /** Likewise, at what units have asked. */
    questions: () => setDesk((before) => ({ composing: false, nr: (before?.nr ?? 0) + 1, first: 'questions' })),
    /** Likewise, at the lists of a room. */
    report: (session: string) =>
      setDesk((before) => ({ composing: false, nr: (before?.nr ?? 0) + 1, first: 'report', session })),
    toggle: () => setDesk((before) => (before ? undefined : { composing: false, nr: 0 })),
    close: () => setDesk(undefined),
  };
}
