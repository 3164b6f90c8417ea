import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureSelection, SelectedUnit, SelectionRule } from '../../../protocol/figureSelection.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';

/** A selection as it is to be frozen; its time is the store's. */
export interface SelectionDraft {
  readonly key: string;
  /** As it is defined now. */
  readonly indicator: Indicator;
  /** Start, milliseconds since 1970. */
  readonly period: number;
  readonly n: number;
  /** When that N was recorded. */
  readonly nAt: number;
  readonly root: { readonly unit: UnitCode; readonly path: UnitPath; readonly name: string };
  readonly rule: SelectionRule;
  readonly except: readonly UnitCode[];
  readonly by: { readonly account: string; readonly name: string; readonly unit: UnitCode };
  /** On its chain; null: on that of the office. */
  readonly briefing: string | null;
  /** In the order of their paths as text. */
  readonly units: readonly SelectedUnit[];
}

/** By whom a selection was asked for, and what: as it stands under its key. */
export interface FrozenAsk extends Pick<SelectionDraft, 'period' | 'n' | 'rule' | 'except' | 'briefing'> {
  readonly account: string;
  readonly indicator: string;
  readonly root: UnitCode;
}

export interface SelectionStore {
  /**
   * FG29: one transaction. A first one under its key is made while its briefing is open or live.
   * @param decide whether one that stands under this key answers; pure, asked under the lock
   * @throws DomainError `store-unavailable`, `not-found` (briefing), `not-live`, `briefing-closed`, and what `decide` throws
   */
  freeze(draft: SelectionDraft, decide: (first: FrozenAsk) => void): Promise<FigureSelection>;
  find(id: string): Promise<FigureSelection | undefined>;
  /** In which it was made; null: in none, or there is no such selection. */
  briefingOf(id: string): Promise<string | null>;
  /** In path order: those of a territory. */
  units(id: string, territory: UnitPath): Promise<readonly SelectedUnit[]>;
  unit(id: string, unit: UnitCode): Promise<SelectedUnit | undefined>;
  /** FG20: when a batch, or an act on values, first touched one of these indicators after an N; ms since 1970. */
  movedSince(n: number, indicators: readonly string[]): Promise<number | undefined>;
}
