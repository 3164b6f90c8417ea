import { apportion } from './apportion.ts';
import type { Dice } from './Dice.ts';
import { OUTBREAK_DAYS, printedDays } from './outbreakAnchors.ts';

interface OutbreakDay {
  readonly cases: number;
  readonly earlier: number;
  readonly imported: number;
  readonly total: number;
}

/**
 * Every day of August 2021: those that were printed as they were, the others such that all printed totals come out;
 * how a rest is divided among them is invented.
 */
export function outbreakDays(dice: Dice): OutbreakDay[] {
  const cases = printedCases(dice);
  let total = 0;
  return cases.map((each, i) => {
    const printed = printedDays.find(({ day }) => day === i + 1);
    const earlier = printed?.earlier?.cases ?? 0;
    total = i === 0 ? (printed?.total ?? each) : total + each + earlier;
    return { cases: each, earlier, imported: printed?.imported ?? 0, total };
  });
}

/** New cases of each day. */
function printedCases(dice: Dice): number[] {
  const cases = Array.from({ length: OUTBREAK_DAYS }, (_, i) => printedDays.find(({ day }) => day === i + 1)?.cases);
  const totals = printedDays.filter((printed) => printed.total !== undefined);
  for (const [i, to] of totals.entries()) {
    const from = totals[i - 1];
    if (!from) continue;
    const between = printedDays.filter(({ day }) => day > from.day && day <= to.day);
    const known = between.reduce((sum, { cases: own = 0, earlier }) => sum + own + (earlier?.cases ?? 0), 0);
    const open = cases.flatMap((own, day) => (day >= from.day && day < to.day && own === undefined ? [day] : []));
    const weights = open.map((_, nth) => 1 + nth / 60 + dice.next() / 8);
    const shared = apportion((to.total ?? 0) - (from.total ?? 0) - known, weights);
    for (const [nth, day] of open.entries()) cases[day] = shared[nth];
  }
  return cases.map((each) => each ?? 0);
}
