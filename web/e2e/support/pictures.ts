/** What is asked for by `SCREENSHOTS`: all (`1`), or those whose name has this in it. */
const wanted = process.env.SCREENSHOTS;

/** A laptop, a phone; and with `LARGE=1` a large screen, a wall of two, and the laptop enlarged twice. */
export const sizes = {
  wide: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
  ...(process.env.LARGE && {
    large: { width: 1920, height: 1080 },
    wall: { width: 3840, height: 1080 },
    zoomed: { width: 683, height: 384 },
  }),
} as const;

export const folder = new URL('../../screenshots/', import.meta.url);

export const isWanted = (name: string): boolean =>
  wanted !== undefined && wanted !== '' && (wanted === '1' || new RegExp(wanted).test(name));
