import { codeOf } from '../api/contract.ts';
import type { StagedCommunes } from './stagedCommunes.ts';
import type { StagedText } from './stagedText.ts';
import type { ShownFigures } from './useStaged.ts';

/** The unit that is pointed at with its value, in words; empty where none is. Pure. */
export function pointedAt(
  { picture, mark }: Pick<ShownFigures, 'picture' | 'mark'>,
  text: StagedText,
  communes: StagedCommunes | undefined,
): string {
  if (mark?.kind !== 'unit') return '';
  const i = picture.units.findIndex(([code]) => code === mark.unit);
  const one = picture.units[i];
  if (one)
    return text.t.pointed(
      `${picture.names[i]}`,
      `${text.value(one[1])} · ${text.share({ unit: one, isLowest: false })}`,
    );
  const cell = communes?.units.findIndex((path) => codeOf(path) === mark.unit) ?? -1;
  if (cell >= 0) return text.t.pointed(communes?.names[cell] ?? '', text.value(communes?.values[cell] ?? null));
  return codeOf(picture.root) === mark.unit ? text.t.pointed(picture.rootName, text.value(picture.value)) : '';
}
