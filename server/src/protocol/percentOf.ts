/**
 * A share in whole per cent, wherever one is written: 0 and 100 are said of nothing and of everything alone, since "100
 * % absent" is read as nobody (AT14).
 * @param round `Math.floor` where a rule asks for at least so many per cent: what missed it is not written as if it had
 * reached it
 * @returns undefined of nothing at all
 */
export function percentOf(part: number, of: number, round: (n: number) => number = Math.round): number | undefined {
  if (of <= 0) return undefined;
  if (part <= 0) return 0;
  if (part >= of) return 100;
  return Math.min(99, Math.max(1, round((part * 100) / of)));
}

/** A share as it is read: of 1 in 2,376 neither 0 nor 1 would be true (AT14). @returns without the sign; undefined of nothing */
export function percentText(part: number, of: number): string | undefined {
  const percent = percentOf(part, of);
  if (percent === undefined) return undefined;
  if (part > 0 && part * 100 < of) return '<1';
  if (part < of && part * 100 > 99 * of) return '>99';
  return String(percent);
}
