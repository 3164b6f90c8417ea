import type { AttendanceVerdict } from '../../protocol/attendance.ts';
import type { CallState } from '../../protocol/floor.ts';
import type { QuestionWords } from './questionWords.ts';
import type { StagedWords, WrittenFigure } from './stagedWords.ts';

/** FG103: what stood before all when something was done. */
interface SeenWords extends WrittenFigure {
  readonly made: string;
}

/** FG59, FG67: whom something went to, by which figure they were chosen, and as of which N. */
interface BasisWords {
  /** As the sentence begins. */
  readonly made: string;
  readonly indicator: string;
  readonly simulated: boolean;
  readonly units: string;
  readonly n: string;
  readonly at: string;
}

export interface MinutesWords {
  readonly file: string;
  readonly rehearsalFile: string;
  readonly nation: readonly [string, string];
  readonly number: string;
  readonly kind: string;
  readonly extractKind: string;
  readonly extract: (name: string) => string;
  readonly rehearsal: string;
  /** TR17: of a session that a unit held for itself. */
  readonly sessionFile: string;
  readonly session: (unit: string, title: string) => string;
  readonly sessionTimes: string;
  readonly sessionAttendance: string;
  readonly sessionNote: string;
  readonly placeAndDate: (day: number, month: number, year: number) => string;
  readonly moment: (hour: string, minute: string, day: number, month: number, year: number) => string;
  readonly labels: { readonly begun: string; readonly place: string; readonly chair: string; readonly clerk: string };
  readonly online: string;
  readonly noChair: string;
  readonly agenda: string;
  readonly agendaItem: (title: string, by: string | undefined, minutes: number | undefined) => string;
  readonly agendaNr: string;
  readonly agendaTitle: string;
  readonly agendaOthers: string;
  readonly attendance: string;
  readonly expected: (n: string, live: string) => string;
  readonly verdicts: Readonly<Record<AttendanceVerdict, string>>;
  readonly count: (word: string, n: string, percent: string) => string;
  readonly rule: (percent: number, lastRound: boolean) => string;
  /** AT18 */
  readonly clockStep: (moment: string, forward: boolean, by: string) => string;
  readonly byPlace: string;
  readonly place: string;
  readonly invited: string;
  readonly listed: string;
  readonly annex: string;
  readonly annexTitle: string;
  readonly annexGroup: (word: string, n: string) => string;
  readonly annexPlace: (name: string, n: string) => string;
  readonly course: string;
  readonly speeches: string;
  readonly speechesNote: string;
  readonly who: string;
  readonly from: string;
  readonly to: string;
  readonly lasted: string;
  readonly none: { readonly speeches: string; readonly calls: string; readonly rounds: string };
  readonly questions: QuestionWords;
  readonly staged: StagedWords;
  readonly calls: string;
  readonly at: string;
  readonly unit: string;
  readonly result: string;
  readonly answeredAfter: (seconds: string) => string;
  readonly call: Readonly<Record<Exclude<CallState, 'accepted' | 'ended' | 'refused'>, string>>;
  readonly refused: (why: string) => string;
  readonly refusals: Readonly<Record<string, string>>;
  readonly rounds: string;
  readonly nr: string;
  readonly question: string;
  readonly asked: string;
  readonly answered: string;
  readonly missing: string;
  /** RC7 */
  readonly unconfirmed: (n: string) => string;
  readonly late: (n: string) => string;
  /** RC11 */
  readonly lateUnproven: (n: string) => string;
  readonly roundDetail: (official: string, excused: string) => string;
  /** RC25: how many, in which round, how many more. */
  readonly away: (n: string) => string;
  readonly awayIn: (nr: number) => string;
  readonly moreAway: (n: string) => string;
  readonly quorum: (met: boolean) => string;
  readonly sum: (said: string, from: string, of: string, held: string) => string;
  readonly noSum: string;
  readonly decimal: string;
  readonly directives: string;
  readonly noDirectives: string;
  readonly directiveNumber: string;
  readonly content: string;
  readonly issuer: string;
  readonly addressees: string;
  readonly deadline: string;
  readonly noDeadline: string;
  readonly ended: { readonly recalled: string; readonly superseded: string };
  /** Of a directive to units that were chosen by a figure, and of a round that asked them. @param made one of the next two */
  readonly basis: (facts: BasisWords) => string;
  readonly seen: (facts: SeenWords) => string;
  readonly directiveSeen: (number: string) => string;
  readonly roundSeen: (nr: number) => string;
  readonly callSeen: (unit: string) => string;
  readonly directiveBasis: (number: string) => string;
  readonly roundBasis: (nr: number) => string;
  readonly value: string;
  readonly upTo: string;
  readonly moreChosen: (n: string) => string;
  readonly moreAsked: (n: string) => string;
  readonly changes: string;
  readonly noChanges: string;
  readonly corrections: (n: string) => string;
  readonly measured: string;
  readonly corrected: string;
  readonly reason: string;
  readonly by: string;
  readonly more: (n: string) => string;
  readonly roundCorrected: (nr: number, n: string) => string;
  readonly roundResubmitted: (nr: number, n: string) => string;
  readonly proof: string;
  readonly sealed: (nr: string, moment: string) => string;
  readonly check: string;
  readonly closed: (moment: string) => string;
  readonly clerk: string;
  readonly chair: string;
  readonly sign: string;
  readonly recipients: string;
  readonly archive: string;
  readonly foot: (nr: string, digits: string) => string;
  readonly length: (minutes: string, seconds: string) => string;
}

/** What is not on record stands open, to be filled in by hand. */
export const OPEN = '……………………';
