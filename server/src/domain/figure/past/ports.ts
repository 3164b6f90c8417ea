import type { FigureStop } from '../../../protocol/figurePast.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';

/** What is on record of a moment, before it is known who may see it. */
export type RecordedStop = Omit<FigureStop, 'at'> & {
  readonly at: Date;
  /** Of a call or a briefing. */
  readonly briefing: string | null;
  /** Where it stands: the unit of a call, the scope of a briefing. */
  readonly paths: readonly UnitPath[];
  /** Code of the source of a batch. */
  readonly source: string | null;
};

export interface StopsAsk {
  /** Codes of indicators: batches that said nothing of them are no stops. */
  readonly indicators: readonly string[];
  /** Directives of this office alone. */
  readonly office: UnitCode;
  readonly from: Date;
  readonly to: Date;
  readonly most: number;
}

/** What was said of a unit last. */
export interface LastSaid {
  readonly unit: UnitCode;
  readonly at: Date;
  readonly source: string;
  readonly reason: string | null;
}

export interface PastReader {
  /** FG80: the last N up to the end of a millisecond, and its time; undefined: there was none. */
  lastAt(moment: Date): Promise<{ readonly n: number; readonly at: Date } | undefined>;
  /** The newest first. */
  stops(ask: StopsAsk): Promise<readonly RecordedStop[]>;
  /** Of these units, between two N, the first not included. */
  lastSaid(
    indicators: readonly string[],
    span: { readonly from: number; readonly to: number; readonly after: number; readonly until: number },
    units: readonly UnitCode[],
  ): Promise<readonly LastSaid[]>;
}
