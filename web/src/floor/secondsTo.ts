/** Whole seconds until a moment of the server's clock; none of them is left out, and nothing is below 0. */
export const secondsTo = (iso: string, now: number): number => Math.max(0, Math.ceil((Date.parse(iso) - now) / 1_000));
