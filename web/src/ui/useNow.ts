import { useEffect, useState } from 'react';
import { serverClock } from '../lib/serverClock.ts';
import { useStore } from './useStore.ts';

/** The time by the server's clock, once a second. @param given offset to this computer's clock in its place, ms (CH19) */
export function useNow(given?: number, running = true): number {
  const told = useStore(serverClock).offset;
  const offset = given ?? told;
  const [now, setNow] = useState(() => Date.now() + offset);
  useEffect(() => {
    setNow(Date.now() + offset);
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now() + offset), 1000);
    return () => clearInterval(timer);
  }, [offset, running]);
  return now;
}
