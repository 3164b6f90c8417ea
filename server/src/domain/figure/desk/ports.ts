import type { DoubtReason } from '../../../protocol/figureDoubt.ts';
import type { Observation } from '../facts.ts';
import type { LastWord } from './silentSources.ts';

/** A value that waits to be decided on. */
export interface HeldValue
  extends Pick<Observation, 'indicator' | 'period' | 'unit' | 'source' | 'revision' | 'value' | 'batch'> {
  readonly at: Date;
  /** null: it is not known. */
  readonly reason: DoubtReason | null;
  readonly beside: number | null;
}

/** What still waits of a batch that is held whole. */
export interface HeldBatch {
  readonly batch: number;
  readonly at: Date;
  readonly source: string;
  readonly reason: DoubtReason;
  readonly indicators: readonly string[];
  readonly values: number;
}

export interface FigureDeskStore {
  /** Of each source and indicator. */
  lastWords(): Promise<readonly LastWord[]>;
  /** FG14, FG15: the newest first. @param of.units of these alone; undefined: of all @param of.hidden of no such indicator */
  held(
    of: { readonly units: readonly string[] | undefined; readonly hidden: readonly string[] },
    most: number,
  ): Promise<{ readonly count: number; readonly values: readonly HeldValue[]; readonly batches: readonly HeldBatch[] }>;
}
