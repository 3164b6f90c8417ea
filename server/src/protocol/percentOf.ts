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
