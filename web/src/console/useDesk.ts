import { useState } from 'react';

/** Whether the desk stands beside the stage, and whether it was opened to write. */
export function useDesk() {
  const [desk, setDesk] = useState<{ readonly composing: boolean; readonly nr: number }>();
  return {
    desk,
    /** Also when it is open already, wherever one is in it. */
    compose: () => setDesk((before) => ({ composing: true, nr: (before?.nr ?? 0) + 1 })),
    toggle: () => setDesk((before) => (before ? undefined : { composing: false, nr: 0 })),
    close: () => setDesk(undefined),
  };
}
