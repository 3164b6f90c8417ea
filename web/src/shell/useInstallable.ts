import { useEffect } from 'react';
import { unknown, useInstallation } from '../session/InstallationContext.tsx';

/**
 * SW1: whatever makes the page installable is loaded when nothing else wants the line any more.
 * @param afterMs undefined: not now
 */
export function useInstallable(afterMs: number | undefined): void {
  const installation = useInstallation();
  useEffect(() => {
    // The page without a line has to know whom to ring.
    if (afterMs === undefined || installation === unknown) return;
    const timer = setTimeout(() => {
      // Without it the page is what it was.
      import('./install.ts').then(({ install }) => install(installation)).catch(() => undefined);
    }, afterMs);
    return () => clearTimeout(timer);
  }, [afterMs, installation]);
}
