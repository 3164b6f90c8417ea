import type { Deck } from '../api/contract.ts';

/** One picture that is wanted, in the order in which they are. */
export interface Wanted {
  readonly sha256: string;
  readonly page: number;
  readonly sharp: boolean;
}

/** No wider than this is the small picture of a page (SL3). */
export const NARROW_PIXELS = 960;
export const WIDE_PIXELS = 1920;

/**
 * SL11: what to fetch for a page, first things first: the small picture, so that there is something to read; the sharp
 * one, where it is shown wider than the small one; then the same of the next page, and of the one before, for who turns
 * back. @param pixels width in which the page is shown, in pixels of the screen
 */
export function pagePlan({ pages }: Pick<Deck, 'pages'>, page: number, pixels: number): readonly Wanted[] {
  const sharp = pixels > NARROW_PIXELS * 1.1;
  return [page, page + 1, page - 1].flatMap((nr) => {
    const there = pages[nr - 1];
    if (!there) return [];
    const narrow = { sha256: there.narrow, page: nr, sharp: false };
    const wide = { sha256: there.wide, page: nr, sharp: true };
    return sharp && there.wide !== there.narrow ? [narrow, wide] : [narrow];
  });
}
