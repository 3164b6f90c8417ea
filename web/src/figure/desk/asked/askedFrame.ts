import {
  type AskedNumber,
  codeOf,
  type FigureFrame,
  type Indicator,
  type NumberSum,
  type SaidNumbers,
  within,
} from '../../../api/contract.ts';
import { patched } from '../patched.ts';
import { ASKED } from '../stateWords.ts';

/** What a round asks for, as maps and tables know an indicator. */
export const indicatorOf = ({ label, unit, scale }: AskedNumber): Indicator => ({
  ...{ code: ASKED, name: { vi: label, en: label }, unit: { vi: unit, en: unit }, scale, kind: 'stock', every: 'once' },
  ...{ up: 'sum', dueSeconds: 0, staleSeconds: 0, mayStage: false, simulated: false, version: 1 },
});

/**
 * What each unit has said, as a frame without sums: the first answer is whole, what follows has what changed since.
 * @param root code and opening of the round, which tell one frame from another
 */
export function takeNumbers(
  before: FigureFrame | undefined,
  told: SaidNumbers,
  about: { readonly root: string; readonly period: string; readonly pathOf: (code: string) => string | undefined },
): FigureFrame {
  const values = told.units.map(([, value]) => value);
  const states = told.units.map(([, , state]) => state).join('');
  const { root, period, pathOf } = about;
  if (before) {
    const units = told.units.map(([unit]) => unit);
    const next = patched(before, [{ indicator: ASKED, period, units, values, states }], told.seq);
    return units.length === 0 ? { ...before, n: told.seq } : next;
  }
  const units = told.units.map(([unit]) => pathOf(unit) ?? `${root}.${unit}`);
  return { indicator: ASKED, period, n: told.seq, root, units, values, states, upper: [] };
}

/** Classes of colours are made anew when four times as many have said a number: else they stay, as on every map. */
export function stageOf({ values }: Pick<FigureFrame, 'values'>): number {
  const said = values.reduce<number>((sum, value) => sum + (value === null ? 0 : 1), 0);
  return said === 0 ? 0 : 1 + Math.floor(Math.log2(said) / 2);
}

/** FG31: what is held is in no sum of a round, unlike that of figures, where the last good value stands for it. */
export const summed = ({ coverage, ...sum }: NumberSum): NumberSum => ({
  ...sum,
  coverage: { ...coverage, held: 0, none: coverage.none + coverage.held },
});

/** Units of a place that are in no sum yet, as places in the frame. */
export const missingIn = ({ units, states }: FigureFrame, place: string): readonly number[] =>
  [...units.keys()].filter((i) => (states[i] === 'n' || states[i] === 'h') && within(units[i] ?? '', place));

/** Of a place: what of it is in the sum. */
export const sumAt = ({ upper }: FigureFrame, place: string): NumberSum | undefined =>
  upper.find(({ unit }) => unit === codeOf(place));
