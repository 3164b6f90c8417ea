import type { BatchAnswer, BatchAsk, FigureRow, RowError } from '../../protocol/figureBatch.ts';
import type { FigureSource, SourceKind } from '../../protocol/figureDefinition.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import type { ActedValue } from './act/revisions.ts';
import type { FigureDefinitions, Observation } from './facts.ts';
import type { Succession } from './former/formerUnits.ts';
import type { FigureTree } from './placeRows.ts';

export interface BatchToTake extends BatchAsk {
  readonly source: FigureSource;
  /** FG41: of the key by which it came; undefined: from the machine itself. */
  readonly keyHash?: Buffer;
  /** FG70: how it came, where that was not by a key. */
  readonly kind?: SourceKind;
  /** FG40: under which the source was asked; it records nothing when another node asks by now. */
  readonly lease?: string;
  readonly rows: readonly FigureRow[];
  /** FG60: units whose value was held already when it was said; of the kind `asked` these alone. */
  readonly held?: ReadonlySet<UnitCode>;
  /** Rows of the batch that have not even the form of one. */
  readonly unread?: readonly RowError[];
  /** SHA-256 of what was sent, hexadecimal. */
  readonly bodyHash: string;
  /** Who sent it, for the record. */
  readonly by: string;
}

/** Who defines an indicator or a source; account null: the command line. */
export interface FigureBy {
  readonly account: string | null;
  readonly name: string;
}

export interface FigureIntakeStore {
  /** FG4 to FG7: one transaction. @throws DomainError `unauthenticated`, `conflict`, `forbidden`, `store-unavailable` */
  take(batch: BatchToTake, tree: FigureTree): Promise<BatchAnswer>;
  /** FG74: what would become of it, and what it would change of what its source has said. Nothing is recorded. */
  tryOut(
    batch: BatchToTake,
    tree: FigureTree,
  ): Promise<{ readonly answer: BatchAnswer; readonly changed: readonly ChangedValue[] }>;
}

export interface ChangedValue extends Pick<Observation, 'indicator' | 'unit' | 'period' | 'held'> {
  readonly from: number | null;
  readonly to: number | null;
  /** FG18: it was due, so recording it says why. */
  readonly late: boolean;
}

/** What was recorded after an N, without its rows. */
export interface FigureNews {
  readonly n: number;
  /** When it was recorded, by PostgreSQL's clock, in milliseconds. */
  readonly at: number;
  /** Indicator -> starts of its periods. null: a definition was changed. */
  readonly touches: Readonly<Record<string, readonly string[]>> | null;
}

export interface FigureSpan {
  /** Starts of periods, both included. */
  readonly from: number;
  readonly to: number;
  /** Recorded after this N. */
  readonly after?: number;
  /** Recorded up to this N. */
  readonly until: number;
}

/** Who did something to values, when, and why. */
export interface FigureActBy {
  readonly at: Date;
  readonly by: string;
  /** Code of their unit. */
  readonly byUnit: string;
  readonly reason: string | null;
}

/** What nodes read to know how figures stand. */
export interface FigureReader {
  /** The last N. */
  last(): Promise<number>;
  /** When it was recorded, milliseconds since 1970; undefined: there is no such N. */
  timeOf(n: number): Promise<number | undefined>;
  /** All definitions as they stand, and the last N that is in them. */
  load(): Promise<FigureDefinitions & { readonly n: number }>;
  /** FG9: who took the place of units that are closed by today. */
  successions(): Promise<readonly Succession[]>;
  /** In their order. */
  since(n: number): Promise<readonly FigureNews[]>;
  /** The newest periods of an indicator as of an N, the newest first. */
  periods(indicator: string, most: number, until: number): Promise<readonly number[]>;
  /** In the order in which they were recorded. */
  observations(indicator: string, span: FigureSpan): Promise<readonly Observation[]>;
  /** FG14, FG16: what was done to values of an indicator, in its order. @param unit of it alone */
  acts(indicator: string, span: FigureSpan, unit?: string): Promise<readonly (ActedValue & FigureActBy)[]>;
  /** FG21: of one unit in these periods, in their order, recorded up to an N. */
  ofUnit(
    indicator: string,
    unit: string,
    periods: readonly number[],
    until: number,
  ): Promise<readonly (Observation & { readonly at: Date; readonly reason: string | null })[]>;
}
