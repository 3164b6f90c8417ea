import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

interface Shortcuts {
  readonly on: boolean;
  readonly turn: () => void;
}

const ShortcutsContext = createContext<Shortcuts>({ on: false, turn: () => undefined });

/** Whether single keys act on the pages below; off until somebody switches them on, and kept nowhere. (KP1) */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [on, setOn] = useState(false);
  const shortcuts = useMemo(() => ({ on, turn: () => setOn((before) => !before) }), [on]);
  return <ShortcutsContext value={shortcuts}>{children}</ShortcutsContext>;
}

export const useShortcutSwitch = (): Shortcuts => useContext(ShortcutsContext);

/** The mark of a single key at what it does, while it acts. */
export function KeyMark({ name }: { readonly name: string }) {
  const { on } = useShortcutSwitch();
  return on && name ? <kbd aria-hidden>{name}</kbd> : null;
}
