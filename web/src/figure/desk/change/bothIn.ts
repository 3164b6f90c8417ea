import type { FigureFrame, Indicator } from '../../../api/contract.ts';

type Upper = NonNullable<FigureFrame['against']>['upper'][number];

/**
 * FG97: over how many units a change above others is summed up; undefined: nobody has said, or it was announced (FG126), of which
 * no unit is told. Pure.
 */
export const bothIn = ({ up }: Pick<Indicator, 'up'>, upper: Pick<Upper, 'both'> | undefined): number | undefined =>
  up === 'none' ? undefined : upper?.both;
