import { useCallback, useEffect, useRef, useState } from 'react';

const SECONDS = 3;

interface Countdown {
  /** Seconds left: 3, 2, 1; undefined: none runs. */
  readonly left: number | undefined;
  /** @param act done at its end, unless it is stopped before */
  readonly start: (act: () => void) => void;
  readonly stop: () => void;
}

/** Three seconds before something that all see, in which it can be stopped. */
export function useCountdown(): Countdown {
  const [left, setLeft] = useState<number>();
  const act = useRef<() => void>(undefined);
  useEffect(() => {
    if (left === undefined) return;
    const timer = setTimeout(() => {
      if (left > 1) {
        setLeft(left - 1);
        return;
      }
      setLeft(undefined);
      act.current?.();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left]);
  const start = useCallback((then: () => void) => {
    act.current = then;
    setLeft(SECONDS);
  }, []);
  const stop = useCallback(() => setLeft(undefined), []);
  return { left, start, stop };
}
