import type { BriefingState } from '../../../protocol/briefing.ts';
import type { StageDepth, StageMark, StageView } from '../../../protocol/figureStage.ts';
import type { Programme } from '../../../protocol/programme.ts';
import type { Placing } from '../../programme/ports.ts';

/** What is on the stage, by name. */
export interface StageWhat {
  readonly indicator: string;
  /** FG75: each with its period; left out: none. */
  readonly beside?: readonly { readonly indicator: string; readonly period: string }[];
  /** Code of a unit. */
  readonly root: string;
  readonly depth: StageDepth;
  readonly view: StageView;
  /** ISO 8601. */
  readonly period: string;
  /** As of here it was put there. */
  readonly n: number;
  readonly mark: StageMark | null;
}

/** The figures on the stage of a briefing, as the store holds them. */
export interface FigureStage {
  readonly briefing: string;
  readonly version: number;
  /** null: none are. */
  readonly what: StageWhat | null;
  /** SHA-256 of what was put there; null where nothing is. */
  readonly content: string | null;
}

/** FG65: what all see at a show or a clear, as it goes on record. */
export interface KeptContent {
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** What a decision knows, under the lock of the chain. */
export interface StageMoment {
  readonly stage: FigureStage;
  readonly briefing: {
    readonly state: BriefingState;
    readonly stage: string;
    readonly producers: readonly string[];
  };
}

/** An act, as it goes on record. */
export interface StageStep {
  readonly act: 'show' | 'mark' | 'clear';
  /** What is on the stage from then on. */
  readonly what: StageWhat | null;
  /** As of here it was shown, or shown last. */
  readonly n: number;
  readonly content: KeptContent | null;
}

/** How far the figures on the stage of a briefing have come. */
export interface FigureStageMark {
  readonly briefing: string;
  readonly version: number;
}

/** Who acts; null: the system itself. */
export type StageBy = { readonly account: string; readonly name: string } | null;

export interface FigureStageAct {
  readonly briefing: string;
  readonly by: StageBy;
  /** undefined: it stands so already. */
  readonly decide: (moment: StageMoment) => StageStep | undefined;
  /** FG102; left out: it stays as it is. */
  readonly beside?: Placing;
}

export interface FigureStageStore {
  /**
   * One act in one transaction: locks the chain of the briefing, asks `decide`, which is pure, and appends what it says
   * under the next version, nothing when it says undefined; and so with what is shown beside people.
   * @returns how both stand afterwards, the programme where it was asked for
   * @throws DomainError `not-found` (no such briefing), `not-live`, `briefing-closed`, `store-unavailable`
   */
  change(act: FigureStageAct): Promise<{ readonly stage: FigureStage; readonly programme: Programme | undefined }>;
  read(briefing: string): Promise<FigureStage>;
  content(sha256: string): Promise<Buffer | undefined>;
  /** Of briefings that are open or live. */
  running(): Promise<readonly FigureStageMark[]>;
  /** FG28: briefings that are over, with figures on their stage. @param ms closed so lately; undefined: whenever */
  left(ms?: number): Promise<readonly string[]>;
}
