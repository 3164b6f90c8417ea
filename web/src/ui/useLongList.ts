import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef, useState } from 'react';

interface LongList {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Of all rows, in pixels. */
  readonly height: number;
  /** What is on the screen, with a few rows around it. */
  readonly shown: readonly { readonly index: number; readonly start: number }[];
  /** The row that has the tab stop. */
  readonly at: number;
  readonly setAt: (index: number) => void;
  /** What an arrow, Page Up, Page Down, Home or End does; undefined for other keys. */
  readonly moveOf: (key: string) => (() => void) | undefined;
}

/**
 * Ten thousand rows of one height: only what is on the screen is in the page, and one row has the tab stop. Rows carry
 * `data-index`.
 */
export function useLongList(count: number, rowPx: number): LongList {
  const [wanted, setAt] = useState(0);
  const at = Math.max(0, Math.min(wanted, count - 1));
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
  });
  const moved = useRef(false);
  useEffect(() => {
    // After a long way the row comes into the page with the scroll, a moment later.
    const row = moved.current && scroller.current?.querySelector<HTMLElement>(`[data-index="${at}"]`);
    if (!row) return;
    moved.current = false;
    row.focus();
  });
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(count - 1, to));
    moved.current = true;
    setAt(next);
    virtual.scrollToIndex(next);
  };
  const moveOf = (key: string): (() => void) | undefined => {
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 }[
      key
    ];
    return to === undefined ? undefined : () => go(to);
  };
  return { scroller, height: virtual.getTotalSize(), shown: virtual.getVirtualItems(), at, setAt, moveOf };
}
