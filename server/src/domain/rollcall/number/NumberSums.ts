import type { FigureState } from '../../../protocol/figure.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import type { GivenNumber, NumberSum } from '../../../protocol/rollcallNumber.ts';
import { type Counts, CountTree } from '../../organisation/CountTree.ts';

/** One unit's part in the sums above it. */
export interface NumberPart {
  readonly state: FigureState;
  /** FG3: null is missing, and never zero. */
  readonly value: number | null;
}

export const NO_NUMBER: NumberPart = { state: 'none', value: null };

/** FG31: of an entry. What is held stands on record, and is in no sum. @param late RC7: it came after the deadline */
export function numberPart(number: GivenNumber | undefined, late: boolean): NumberPart {
  if (!number) return NO_NUMBER;
  return { value: number.value, state: number.held ? 'held' : late ? 'late' : 'fresh' };
}

const KEYS = ['value', 'fresh', 'late', 'stale', 'none', 'held', 'contested'] as const;
type Key = (typeof KEYS)[number];

/**
 * FG32: the sums of a round, over every unit above those that it asks, in the tree that was frozen with it. Values are
 * whole steps, so that sums are exact in whatever order they come; a change costs as many steps as the tree is deep.
 */
export class NumberSums {
  readonly #tree: CountTree<Key>;

  constructor(paths: Iterable<UnitPath>) {
    this.#tree = new CountTree(KEYS, paths, 'none');
  }

  /** The unit at `path` has another number than before. */
  change(path: UnitPath, before: NumberPart, after: NumberPart): void {
    if (before.state === after.state && before.value === after.value) return;
    const added: Partial<Record<Key, number>> = { value: counted(after) - counted(before) };
    if (before.state !== after.state) {
      added[before.state] = -1;
      added[after.state] = 1;
    }
    this.#tree.add(path, added);
  }

  /** Of a territory, and of all units in it above the asked ones, in path order (RC15). */
  rows(territory: UnitPath): NumberSum[] {
    return this.#tree.rowsAbove(territory).map(sumOf);
  }

  /** Those that changed since the last call, by watched territory. */
  takeChanged(watched: ReadonlySet<UnitPath>): ReadonlyMap<UnitPath, readonly NumberSum[]> {
    return new Map([...this.#tree.takeChangedAbove(watched)].map(([path, rows]) => [path, rows.map(sumOf)]));
  }
}

const counted = ({ state, value }: NumberPart): number => (state === 'held' ? 0 : (value ?? 0));

function sumOf({ unit, value, ...coverage }: Counts<Key>): NumberSum {
  return { unit, value: coverage.fresh + coverage.late > 0 ? value : null, coverage };
}
