import type { FigureState, Indicator } from '../api/contract.ts';
import { type Classes, shadeOf } from './classes.ts';

const plain = ['--figure-0', '--figure-1', '--figure-2', '--figure-3', '--figure-4'] as const;
const worse = plain.map((name) => name.replace('figure', 'figure-worse'));

/** The custom properties of the shades: of what may be bad in another colour. */
export const shadesOf = ({ cuts }: Pick<Indicator, 'cuts'>): readonly string[] => (cuts ? worse : plain);

/** Of what has no value. */
export const NO_VALUE = '--line-strong';

/** Of a cell: one without a value, which may be late with it, has no shade of a value. */
export const colourOf = (indicator: Pick<Indicator, 'cuts'>, classes: Classes, value: number | null): string =>
  value === null ? NO_VALUE : (shadesOf(indicator)[shadeOf(classes, value)] ?? plain[0]);

/** By how sure a value is: patterns say the rest. */
export const stateColours: Readonly<Record<FigureState, string>> = {
  fresh: '--success',
  late: '--warning',
  stale: '--warning',
  none: NO_VALUE,
  held: '--ink-soft',
  contested: '--warning',
};
