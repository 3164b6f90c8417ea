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

export const folder = new URL('../../screenshots/', import.meta.url);

export const isWanted = (name: string): boolean =>
  wanted !== undefined && wanted !== '' && (wanted === '1' || new RegExp(wanted).test(name));
