import { useMemo } from 'react';
import {
  codeOf,
  countedIn,
  type FigureFrame,
  type Indicator,
  percentText,
  shortName,
  toldAs,
} from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { bothIn } from './change/bothIn.ts';
import type { MapJoins, MapView } from './mapJoins.ts';
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
  view: MapView,
  { change, present }: MapJoins = {},
): TileTexts {
  const { t, number } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how it is written follows from the indicator and the language
  return useMemo(() => {
    const upper = new Map(frame?.upper.map((one) => [one.unit, one]));
    const valueAt = (index: number): number | null => frame?.values[index] ?? null;
    const stateWord = (index: number): string => text.state[frame ? stateAt(frame, index) : 'none'];
    const against = new Map(change?.frame.against?.upper.map((one) => [one.unit, one]));
    const shown = view === 'change' ? change : undefined;
    const changeWord = (value: number | null, before: number | null): string => {
      const moved = text.moved({ value, former: before });
      return moved && shown ? `${moved} ${shown.than}` : t.changes.unknown.toLowerCase();
    };
    const bareChange = (value: number | null, before: number | null): string =>
      value === null || before === null ? t.unknownChange : text.signed(value - before);
    const beforeAt = (index: number): number | null => shown?.frame.against?.values[index] ?? null;
    const hereWord = (path: string): string | undefined => present && (present.has(path) ? t.here : t.away);
    const said = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(', ');
    const ofUnit = (name: string, index: number): string => {
      const path = frame?.units[index] ?? '';
      if (shown)
        return said(
          t.changeOf(name, text.value(valueAt(index)), changeWord(valueAt(index), beforeAt(index))),
          hereWord(path),
        );
      const told =
        valueAt(index) === null
          ? `${name}: ${stateWord(index)}`
          : t.unitOf(name, text.value(valueAt(index)), stateWord(index));
      return said(told, hereWord(path));
    };
    const cell = (index: number): string => {
      const path = frame?.units[index] ?? '';
      const name = roster.byCode.get(codeOf(path))?.name ?? codeOf(path);
      return ofUnit([name, roster.within(path)].filter(Boolean).join(', '), index);
    };
    const tile = ({ key, path, name, of, cells }: MapPlace): TileText => {
      const only = cells.length === 1 ? (cells[0] as number) : undefined;
      const isUnit = only !== undefined && frame?.units[only] === path;
      const long = of === undefined ? name : t.archipelago(name, of);
      const sea = of === undefined ? {} : { of };
      if (cells.length === 0) return { name: shortName(name), ...sea, value: '', spoken: `${long}: ${t.noReport}` };
      if (isUnit) {
        const value = {
          value: () => text.bare(valueAt(only)),
          coverage: () => text.states[frame ? stateAt(frame, only) : 'none'],
          change: () => bareChange(valueAt(only), beforeAt(only)),
        }[view]();
        return { name, ...sea, value, spoken: ofUnit(long, only) };
      }
      const sum = upper.get(path === undefined ? key : codeOf(path));
      if (!sum) return { name: shortName(name), ...sea, value: '', spoken: long };
      const { value, coverage } = sum;
      const counted = countedIn(coverage);
      const share = percentText(counted, coverage.expected);
      const isOfNobody = toldAs({ up: indicator.up, value, counted, expected: coverage.expected }) !== 'units';
      const covered = share === undefined ? '–' : `${share}%`;
      const expected = number(coverage.expected);
      const here = present && cells.reduce((all, at) => all + Number(present.has(frame?.units[at] ?? '')), 0);
      const ofHere = here === undefined ? {} : { here: here / cells.length };
      const hereOf = here === undefined ? undefined : t.hereOf(number(here), number(cells.length));
      if (shown) {
        const { now = null, before = null } = against.get(sum.unit) ?? {};
        const both = bothIn(indicator, against.get(sum.unit));
        const ofBoth = both === undefined ? undefined : t.both(number(both), expected);
        const told = t.changeOf(long, text.value(value), changeWord(now, before));
        return {
          ...{ name: shortName(name), ...sea, ...ofHere, value: bareChange(now, before) },
          spoken: said(told, isOfNobody ? text.coverage(sum) : ofBoth, hereOf),
        };
      }
      const told = isOfNobody
        ? t.unitOf(long, text.value(value), text.coverage(sum))
        : t.tileOf(long, text.value(value), number(counted), expected);
      return {
        name: shortName(name),
        ...{ ...sea, ...ofHere },
        value: view === 'coverage' ? (isOfNobody ? '–' : covered) : text.bare(value),
        spoken: said(told, hereOf),
      };
    };
    return Object.assign(tile, { cell });
  }, [indicator, frame, roster, view, change, present, t]);
}
