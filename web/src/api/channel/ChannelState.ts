import type { ApiError } from '../ApiError.ts';
import type {
  AirTime,
  Briefing,
  Call,
  Entry,
  Floor,
  Notice,
  NumberSum,
  PresenceCount,
  Programme,
  Round,
  Slides,
  StagedFigures,
} from '../contract.ts';
import { noQuestions, type Questions } from './questions.ts';
import type { RoundFigures } from './rounds.ts';

/** What the server has told this device. */
export interface ChannelState {
  readonly link: 'connecting' | 'online' | 'reconnecting' | 'refused';
  readonly briefing: Briefing;
  /** `seq` -1: not told yet. */
  readonly floor: Floor;
  /** Identities of raised hands whose device is not connected, told to officials. (FL58) */
  readonly handsAway: ReadonlySet<string>;
  /** FL20: how long it has been on air; undefined: not told yet. */
  readonly air: AirTime | undefined;
  /** What all see of the stage; `seq` -1: not told yet. */
  readonly programme: Programme;
  /** Whom the automatic choice shows large. */
  readonly speaker: string | null;
  /** Counts by unit, with the time they are from. */
  readonly presence: ReadonlyMap<string, PresenceCount>;
  readonly presenceAt: string | undefined;
  /** The call that rings on this device now. */
  readonly ring: Call | undefined;
  /** The last call that ended, for those who see calls. */
  readonly lastCall: Call | undefined;
  /** Grows with all that is told of calls that rang. */
  readonly callNews: number;
  /** The last device of the territory that sent more than the media server allows. */
  readonly excess: Notice<'seat.excess'> | undefined;
  /** Rounds that concern this device, by number. */
  readonly rounds: readonly Round[];
  /** Entries of the device's own unit, by round. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** For officials, by round. */
  readonly figures: ReadonlyMap<string, RoundFigures>;
  /** FG32: to officials, of rounds that ask for a number: by round and unit. */
  readonly sums: ReadonlyMap<string, ReadonlyMap<string, NumberSum>>;
  readonly questions: Questions;
  /** Slides on the stage; undefined: there were none since this device came. */
  readonly slides: Slides | undefined;
  /** Figures on the stage; undefined: there were none since this device came. */
  readonly staged: StagedFigures | undefined;
  /** Grows with each prompt: the first, and each time that those who have not answered are asked again. */
  readonly prompts: number;
  readonly farewell: Notice<'farewell'>['reason'] | undefined;
  readonly refusal: ApiError | undefined;
  /** Server's clock minus ours, in milliseconds. */
  readonly clockOffset: number;
}

/** Before anything is told. */
export const firstState = (briefing: Briefing): ChannelState => ({
  link: 'connecting',
  briefing,
  floor: { briefing: briefing.id, seq: -1, speakers: [], hands: [], calls: [] },
  handsAway: new Set(),
  air: undefined,
  programme: { briefing: briefing.id, seq: -1, layout: { kind: 'auto' }, content: null, item: null, at: null },
  speaker: null,
  presence: new Map(),
  presenceAt: undefined,
  ring: undefined,
  lastCall: undefined,
  callNews: 0,
  excess: undefined,
  rounds: [],
  entries: new Map(),
  figures: new Map(),
  sums: new Map(),
  questions: noQuestions,
  slides: undefined,
  staged: undefined,
  prompts: 0,
  farewell: undefined,
  refusal: undefined,
  clockOffset: 0,
});
