import type { BatchAnswer, BatchAsk, FigureRow, FigureSource, RowError } from '../../protocol/figure.ts';
import type { FigureDefinitions, Observation } from './facts.ts';
import type { FigureTree } from './placeRows.ts';

export interface BatchToTake extends BatchAsk {
  readonly source: FigureSource;
  readonly rows: readonly FigureRow[];
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
  /** FG4 to FG7: one transaction. @throws DomainError `conflict`, `forbidden`, `store-unavailable` */
  take(batch: BatchToTake, tree: FigureTree): Promise<BatchAnswer>;
}

/** What other nodes may ask for: how far figures have come, what they are, and what was recorded. */
export interface FigureReader {
  /** The last N, and when that was. */
  mark(): Promise<{ readonly n: number; readonly at: number }>;
  /** All definitions, and the last N that is in them. */
  load(): Promise<FigureDefinitions & { readonly n: number }>;
  /** FG19: of one indicator, the cells of these periods as of an N, in the order in which they were recorded. */
  observations(
    indicator: string,
    span: { readonly from: number; readonly to: number; readonly after?: number; readonly until: number },
  ): Promise<readonly Observation[]>;
}
