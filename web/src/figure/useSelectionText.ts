import type { FigureSelection, Indicator, SelectedUnit, SelectionRule } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { withUnit } from '../i18n/withUnit.ts';
import { useOffice } from '../session/OfficeContext.tsx';
import { countedWhere } from './countedWhere.ts';
import { selectionWords } from './words/selection.vi.ts';

/** How it is said why units were chosen. */
export function useSelectionText({ scale, unit, name }: Pick<Indicator, 'scale' | 'unit' | 'name'>) {
  const { t, steps, day, number, language } = useText(selectionWords);
  const { session } = useOffice();
  const measure = unit[language];
  const value = (one: number | null): string => (one === null ? t.noValue : withUnit(steps(one, scale), measure));
  const rule = (of: SelectionRule): string => {
    if (of.is === 'at-least') return t.atLeast(value(of.value));
    return of.is === 'at-most' ? t.atMost(value(of.value)) : t.rules[of.is];
  };
  // A period that was not over then has told of no later moment than that.
  const until = ({ until: end }: SelectedUnit, { at }: FigureSelection): string | undefined =>
    end === null ? undefined : t.until(day(end < at ? end : at));
  return {
    value,
    rule,
    name: name[language],
    until,
    /** `97% · đúng hạn · số liệu đến 10:00 ngày 26/11/2026` */
    line: (unit: SelectedUnit, selection: FigureSelection): string =>
      [value(unit.value), t.state[unit.state], until(unit, selection)].filter(Boolean).join(' · '),
    /** To one of its units, which is not told how many there are. */
    chosenOne: ({ rule: of, at }: FigureSelection): string => t.chosenOne(name[language], rule(of), day(at)),
    chosen: (selection: FigureSelection): string =>
      t.chosen(
        name[language],
        rule(selection.rule),
        number(selection.units),
        countedWhere(selection, session.account.unit),
        day(selection.at),
      ),
  };
}
