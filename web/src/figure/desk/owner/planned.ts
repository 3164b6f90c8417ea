import { MOST_BATCH_ERRORS, type RowError, type UploadPlan } from '../../../api/contract.ts';

/** FG6: whether more than half of a file is refused: then nothing of it is looked at further. */
export const isRefusedWhole = ({ fresh, changed, unchanged, refused }: Omit<UploadPlan, 'moves' | 'errors'>): boolean =>
  fresh + changed + unchanged === 0 && refused > 0;

/** How many errors there are: of a file that is refused whole its good rows are counted as refused, and are none. */
export const errorsOf = ({ errors, refused }: Pick<UploadPlan, 'errors' | 'refused'>): number =>
  errors.length < MOST_BATCH_ERRORS ? errors.length : refused;

/** A wrong unit or period is one cell of a wide file, and concerns all values beside it. */
export const eachOnce = (errors: readonly RowError[]): readonly RowError[] => [
  ...new Map(
    errors.map((one) => [[one.row, one.header ?? one.column, one.value, one.say.vi].join('\n'), one]),
  ).values(),
];
