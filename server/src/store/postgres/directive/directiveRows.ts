import type { FollowStatus } from '../../../domain/directive/follow.ts';
import { axisOf, timingOf } from '../../../domain/directive/timing.ts';
import type { Attachment, Directive, Follow } from '../../../protocol/directive.ts';
import type { Sql } from '../base/Postgres.ts';

interface DirectiveRow {
  id: string;
  number: number;
  year: number;
  issuer: string;
  issuer_path: string;
  issuer_name: string;
  by_name: string;
  title: string;
  text: string;
  attachments: Attachment[];
  addressees: number;
  deadline: Date | null;
  issued_at: Date;
  briefing: string | null;
  second: number | null;
  supersedes: string | null;
  selection: string | null;
  end: 'recall' | 'supersede' | null;
  why: string | null;
  successor: string | null;
}

const DIRECTIVES = `SELECT d.id, d.number, d.year, d.issuer, d.issuer_path, d.issuer_name, d.by_name, d.title, d.text, d.attachments, d.addressees,
    d.deadline, d.issued_at, d.briefing, d.second, d.supersedes, d.addressing #>> '{to,selection}' AS selection, e.act AS end, e.why, e.successor
  FROM directives d LEFT JOIN directive_ends e ON e.directive = d.id`;

/** @param rest WHERE and what follows it; `d` the directive, `e` how it ended */
export async function selectDirectives(sql: Sql, rest: string, values: readonly unknown[]): Promise<Directive[]> {
  return (await sql.query<DirectiveRow>(`${DIRECTIVES} ${rest}`, values)).map(toDirective);
}

const states = { recall: 'recalled', supersede: 'superseded' } as const;

function toDirective(row: DirectiveRow): Directive {
  const { id, number, year, title, text, attachments, addressees, briefing, second, supersedes, why } = row;
  return {
    ...{ id, number, year, title, text, attachments, addressees, briefing, second, supersedes, why },
    issuer: { unit: row.issuer, path: row.issuer_path, name: row.issuer_name },
    by: row.by_name,
    deadline: row.deadline?.toISOString() ?? null,
    issuedAt: row.issued_at.toISOString(),
    state: row.end === null ? 'issued' : states[row.end],
    supersededBy: row.successor,
    ...(row.selection !== null && { selection: row.selection }),
  };
}

/** A row of `directive_follows` as `to_jsonb` writes it. */
export interface FollowRow {
  directive: string;
  unit: string;
  path: string;
  absentee: boolean;
  state: FollowStatus['state'];
  delivered_at: string | null;
  read_at: string | null;
  answered_at: string | null;
  done_at: string | null;
  name: string | null;
  words: string | null;
  promised: string | null;
  report: string | null;
  question: string | null;
  reply: string | null;
}

/** What a follow needs beside its own row. */
export interface FollowContext {
  unit_name: string;
  deadline: Date | null;
  end: 'recall' | 'supersede' | null;
  now: Date;
  /** RS3 */
  resubmitted: boolean;
}

/** A follow with its context; `f`, `d`, `e` for conditions. */
export const FOLLOW_COLUMNS = `to_jsonb(f) AS follow, a.name AS unit_name, d.deadline, e.act AS end, clock_timestamp() AS now,
  EXISTS (SELECT FROM resubmissions s WHERE s.about = f.directive AND s.unit = f.unit AND s.fate = 'taken') AS resubmitted`;
export const FOLLOW_TABLES = `directive_follows f JOIN directive_addressees a USING (directive, unit)
  JOIN directives d ON d.id = f.directive LEFT JOIN directive_ends e ON e.directive = f.directive`;

export async function selectFollows(sql: Sql, rest: string, values: readonly unknown[]): Promise<Follow[]> {
  const rows = await sql.query<FollowContext & { follow: FollowRow }>(
    `SELECT ${FOLLOW_COLUMNS} FROM ${FOLLOW_TABLES} ${rest}`,
    values,
  );
  return rows.map(({ follow, ...context }) => toFollow(follow, context));
}

const iso = (time: string | null): string | null => (time === null ? null : new Date(time).toISOString());

export function toFollow(row: FollowRow, context: FollowContext): Follow {
  const { directive, unit, path, state, absentee, name, words, promised, report, question, reply } = row;
  return {
    ...{ directive, unit, path, state, absentee, name, words, promised, report, question, reply },
    unitName: context.unit_name,
    axis: axisOf(state, promised),
    timing: timingOf(
      { state, doneAt: row.done_at === null ? null : Date.parse(row.done_at) },
      {
        deadline: context.deadline?.getTime() ?? null,
        state: context.end === null ? 'issued' : states[context.end],
      },
      context.now.getTime(),
    ),
    deliveredAt: iso(row.delivered_at),
    readAt: iso(row.read_at),
    answeredAt: iso(row.answered_at),
    doneAt: iso(row.done_at),
    ...(context.resubmitted && { resubmitted: true as const }),
  };
}

export const toStatus = (row: FollowRow): FollowStatus => ({
  state: row.state,
  deliveredAt: row.delivered_at,
  readAt: row.read_at,
  answeredAt: row.answered_at,
  doneAt: row.done_at,
  name: row.name,
  words: row.words,
  promised: row.promised,
  report: row.report,
  question: row.question,
  reply: row.reply,
});

export const fromStatus = (row: FollowRow, status: FollowStatus): FollowRow => ({
  ...row,
  state: status.state,
  delivered_at: status.deliveredAt,
  read_at: status.readAt,
  answered_at: status.answeredAt,
  done_at: status.doneAt,
  name: status.name,
  words: status.words,
  promised: status.promised,
  report: status.report,
  question: status.question,
  reply: status.reply,
});
