import { useEffect, useState } from 'react';

/** The time, once a second, shifted to the server's clock. @param offset milliseconds */
export function useNow(offset = 0, running = true): number {
  const [now, setNow] = useState(() => Date.now() + offset);
  useEffect(() => {
    setNow(Date.now() + offset);
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now() + offset), 1000);
    return () => clearInterval(timer);
  }, [offset, running]);
  return now;
}
