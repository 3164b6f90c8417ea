import type { AttendanceRow, AttendanceVerdict } from '../../protocol/attendance.ts';
import type { Directive, Follow } from '../../protocol/directive.ts';
import { issuerOf } from '../../protocol/issuerOf.ts';
import type { Entry, Round } from '../../protocol/rollcall.ts';
import type { Course } from '../attendance/AttendanceService.ts';
import { entryStateOf } from '../rollcall/told.ts';
import { type Column, dateColumn, numberColumn, textColumn, timeColumn } from './table.ts';
import type { Words } from './words.ts';

/** Names of the units above one, from the highest on, without the root of the tree: `Thành phố Hồ Chí Minh`, `Quận 1`. */
export type Above = (path: string) => readonly string[];

/** A row of RP8: what the API answers, and what it belongs to. */
export interface EntryLine {
  readonly round: Round;
  readonly entry: Entry;
  readonly unitName: string;
}

export interface FollowLine {
  readonly directive: Directive;
  readonly follow: Follow;
}

/** A column for each tier, so that a table can be sorted and filtered by both; a unit right below the root has neither. */
export const placeColumns = <R>(
  { province, district }: Words['unit'],
  above: (row: R) => readonly string[],
): Column<R>[] => [
  textColumn(province, 28, (row) => above(row)[0] ?? null),
  textColumn(district, 28, (row) => above(row).slice(1).join(', ') || null),
];

export const minutes = (seconds: number): number => Math.round(seconds / 6) / 10;

/** @param course AT9: where there is no verdict, the columns of verdicts say who came */
export function attendanceColumns(words: Words, above: Above, course: Course): Column<AttendanceRow>[] {
  const { unit, attendance: w, yes, no } = words;
  const verdictOf = (verdict: AttendanceVerdict, row: AttendanceRow): string => {
    if (course === 'live' || verdict === 'excused') return w.verdicts[verdict];
    return w.without[course][row.firstIn === null ? 'never' : 'came'];
  };
  return [
    textColumn(unit.code, 12, (r) => r.unit),
    textColumn(unit.name, 32, (r) => r.name),
    ...placeColumns(unit, (r: AttendanceRow) => above(r.path)),
    textColumn(w.verdict, 16, (r) => (r.correction ? w.verdicts[r.correction.verdict] : verdictOf(r.measured, r))),
    timeColumn(w.firstIn, (r) => r.firstIn),
    timeColumn(w.lastOut, (r) => r.lastOut),
    numberColumn(w.minutes, (r) => minutes(r.seconds)),
    numberColumn(w.liveMinutes, (r) => minutes(r.liveSeconds)),
    numberColumn(w.share, (r) => r.share),
    numberColumn(w.quality, (r) => r.quality),
    numberColumn(w.devices, (r) => r.devices),
    textColumn(w.answered, 16, (r) => (r.answered === null ? null : r.answered ? yes : no)),
    textColumn(w.measured, 16, (r) => verdictOf(r.measured, r)),
    textColumn(w.corrected, 16, (r) => r.correction && w.verdicts[r.correction.verdict]),
    textColumn(w.reason, 32, (r) => r.correction?.reason ?? null),
    textColumn(w.by, 24, (r) => r.correction?.by ?? null),
    timeColumn(w.at, (r) => r.correction?.at ?? null),
  ];
}

export function roundColumns({ unit, rounds: w, yes }: Words, above: Above): Column<EntryLine>[] {
  return [
    numberColumn(w.nr, ({ round }) => round.nr),
    textColumn(w.question, 32, ({ round }) => round.question),
    timeColumn(w.openedAt, ({ round }) => round.openedAt),
    timeColumn(w.deadline, ({ round }) => round.deadline),
    textColumn(unit.code, 12, ({ entry }) => entry.unit),
    textColumn(unit.name, 32, ({ unitName }) => unitName),
    ...placeColumns(unit, ({ entry }: EntryLine) => above(entry.path)),
    textColumn(w.state, 24, (line) => standingOf(line, w)),
    timeColumn(w.at, ({ entry }) => entry.at),
    textColumn(w.answerer, 20, ({ entry }) => entry.answerer && w.answerers[entry.answerer]),
    textColumn(w.name, 24, ({ entry }) => entry.name),
    textColumn(w.by, 24, ({ entry }) => entry.by),
    textColumn(w.note, 32, ({ entry }) => entry.note),
    textColumn(w.asked, 24, ({ round }) => round.number?.label ?? null),
    numberColumn(w.number, ({ round, entry }) =>
      round.number && entry.number ? entry.number.value / 10 ** round.number.scale : null,
    ),
    textColumn(w.unit, 12, ({ round }) => round.number?.unit ?? null),
    textColumn(w.held, 12, ({ entry }) => (entry.number?.held ? yes : null)),
    textColumn(w.changed, 32, ({ entry }) => entry.number?.changed?.why ?? null),
    timeColumn(w.resubmitted, ({ entry }) => entry.resubmittedAt ?? null),
  ];
}

/** RC11: a late answer says that nothing proves it, wherever digits were asked for. */
function standingOf({ round, entry }: EntryLine, { states, unproven }: Words['rounds']): string {
  const state = entryStateOf(entry);
  return state === 'late' && round.proof === 'challenge' ? unproven : states[state];
}

export function directiveColumns({ unit, directives: w, yes, no }: Words, above: Above): Column<FollowLine>[] {
  return [
    textColumn(w.number, 10, ({ directive }) => `${directive.number}/${directive.year}`),
    textColumn(w.issuer, 24, ({ directive }) => issuerOf(directive)),
    textColumn(w.title, 40, ({ directive }) => directive.title),
    timeColumn(w.issuedAt, ({ directive }) => directive.issuedAt),
    timeColumn(w.deadline, ({ directive }) => directive.deadline),
    textColumn(unit.code, 12, ({ follow }) => follow.unit),
    textColumn(unit.name, 32, ({ follow }) => follow.unitName),
    ...placeColumns(unit, ({ follow }: FollowLine) => above(follow.path)),
    textColumn(w.state, 24, ({ follow }) => w.states[follow.state]),
    textColumn(w.axis, 10, ({ follow }) => follow.axis),
    textColumn(w.timing, 12, ({ follow }) => w.timings[follow.timing] || null),
    textColumn(w.absentee, 10, ({ follow }) => (follow.absentee ? yes : no)),
    timeColumn(w.deliveredAt, ({ follow }) => follow.deliveredAt),
    timeColumn(w.readAt, ({ follow }) => follow.readAt),
    timeColumn(w.answeredAt, ({ follow }) => follow.answeredAt),
    timeColumn(w.doneAt, ({ follow }) => follow.doneAt),
    textColumn(w.name, 24, ({ follow }) => follow.name),
    textColumn(w.words, 40, ({ follow }) => follow.words),
    dateColumn(w.promised, ({ follow }) => follow.promised),
    textColumn(w.report, 40, ({ follow }) => follow.report),
    textColumn(w.question, 40, ({ follow }) => follow.question),
    textColumn(w.reply, 40, ({ follow }) => follow.reply),
    textColumn(w.resubmitted, 16, ({ follow }) => (follow.resubmitted ? yes : null)),
  ];
}
