import type { RowError } from '../../../protocol/figureBatch.ts';
import type { DecidedAct, OpenValue, OwnedSource, StagedFigure } from '../../../protocol/figureOwned.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import type { ListPage } from '../listPage.ts';

export type BatchOfSource = OwnedSource['batches'][number] & { readonly source: string };
/** As it is on record, without what the tree says of its unit; who contests it is of the unit of this code. */
export type OpenRow = Omit<OpenValue, 'path' | 'name' | 'within' | 'say'>;
export type DecidedRow = Omit<DecidedAct, 'name' | 'within'>;
export type StagedRow = StagedFigure & { readonly root: UnitCode; readonly briefing: string };

/** What whoever answers for figures reads of them. */
export interface FigureOwnerStore {
  /** Of each source the newest batches that speak of one of these indicators, the newest first. */
  batches(sources: readonly string[], indicators: readonly string[], most: number): Promise<readonly BatchOfSource[]>;
  /**
   * Values that are held, or contested by somebody, and nobody has decided on; the newest first. `count`: of all, wherever the
   * page begins. @param units left out: all
   */
  open(
    indicators: readonly string[],
    units: readonly string[] | undefined,
    page: ListPage,
  ): Promise<{ readonly count: number; readonly rows: readonly OpenRow[] }>;
  /** FG14, FG16: what was decided on values of theirs, the newest first. @param units left out: all */
  decided(
    indicators: readonly string[],
    units: readonly string[] | undefined,
    most: number,
  ): Promise<readonly DecidedRow[]>;
  /** The newest first, but for rehearsals. @param roots of which they were figures; left out: all */
  staged(
    indicators: readonly string[],
    roots: readonly string[] | undefined,
    most: number,
  ): Promise<readonly StagedRow[]>;
  /** FG6: what is kept of a batch. */
  errors(n: number): Promise<{ readonly source: string; readonly errors: readonly RowError[] } | undefined>;
}
