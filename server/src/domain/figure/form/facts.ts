import type { EnteredValue, FigureEntry, FormTask } from '../../../protocol/figureForm.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import type { Person } from '../../../protocol/person.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { FigureTree } from '../placeRows.ts';

/** What somebody types in for their unit. */
export interface FormAsk extends FigureEntry {
  readonly unit: UnitCode;
  readonly path: UnitPath;
  readonly by: {
    readonly account: string;
    readonly name: string;
    readonly identity: string;
    readonly person: Person | null;
  };
}

/** It as it is on record. */
export interface FormRecord {
  readonly key: string;
  readonly source: string;
  readonly unit: UnitCode;
  readonly n: number | null;
  readonly at: Date;
  readonly said: readonly EnteredValue[];
  readonly reason: string | null;
}

export type FormOutcome =
  | { readonly record: FormRecord; readonly receipt: Receipt; readonly first: boolean }
  | { readonly error: unknown };

type FormTold = NonNullable<FormTask['own']>;

/** What a source said of a unit in a period, with when, and what became of it by acts (FG14, FG16). */
export interface SaidRow {
  readonly revision: number;
  /** It counts neither now nor later. */
  readonly rejected: boolean;
  readonly contested: boolean;
  /** Of whoever contests it; null: nobody does. */
  readonly contester: UnitPath | null;
  /** What was done to it last; null: nothing. */
  readonly act: FormTold['act'];
  readonly indicator: string;
  readonly period: number;
  readonly source: string;
  readonly n: number;
  readonly at: Date;
  readonly value: number | null;
  readonly held: boolean;
}

export interface FormStore {
  /** FG71: one transaction, in the order of the asks, which are of different units and keys. @throws DomainError */
  enter(source: string, asks: readonly FormAsk[], tree: FigureTree): Promise<readonly FormOutcome[]>;
  /** What is on record under a key of that unit. */
  underKey(unit: UnitCode, key: string): Promise<Exclude<FormOutcome, { error: unknown }> | undefined>;
  /** All that was said of a unit in these cells, in the order of becoming visible; and PostgreSQL's clock. */
  saidOf(
    unit: UnitCode,
    cells: readonly { readonly indicator: string; readonly period: number }[],
  ): Promise<{ readonly rows: readonly SaidRow[]; readonly now: number }>;
}
