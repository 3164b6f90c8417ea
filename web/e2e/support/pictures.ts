/** What is asked for by `SCREENSHOTS`: all (`1`), or those whose name has this in it. */
const wanted = process.env.SCREENSHOTS;

/** A laptop, a phone, a large screen, a wall of two, and the laptop enlarged twice. */
export const allSizes = {
  wide: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
  large: { width: 1920, height: 1080 },
  wall: { width: 3840, height: 1080 },
  zoomed: { width: 683, height: 384 },
} as const;

/** Of which pictures are taken: all with `LARGE=1`. */
export const sizes: Partial<typeof allSizes> = process.env.LARGE
  ? allSizes
  : { wide: allSizes.wide, phone: allSizes.phone };

export interface Look {
  readonly lang: 'vi' | 'en';
  readonly theme: 'light' | 'dark';
  readonly size: string;
  readonly viewport: { readonly width: number; readonly height: number };
}

const manners = [
  { lang: 'vi', theme: 'light' },
  { lang: 'en', theme: 'dark' },
  { lang: 'vi', theme: 'dark' },
  { lang: 'en', theme: 'light' },
] as const;

/**
 * The choice of what is looked at: each state of a page in each size once, in another language and theme from one size
 * to the next, beginning with another one from state to state. So five pictures show a page in both languages and both
 * themes, and four states of a page show each size in all. `EVERY_LOOK=1` takes the whole product.
 */
export function looksAt(state: number): readonly Look[] {
  return Object.entries(sizes).flatMap(([size, viewport], i) =>
    (process.env.EVERY_LOOK ? manners : [manners[(state + i) % manners.length] ?? manners[0]]).map((manner) => ({
      ...manner,
      size,
      viewport,
    })),
  );
}

export const folder = new URL('../../screenshots/', import.meta.url);

export const isWanted = (name: string): boolean =>
  wanted !== undefined && wanted !== '' && (wanted === '1' || new RegExp(wanted).test(name));
