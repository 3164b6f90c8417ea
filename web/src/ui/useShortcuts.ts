import { useEffect, useRef } from 'react';
import { movesWithin, pressedKey, writes } from './pressedKey.ts';
import { useShortcutSwitch } from './Shortcuts.tsx';

const movable = '[role=treegrid], [role=grid], [role=listbox], [role=menu], [role=tablist], [role=radiogroup]';
const field = 'input, textarea, select, [contenteditable], [role=textbox], [role=combobox]';

/**
 * Single keys for the whole page, by the names of `pressedKey`. Those that write something act only while they are switched
 * on. All are silent while somebody types, and while a modal dialog is open. (KP1, KP2)
 */
export function useShortcuts(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  const latest = useRef(keys);
  const { on } = useShortcutSwitch();
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      const name = pressedKey(event);
      if (writes(name) && !on) return;
      // Lists and trees move by arrows themselves.
      if (movesWithin(name) && event.target instanceof HTMLElement && event.target.closest(movable)) return;
      if (event.target instanceof HTMLElement && event.target.closest(field)) return;
      if (document.querySelector('dialog:modal')) return;
      const act = latest.current[name];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [on]);
}
