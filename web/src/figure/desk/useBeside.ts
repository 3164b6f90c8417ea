import { useDeferredValue, useEffect, useState } from 'react';

/**
 * What is beside a map follows it: it begins when the first picture of the map is there, so that nothing of it is waited
 * for by that, and takes no frame from those that come. @returns undefined before
 */
export function useBeside<T>(shown: T | undefined): T | undefined {
  const [isPainted, setPainted] = useState(false);
  const isThere = shown !== undefined;
  useEffect(() => {
    if (!isThere) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => setPainted(true);
    // What has been painted until then is shown with this frame, after which the message comes.
    const frame = requestAnimationFrame(() => port2.postMessage(undefined));
    return () => {
      cancelAnimationFrame(frame);
      port1.close();
    };
  }, [isThere]);
  return useDeferredValue(isPainted ? shown : undefined);
}
