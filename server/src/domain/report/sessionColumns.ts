import { type Above, minutes, placeColumns } from './columns.ts';
import type { PresenceLine } from './presenceIn.ts';
import type { PersonLine } from './sessionPeople.ts';
import { type Column, numberColumn, textColumn, timeColumn } from './table.ts';
import type { Words } from './words.ts';

/** TR18: one row for each unit and each time that the session was held. */
export function presenceColumns({ unit, sessions: w, yes, no }: Words, above: Above): Column<PresenceLine>[] {
  return [
    numberColumn(w.nr, (r) => r.nr),
    timeColumn(w.from, (r) => r.time.from),
    timeColumn(w.to, (r) => r.time.to),
    textColumn(unit.code, 12, (r) => r.unit),
    textColumn(unit.name, 32, (r) => r.name),
    ...placeColumns(unit, (r: PresenceLine) => above(r.path)),
    textColumn(w.came, 12, (r) => (r.came ? yes : no)),
    timeColumn(w.firstIn, (r) => r.firstIn),
    timeColumn(w.lastOut, (r) => r.lastOut),
    numberColumn(w.minutes, (r) => minutes(r.seconds)),
    numberColumn(w.share, (r) => r.share),
    numberColumn(w.shown, (r) => minutes(r.shownSeconds)),
  ];
}

/** TR18: one row for each time that somebody stood there or looked on. */
export function peopleColumns(
  { unit, sessions: w, yes, no }: Words,
  above: Above,
  name: (code: string) => string,
): Column<PersonLine>[] {
  return [
    textColumn(w.how, 12, (r) => w.ways[r.how]),
    textColumn(w.outside, 12, (r) => (r.outside ? yes : no)),
    textColumn(unit.code, 12, (r) => r.unit),
    textColumn(unit.name, 32, (r) => name(r.unit)),
    ...placeColumns(unit, (r: PersonLine) => above(r.path)),
    textColumn(w.account, 32, (r) => r.account),
    textColumn(w.person, 24, (r) => r.person),
    timeColumn(w.since, (r) => r.from),
    timeColumn(w.until, (r) => r.to),
  ];
}
