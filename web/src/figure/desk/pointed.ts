import type { CSSProperties, FocusEvent } from 'react';

/** Of the tile that somebody is in. */
export const keyOf = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;

/** Tells in which tile the focus is; undefined: in none. Whoever leaves the window stays in theirs. */
export const focusOf = (tell: (key: string | undefined) => void) => ({
  onFocus: ({ target }: FocusEvent) => tell(keyOf(target)),
  onBlur: ({ target }: FocusEvent) => {
    if (document.activeElement !== target) tell(undefined);
  },
});

/** Beside the pointer, towards the middle. */
export const tipStyle = ({ x, y }: { x: number; y: number }, width: number): CSSProperties => ({
  top: y + 18,
  ...(x < width / 2 ? { left: x } : { right: width - x }),
});
