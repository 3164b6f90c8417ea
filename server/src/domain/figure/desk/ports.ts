import type { DoubtReason } from '../../../protocol/figureDoubt.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import type { Observation } from '../facts.ts';
import type { ListPage } from '../listPage.ts';
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

/** FG16: a value that somebody contests, and nobody has answered. */
export interface ContestedValue
  extends Pick<Observation, 'indicator' | 'period' | 'unit' | 'source' | 'revision' | 'value'> {
  /** FG14: it was held, and has been released: it may be rejected yet. */
  readonly held: boolean;
  readonly contest: {
    readonly at: Date;
    /** Account, its name, and its unit then. */
    readonly account: string;
    readonly by: string;
    readonly path: UnitPath;
    readonly reason: string | null;
  };
}

/** Of which values. */
export interface DeskScope {
  /** Of these alone; undefined: of all. */
  readonly units: readonly string[] | undefined;
  /** Of no such indicator. */
  readonly hidden: readonly string[];
}

/** FG17: open contests of one account, when it was at one unit. */
export interface ContestsBy {
  readonly account: string;
  readonly path: UnitPath;
  readonly values: number;
}

export interface FigureDeskStore {
  /** Of each source and indicator. */
  lastWords(): Promise<readonly LastWord[]>;
  /** FG14: the newest first; `count`: of all, wherever the page begins. */
  held(of: DeskScope, page: ListPage): Promise<{ readonly count: number; readonly values: readonly HeldValue[] }>;
  /** FG15: the newest first; `count` and `inAll`: of all batches, and of all that waits in them. */
  heldBatches(
    of: DeskScope,
    most: number,
  ): Promise<{ readonly count: number; readonly inAll: number; readonly batches: readonly HeldBatch[] }>;
  /** The newest contest first; `by`: whose all of them are. */
  contested(
    of: DeskScope,
    page: ListPage,
  ): Promise<{ readonly values: readonly ContestedValue[]; readonly by: readonly ContestsBy[] }>;
}
