import type { AttendanceRow } from '../../protocol/attendance.ts';
import type { Briefing, Language } from '../../protocol/briefing.ts';
import type { Directive } from '../../protocol/directive.ts';
import type { FigureSelection, SelectedUnit } from '../../protocol/figureSelection.ts';
import type { StagedPicture, StageMark } from '../../protocol/figureStage.ts';
import type { Call } from '../../protocol/floor.ts';
import type { RecordHead, Speech } from '../../protocol/minutes.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { Round } from '../../protocol/rollcall.ts';
import type { NumberSum } from '../../protocol/rollcallNumber.ts';
import type { CardShown } from '../floor/airTime.ts';
import type { AskedQuestion } from '../question/ports.ts';
import type { ItemAct, ItemTime } from './itemTimes.ts';
import type { UnitSession } from './sessions.ts';
import type { StageAct } from './speeches.ts';

/** The sheet of attendance, as it was sealed. */
export interface SealedSheet {
  readonly percent: number;
  readonly lastRound: boolean;
  readonly liveSeconds: number;
}

/** PostgreSQL's clock was set. */
export interface ClockStepFact {
  /** What it said last as it went before. */
  readonly at: string;
  /** Above 0: it was set forward. */
  readonly ms: number;
}

export interface MinutesStore {
  /** undefined: nothing was sealed. */
  head(briefing: string): Promise<RecordHead | undefined>;
  /** What moved somebody on or off the stage, in its order. */
  stageActs(briefing: string): Promise<readonly StageAct[]>;
  /** MN4: when a card was shown in place of the stage, and when none was, in its order. */
  cards(briefing: string): Promise<readonly CardShown[]>;
  /** MN11: every choice of the item that runs, in its order. */
  itemActs(briefing: string): Promise<readonly ItemAct[]>;
  /** FG103: by what was done, what of figures all had before them. */
  seen(briefing: string): Promise<ReadonlyMap<string, SeenFact>>;
  /** FG116: what was done with figures on the stage, in its order: at most so many times shown or cleared, and pointed at. */
  staged(briefing: string, most: number): Promise<StagedActs>;
  /** undefined: there is none yet. */
  sheet(briefing: string): Promise<SealedSheet | undefined>;
  /** AT18: how PostgreSQL's clock was set while the doors were open, in that order. */
  clockSteps(briefing: string): Promise<readonly ClockStepFact[]>;
}

/** A unit as minutes name it. */
export interface NamedUnit {
  readonly unit: UnitCode;
  readonly path: UnitPath;
  readonly name: string;
}

/** A unit that reported absent in a roll-call, and why. */
interface AwayFact {
  readonly path: UnitPath;
  readonly name: string;
  readonly reason: string;
}

/** One roll-call, of the units in the territory. */
export interface RoundFact {
  readonly round: Round;
  readonly asked: number;
  readonly answered: number;
  readonly late: number;
  /** Written down by an official. */
  readonly official: number;
  readonly excused: number;
  /** RC7: answered, and confirmed by nobody. */
  readonly unconfirmed: number;
  /** RC25: units that reported absent, with their reasons, in path order. */
  readonly away: readonly AwayFact[];
  readonly absent: number;
  /** undefined: it had no such rule. */
  readonly quorum: boolean | undefined;
  /** FG32: the sum of the number that it asked for; undefined: it asked for none. */
  readonly sum?: NumberSum | undefined;
  readonly basis?: Basis;
  /** Units whose answer is a correction, and whose answer was sent again after a restore. */
  readonly corrected: number;
  readonly resubmitted: number;
}

export interface DirectiveFact {
  readonly directive: Directive;
  /** Addressees in the territory. */
  readonly addressees: number;
  readonly basis?: Basis;
}

/** FG59, FG67: the selection that something was made from, with its units in the territory, the worst first. */
export interface Basis {
  readonly selection: FigureSelection;
  readonly units: readonly SelectedUnit[];
}

/** FG103: what of figures all had before them, as it is on record. */
export interface SeenFact {
  readonly sha256: string;
  readonly picture: Pick<StagedPicture, 'indicator' | 'rootName' | 'period' | 'at' | 'value' | 'coverage' | 'oldest'>;
}

/** FG116: what was done with figures on the stage. */
export interface StagedActFact {
  readonly at: string;
  /** Of the briefing since it is live; null: it was not, or a version did it that did not know. */
  readonly second: number | null;
  readonly act: 'show' | 'mark' | 'clear';
  /** null: nothing is pointed at any more; of what is shown or cleared, nothing is. */
  readonly mark: StageMark | null;
  /** What all saw; null: of a mark, and where nobody could tell any more. */
  readonly seen: SeenFact | null;
}

export interface StagedActs {
  readonly acts: readonly StagedActFact[];
  /** How many are not among them. */
  readonly more: number;
}

/** MN3: all that minutes say, and nothing else. */
export interface MinutesFacts {
  readonly briefing: Briefing;
  readonly language: Language;
  /** MN5: undefined: all of the briefing. */
  readonly extract: NamedUnit | undefined;
  /** TR17: they are of this session of a unit; undefined: of the briefing. */
  readonly session?: UnitSession | undefined;
  readonly sheet: SealedSheet;
  readonly clockSteps: readonly ClockStepFact[];
  /** In path order. */
  readonly attendance: readonly AttendanceRow[];
  /** MN11: the agenda as it ran. */
  readonly items: readonly ItemTime[];
  readonly speeches: readonly Speech[];
  /** MN12: of the territory, in the order of asking, without those that were taken back. */
  readonly questions: readonly AskedQuestion[];
  readonly rounds: readonly RoundFact[];
  readonly calls: readonly Call[];
  readonly directives: readonly DirectiveFact[];
  /** By id of a call, a round or a directive. */
  readonly seen?: ReadonlyMap<string, SeenFact>;
  /** Left out: nothing was on the stage, or they are of a session. */
  readonly staged?: StagedActs;
  /** MN7 */
  readonly seal: RecordHead;
  /** Names of what stands above units. */
  readonly nameOf: (code: UnitCode) => string;
}
