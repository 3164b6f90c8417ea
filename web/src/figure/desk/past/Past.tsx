import { createContext, type ReactNode, useContext } from 'react';

/** The moment of the past at which figures are looked at. */
export interface PastMoment {
  readonly at: string;
  /** What was known then; 0 while it is not read yet. */
  readonly n: number;
}

/** Of what stands below: undefined when figures are looked at as they are now. */
export const PastContext = createContext<PastMoment | undefined>(undefined);

export const usePast = (): PastMoment | undefined => useContext(PastContext);

/** FG20: acts stand here, and are not there while somebody looks at the past. */
export function NowOnly({ children }: { children: ReactNode }) {
  return usePast() ? null : children;
}
