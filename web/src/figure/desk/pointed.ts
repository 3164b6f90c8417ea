import type { CSSProperties } from 'react';

/** Of the tile that somebody is in. */
export const keyOf = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;

/** Beside the pointer, towards the middle. */
export const tipStyle = ({ x, y }: { x: number; y: number }, width: number): CSSProperties => ({
  top: y + 18,
  ...(x < width / 2 ? { left: x } : { right: width - x }),
});
