import type { DirectiveStates, FigureFrame, FigureState, FollowState } from '../../../api/contract.ts';

/** What a map tells apart, those that need somebody last: each addressee is in exactly one. */
export const mapStandings = ['done', 'accepted', 'read', 'waiting', 'question', 'refused', 'recalled'] as const;
export type MapStanding = (typeof mapStandings)[number];

const standingOf: Readonly<Record<FollowState, MapStanding>> = {
  sent: 'waiting',
  delivered: 'waiting',
  read: 'read',
  question: 'question',
  acknowledged: 'accepted',
  'in-progress': 'accepted',
  'recall-refused': 'accepted',
  refused: 'refused',
  done: 'done',
  'recall-asked': 'recalled',
  recalled: 'recalled',
};

/**
 * Each has a pattern of the maps of figures, and a colour: nobody has to tell colours apart. A recall asks all who have not
 * answered (AK12): where somebody is recalled, nobody is waiting, and both are empty.
 */
export const patternOf: Readonly<Record<MapStanding, FigureState>> = {
  done: 'fresh',
  accepted: 'late',
  read: 'stale',
  waiting: 'none',
  question: 'contested',
  refused: 'held',
  recalled: 'none',
};
export const standingColours: Readonly<Record<MapStanding, string>> = {
  done: '--success',
  accepted: '--success',
  read: '--ink-soft',
  waiting: '--line-strong',
  question: '--warning',
  refused: '--danger',
  recalled: '--line-strong',
};
const letters: Readonly<Record<FigureState, string>> = {
  fresh: 'f',
  late: 'l',
  stale: 's',
  none: 'n',
  held: 'h',
  contested: 'c',
};

/** Where addressees stand, as a map draws them. */
export interface DirectiveFrame extends FigureFrame {
  readonly standings: readonly MapStanding[];
  /** Paths of those whose deadline has passed without the work being done. */
  readonly overdue: ReadonlySet<string>;
}

/** @param root code of the territory */
export function frameOf({ at, units }: DirectiveStates, root: string): DirectiveFrame {
  const standings = units.map(([, state]) => standingOf[state]);
  return {
    ...{ indicator: 'directive', period: at, n: 0, root, upper: [], standings },
    units: units.map(([path]) => path),
    values: units.map(() => null),
    states: standings.map((standing) => letters[patternOf[standing]]).join(''),
    overdue: new Set(units.flatMap(([path, , timing]) => (timing === 'overdue' ? [path] : []))),
  };
}

/** Of some addressees, as places in the frame: how many stand where. */
export function sumsOf({ standings, overdue, units }: DirectiveFrame, cells: readonly number[]) {
  const sums = { done: 0, accepted: 0, read: 0, waiting: 0, question: 0, refused: 0, recalled: 0, overdue: 0 };
  for (const cell of cells) {
    sums[standings[cell] ?? 'waiting']++;
    if (overdue.has(units[cell] ?? '')) sums.overdue++;
  }
  return sums;
}
