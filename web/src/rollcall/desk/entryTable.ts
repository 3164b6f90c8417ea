import type { EntryState } from '../../api/contract.ts';
import { fold, matcherOf } from '../../organisation/nameSearch.ts';
import { naturally } from '../../organisation/naturalOrder.ts';
import type { RosterView } from '../../organisation/rosterView.ts';

export interface TableUnit {
  readonly code: string;
  readonly path: string;
  readonly name: string;
  /** `Huyện Định Quán, Đồng Nai` */
  readonly within: string;
  readonly folded: string;
}
/** All asked units, prepared once, so that each filter and each order is one walk over them. */
export interface EntryTable {
  /** In path order. */
  readonly units: readonly TableUnit[];
  /** Their places in the order of Vietnamese names. */
  readonly byName: readonly number[];
}

export const entryFilters = ['missing', 'unconfirmed', 'away', 'late', 'answered', 'excused', 'all'] as const;
export type EntryFilter = (typeof entryFilters)[number];
export const entrySorts = ['place', 'name', 'state'] as const;
export type EntrySort = (typeof entrySorts)[number];

const filters: Readonly<Record<EntryFilter, ReadonlySet<EntryState> | undefined>> = {
  missing: new Set(['called', 'absent']),
  unconfirmed: new Set(['unconfirmed']),
  away: new Set(['away']),
  late: new Set(['late']),
  answered: new Set(['answered', 'late', 'substituted', 'official']),
  excused: new Set(['excused']),
  all: undefined,
};
/** What wants an act comes first. */
const urgency: readonly EntryState[] = [
  'unconfirmed',
  'called',
  'absent',
  'away',
  'late',
  'excused',
  'official',
  'substituted',
  'answered',
];

export function tableOf(codes: readonly string[], roster: RosterView): EntryTable {
  const units = codes.map((code) => {
    const unit = roster.byCode.get(code);
    const name = unit?.name ?? code;
    const path = unit?.path ?? code;
    const within = roster.within(path);
    return { code, path, name, within, folded: fold(`${name} ${within}`) };
  });
  const byName = units.map((_, i) => i);
  byName.sort((a, b) => naturally.compare(units[a]?.name ?? '', units[b]?.name ?? '') || a - b);
  return { units, byName };
}

export interface EntryChoice {
  /** Path of the place whose units are listed. */
  readonly place: string;
  readonly filter: EntryFilter;
  readonly sort: EntrySort;
  readonly query: string;
}

/** @param states in the table's order. @returns places in the table, in the order in which they are shown */
export function rowsOf(table: EntryTable, states: readonly EntryState[], choice: EntryChoice): readonly number[] {
  const { units, byName } = table;
  const allowed = filters[choice.filter];
  const fits = choice.query.trim() ? matcherOf(choice.query) : undefined;
  const below = `${choice.place}.`;
  const isShown = (at: number): boolean => {
    const unit = units[at] as TableUnit;
    const state = states[at] as EntryState;
    return (
      (!allowed || allowed.has(state)) &&
      (unit.path.startsWith(below) || unit.path === choice.place) &&
      (!fits || fits(unit.folded))
    );
  };
  if (choice.sort === 'name') return byName.filter(isShown);
  const inPlace = [...units.keys()].filter(isShown);
  if (choice.sort === 'place') return inPlace;
  return urgency.flatMap((state) => inPlace.filter((at) => states[at] === state));
}
