import { type ReactNode, Suspense, useEffect, useState } from 'react';

/** By then a commune on a poor line sees the picture. */
const LATER_MS = 20_000;

/** Beside every page: what it finds is told, and nothing waits for it. Loads when the picture no longer wants the line. */
export function Later({ children }: { readonly children: ReactNode }) {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTime(true), LATER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isTime ? <Suspense fallback={null}>{children}</Suspense> : null;
}
