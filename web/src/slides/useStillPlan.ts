import { useCallback, useEffect, useRef, useState } from 'react';
import { useMedia } from '../session/BriefingContext.tsx';
import { afterAbsence, firstPlan, nextPlan, type StillPlan } from './stillPlan.ts';
import { useStill } from './useStill.ts';

const LOOK_EVERY_MS = 500;

/**
 * SH8: whether this viewer has the picture of a screen, or stills of it.
 * @param identity whose screen it is
 * @param track what is looked at; another one is judged anew, undefined: nothing is
 */
export function useStillPlan(identity: string, track: unknown) {
  const { line } = useMedia();
  const frameAt = useRef<number>(undefined);
  const [kind, setKind] = useState<StillPlan['kind']>('picture');
  const still = useStill(identity, track !== undefined && kind !== 'picture');
  const facts = useRef({ line, hasStill: false });
  useEffect(() => {
    facts.current = { line, hasStill: still !== undefined };
  }, [line, still]);
  useEffect(() => {
    frameAt.current = undefined;
    setKind('picture');
    if (!track) return;
    let plan = firstPlan(performance.now());
    let away = document.hidden;
    const look = (): void => {
      const now = performance.now();
      if (document.hidden || away) {
        away = document.hidden;
        plan = afterAbsence(plan, now);
        return;
      }
      plan = nextPlan(plan, { now, frameAt: frameAt.current, ...facts.current });
      setKind(plan.kind);
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [track]);
  const onFrame = useCallback(() => {
    frameAt.current = performance.now();
  }, []);
  return { kind, still, onFrame };
}
