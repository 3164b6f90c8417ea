import type { AttendanceRow } from '../../protocol/attendance.ts';
import type { Directive, Follow } from '../../protocol/directive.ts';
import type { Entry, Round } from '../../protocol/rollcall.ts';
import { type Column, date, number, text, time } from './table.ts';
import type { Words } from './words.ts';

/** Names of the units above one, without the root of the tree: `Thành phố Hồ Chí Minh, Quận 1`. */
export type Above = (path: string) => string;

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

const minutes = (seconds: number): number => Math.round(seconds / 6) / 10;

export function attendanceColumns(words: Words, above: Above): Column<AttendanceRow>[] {
  const { unit, attendance: w, yes, no } = words;
  return [
    text(unit.code, 12, (r) => r.unit),
    text(unit.name, 32, (r) => r.name),
    text(unit.above, 32, (r) => above(r.path)),
    text(w.verdict, 16, (r) => w.verdicts[r.correction?.verdict ?? r.measured]),
    time(w.firstIn, (r) => r.firstIn),
    time(w.lastOut, (r) => r.lastOut),
    number(w.minutes, (r) => minutes(r.seconds)),
    number(w.liveMinutes, (r) => minutes(r.liveSeconds)),
    number(w.share, (r) => r.share),
    number(w.quality, (r) => r.quality),
    number(w.devices, (r) => r.devices),
    text(w.answered, 16, (r) => (r.answered === null ? null : r.answered ? yes : no)),
    text(w.measured, 16, (r) => w.verdicts[r.measured]),
    text(w.corrected, 16, (r) => r.correction && w.verdicts[r.correction.verdict]),
    text(w.reason, 32, (r) => r.correction?.reason ?? null),
    text(w.by, 24, (r) => r.correction?.by ?? null),
    time(w.at, (r) => r.correction?.at ?? null),
  ];
}

export function roundColumns({ unit, rounds: w }: Words, above: Above): Column<EntryLine>[] {
  return [
    number(w.nr, ({ round }) => round.nr),
    text(w.question, 32, ({ round }) => round.question),
    time(w.openedAt, ({ round }) => round.openedAt),
    time(w.deadline, ({ round }) => round.deadline),
    text(unit.code, 12, ({ entry }) => entry.unit),
    text(unit.name, 32, ({ unitName }) => unitName),
    text(unit.above, 32, ({ entry }) => above(entry.path)),
    text(w.state, 16, ({ entry }) => w.states[entry.state]),
    time(w.at, ({ entry }) => entry.at),
    text(w.answerer, 20, ({ entry }) => entry.answerer && w.answerers[entry.answerer]),
    text(w.name, 24, ({ entry }) => entry.name),
    text(w.by, 24, ({ entry }) => entry.by),
    text(w.note, 32, ({ entry }) => entry.note),
  ];
}

export function directiveColumns({ unit, directives: w, yes, no }: Words, above: Above): Column<FollowLine>[] {
  return [
    text(w.number, 10, ({ directive }) => `${directive.number}/${directive.year}`),
    text(w.issuer, 24, ({ directive }) => directive.issuer.name),
    text(w.title, 40, ({ directive }) => directive.title),
    time(w.issuedAt, ({ directive }) => directive.issuedAt),
    time(w.deadline, ({ directive }) => directive.deadline),
    text(unit.code, 12, ({ follow }) => follow.unit),
    text(unit.name, 32, ({ follow }) => follow.unitName),
    text(unit.above, 32, ({ follow }) => above(follow.path)),
    text(w.state, 24, ({ follow }) => w.states[follow.state]),
    text(w.axis, 10, ({ follow }) => follow.axis),
    text(w.timing, 12, ({ follow }) => w.timings[follow.timing] || null),
    text(w.absentee, 10, ({ follow }) => (follow.absentee ? yes : no)),
    time(w.deliveredAt, ({ follow }) => follow.deliveredAt),
    time(w.readAt, ({ follow }) => follow.readAt),
    time(w.answeredAt, ({ follow }) => follow.answeredAt),
    time(w.doneAt, ({ follow }) => follow.doneAt),
    text(w.name, 24, ({ follow }) => follow.name),
    text(w.words, 40, ({ follow }) => follow.words),
    date(w.promised, ({ follow }) => follow.promised),
    text(w.report, 40, ({ follow }) => follow.report),
    text(w.question, 40, ({ follow }) => follow.question),
    text(w.reply, 40, ({ follow }) => follow.reply),
  ];
}
