import { useMemo } from 'react';
import { codeOf, type FigureFrame, type Indicator, percentOf, shortName } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { countedIn } from '../standing.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { type MapPlace, stateAt } from './mapPlaces.ts';
import type { TileText } from './TileMap.tsx';
import { useFigureText } from './useFigureText.ts';

/** What stands on tiles, and what is said of a cell. */
export interface TileTexts {
  (place: MapPlace): TileText;
  cell(index: number): string;
}

export function useTileText(
  indicator: Indicator,
  frame: FigureFrame | undefined,
  roster: RosterView,
  view: 'value' | 'coverage',
): TileTexts {
  const { t, number } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how it is written follows from the indicator and the language
  return useMemo(() => {
    const upper = new Map(frame?.upper.map((one) => [one.unit, one]));
    const valueAt = (index: number): number | null => frame?.values[index] ?? null;
    const stateWord = (index: number): string => t.state[frame ? stateAt(frame, index) : 'none'];
    const cell = (index: number): string => {
      const path = frame?.units[index] ?? '';
      const name = roster.byCode.get(codeOf(path))?.name ?? codeOf(path);
      const line = [name, roster.within(path)].filter(Boolean).join(', ');
      return valueAt(index) === null
        ? `${line}: ${stateWord(index)}`
        : t.unitOf(line, text.value(valueAt(index)), stateWord(index));
    };
    const tile = ({ key, path, name, of, cells }: MapPlace): TileText => {
      const only = cells.length === 1 ? (cells[0] as number) : undefined;
      const isUnit = only !== undefined && frame?.units[only] === path;
      const long = of === undefined ? name : t.archipelago(name, of);
      const sea = of === undefined ? {} : { of };
      if (cells.length === 0) return { name: shortName(name), ...sea, value: '', spoken: `${long}: ${t.noReport}` };
      if (isUnit) {
        const value = view === 'value' ? text.bare(valueAt(only)) : t.states[frame ? stateAt(frame, only) : 'none'];
        return { name, ...sea, value, spoken: t.unitOf(long, text.value(valueAt(only)), stateWord(only)) };
      }
      const sum = upper.get(path === undefined ? key : codeOf(path));
      if (!sum) return { name: shortName(name), ...sea, value: '', spoken: long };
      const counted = countedIn(sum.coverage);
      const share = percentOf(counted, sum.coverage.expected);
      const covered = share === undefined ? '–' : `${share}%`;
      return {
        name: shortName(name),
        ...sea,
        value: view === 'coverage' ? covered : text.bare(sum.value),
        spoken: t.tileOf(long, text.value(sum.value), number(counted), number(sum.coverage.expected)),
      };
    };
    return Object.assign(tile, { cell });
  }, [indicator, frame, roster, view, t]);
}
