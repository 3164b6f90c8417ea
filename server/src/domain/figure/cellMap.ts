import type { Observation } from './facts.ts';

type Cell = Pick<Observation, 'indicator' | 'period' | 'unit'>;

interface CellMap<T> {
  get(cell: Cell): T | undefined;
  set(cell: Cell, value: T): void;
}

/** Something of each cell. Rows that follow each other are mostly of one indicator and period, which is found once. */
export function cellMap<T>(): CellMap<T> {
  const all = new Map<string, Map<number, Map<string, T>>>();
  let of: { readonly indicator: string; readonly period: number; readonly units: Map<string, T> } | undefined;
  const unitsOf = ({ indicator, period }: Cell): Map<string, T> => {
    if (of?.period === period && of.indicator === indicator) return of.units;
    const periods = all.get(indicator) ?? new Map<number, Map<string, T>>();
    all.set(indicator, periods);
    const units = periods.get(period) ?? new Map<string, T>();
    periods.set(period, units);
    of = { indicator, period, units };
    return units;
  };
  return {
    get: (cell) => unitsOf(cell).get(cell.unit),
    set: (cell, value) => void unitsOf(cell).set(cell.unit, value),
  };
}
