import type { KeptFrame } from './keptFrame.ts';

/** FG50, FG52: frames as they are kept. What cannot be believed is as if it were not there. */
export interface FrameReader {
  /** Of each of these periods the newest at or before an N, where there is one. */
  newest(indicator: string, periods: readonly number[], until: number): Promise<readonly MadeFrame[]>;
  /** Of which of these periods anything was said or done after the N of their frames, and up to another. */
  touched(
    indicator: string,
    frames: readonly Pick<KeptFrame, 'period' | 'n'>[],
    until: number,
  ): Promise<ReadonlySet<number>>;
}

export interface MadeFrame extends KeptFrame {
  /** When, milliseconds since 1970. */
  readonly made: number;
}

/** What was recorded of a period with one N. */
export interface RecordedRows {
  readonly n: number;
  readonly rows: number;
  /** There is a frame as of this N. */
  readonly isFramed: boolean;
}

export interface FrameStore extends FrameReader {
  /** Of a period whose rows are in the table, in the order of N, up to one. */
  recorded(indicator: string, period: number, until: number): Promise<readonly RecordedRows[]>;
  /**
   * FG51: keeps what `make` returns, which one node does at a time: what it has not come to its end with is not there.
   * @returns false: another node is at it, and nothing was made
   */
  keep(make: () => Promise<readonly KeptFrame[]>): Promise<boolean>;
}
