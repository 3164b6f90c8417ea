import type { AttendanceRow, AttendanceVerdict } from '../../protocol/attendance.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { inLine } from '../../protocol/placeName.ts';
import { verdictOf } from '../attendance/AttendanceService.ts';
import type { Block, MinutesDocument } from './document.ts';
import type { MinutesFacts } from './ports.ts';
import type { Writing } from './writing.ts';

const verdicts = ['present', 'partial', 'excused', 'absent'] as const satisfies readonly AttendanceVerdict[];
/** Whom the annex names, in this order. */
const listed = ['absent', 'excused', 'partial'] as const satisfies readonly AttendanceVerdict[];

/** Who was here, in numbers, and by province where there are some. */
export function attendanceBlocks({ attendance, sheet, clockSteps, session }: MinutesFacts, to: Writing): Block[] {
  const { words } = to;
  const of = attendance.length;
  const counts = countsOf(attendance);
  const table = byPlace(attendance, to);
  return [
    { kind: 'text', text: words.expected(to.number(of), to.length(sheet.liveSeconds)) },
    ...verdicts.map((verdict): Block => {
      const n = counts[verdict];
      return { kind: 'item', text: `- ${words.count(words.verdicts[verdict], to.number(n), to.percent(n, of))}.` };
    }),
    { kind: 'text', text: words.rule(sheet.percent, sheet.lastRound) },
    ...clockSteps.map((step): Block => {
      const seconds = Math.round(Math.abs(step.ms) / 1000);
      return { kind: 'text', text: words.clockStep(to.moment(step.at), step.ms > 0, to.length(seconds)) };
    }),
    ...(session ? [{ kind: 'text', text: words.sessionAttendance } as const] : []),
    ...(table ? [table] : []),
    ...(listed.some((verdict) => counts[verdict] > 0) ? [{ kind: 'text', text: words.listed } as const] : []),
  ];
}

/** MN6: every unit that was not wholly present by name, province by province. */
export function attendanceAnnex({ attendance }: MinutesFacts, to: Writing): MinutesDocument['annex'] {
  const { words } = to;
  const root = rootOf(attendance);
  const body: Block[] = [];
  for (const verdict of listed) {
    const rows = attendance.filter((row) => verdictOf(row) === verdict);
    if (rows.length === 0) continue;
    body.push({ kind: 'heading', text: words.annexGroup(words.verdicts[verdict], to.number(rows.length)) });
    for (const [place, below] of grouped(rows, ({ path }) => placeOf(root, path))) {
      if (place !== root)
        body.push({ kind: 'subheading', text: words.annexPlace(to.name(place), to.number(below.length)) });
      for (const [parent, units] of grouped(below, ({ path }) => parentOf(path))) {
        const label = `${words.annexPlace(to.name(parent), to.number(units.length))}:`;
        const isLabelled = parent !== place;
        const names = units.map(({ name }, i) => (i === 0 && !isLabelled ? name : inLine(name)));
        body.push({ kind: 'text', text: `${names.join(', ')}.`, ...(isLabelled && { label }) });
      }
    }
  }
  return body.length === 0 ? undefined : { title: words.annex, subject: words.annexTitle, body };
}

/** undefined: there is nothing between the territory and its units. */
function byPlace(rows: readonly AttendanceRow[], to: Writing): Block | undefined {
  const { words } = to;
  const root = rootOf(rows);
  const places = grouped(rows, ({ path }) => childOf(root, path));
  if (![...places].some(([place, [first]]) => first?.path !== place)) return undefined;
  return {
    kind: 'table',
    columns: [
      { title: words.place, share: 34 },
      ...[words.invited, ...verdicts.map((verdict) => words.verdicts[verdict])].map((title) => {
        return { title, share: 12, right: true };
      }),
      { title: '%', share: 7, right: true },
    ],
    rows: [...places].map(([place, below]) => {
      const counts = countsOf(below);
      return [
        ...[to.name(place), to.number(below.length)],
        ...verdicts.map((verdict) => to.number(counts[verdict])),
        to.percent(counts.present, below.length),
      ];
    }),
  };
}

function countsOf(rows: readonly AttendanceRow[]): Record<AttendanceVerdict, number> {
  const counts = { present: 0, partial: 0, absent: 0, excused: 0 };
  for (const row of rows) counts[verdictOf(row)] += 1;
  return counts;
}

/** The lowest unit above all of them: of a briefing of one province, its districts are told apart. */
function rootOf(rows: readonly { readonly path: UnitPath }[]): UnitPath {
  const [first, ...others] = rows;
  const root = first ? parentOf(first.path).split('.') : [];
  for (const { path } of others) {
    const steps = path.split('.');
    const differs = root.findIndex((step, i) => step !== steps[i]);
    if (differs >= 0) root.length = differs;
  }
  return root.join('.');
}

const parentOf = (path: UnitPath): UnitPath => path.slice(0, Math.max(0, path.lastIndexOf('.')));
const childOf = (root: UnitPath, path: UnitPath): UnitPath =>
  path
    .split('.')
    .slice(0, root === '' ? 1 : root.split('.').length + 1)
    .join('.');

/** Under which name the annex has it: units directly below the lowest one stand together. */
const placeOf = (root: UnitPath, path: UnitPath): UnitPath => (parentOf(path) === root ? root : childOf(root, path));

function grouped<T>(rows: readonly T[], by: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, by);
}
