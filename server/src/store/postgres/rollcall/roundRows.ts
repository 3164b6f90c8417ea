import type { RecordRow } from '../../../domain/record/seal.ts';
import type { EntryKind, EntryRecord } from '../../../domain/rollcall/entryRules.ts';
import type { AskedUnit, WholeRound } from '../../../domain/rollcall/ports.ts';
import type { RoundFacts } from '../../../domain/rollcall/roundRules.ts';
import type { BriefingState } from '../../../protocol/briefing.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Answerer, Proof } from '../../../protocol/rollcall.ts';
import type { AskedNumber } from '../../../protocol/rollcallNumber.ts';
import type { Sql } from '../base/Postgres.ts';

interface RoundRow {
  id: string;
  briefing: string;
  nr: number;
  question: string;
  scope: string[];
  expected: number;
  at: Date;
  deadline: Date;
  late_until: Date;
  closed_at: Date | null;
  due_at: Date | null;
  reprompt_seconds: number | null;
  answerers: Answerer[];
  proof: Proof;
  challenge: string | null;
  quorum_tier: string | null;
  quorum_percent: number | null;
  quorum_units: string[] | null;
  reopens: string | null;
  account_name: string;
  version: number;
  seq: number;
  number: AskedNumber | null;
  selection: string | null;
}

const ROUND = `SELECT r.id, r.briefing, r.nr, r.question, r.scope, r.expected, r.at, r.reprompt_seconds, r.answerers, r.proof, r.challenge,
  r.quorum_tier, r.quorum_percent, r.quorum_units, r.reopens, r.account_name, s.version, s.deadline, s.late_until, s.closed_at, s.seq, d.at AS due_at,
  CASE WHEN n.round IS NOT NULL THEN json_build_object('label', n.label, 'unit', n.unit, 'scale', n.scale, 'min', n.min, 'max', n.max,
    'soft', CASE WHEN n.soft_min IS NOT NULL THEN json_build_array(n.soft_min, n.soft_max) END, 'indicator', n.indicator) END AS number, f.selection
  FROM rounds r JOIN round_states s ON s.round = r.id LEFT JOIN round_dues d ON (d.round, d.version) = (s.round, s.version) LEFT JOIN round_numbers n ON n.round = r.id
  LEFT JOIN round_selections f ON f.round = r.id`;

function toRound(row: RoundRow): RoundFacts {
  const { quorum_tier: tier, quorum_percent: percent, quorum_units: units } = row;
  return {
    id: row.id,
    briefing: row.briefing,
    nr: row.nr,
    question: row.question,
    scope: row.scope,
    expected: row.expected,
    openedAt: row.at,
    deadline: row.deadline,
    lateUntil: row.late_until,
    closedAt: row.closed_at,
    ...(row.due_at && { dueAt: row.due_at }),
    repromptSeconds: row.reprompt_seconds,
    answerers: row.answerers,
    proof: row.proof,
    challenge: row.challenge,
    quorum: tier !== null && percent !== null && units !== null ? { tier, percent, units } : null,
    reopens: row.reopens,
    by: row.account_name,
    version: row.version,
    ...(row.number && { number: row.number }),
    ...(row.selection && { selection: row.selection }),
  };
}

/** Rounds with the number of their last entry. */
export async function readRounds(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly round: RoundFacts; readonly seq: number }>> {
  const rows = await sql.query<RoundRow>(`${ROUND} WHERE r.id = ANY ($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.id, { round: toRound(row), seq: row.seq }]));
}

/** The round that was opened with that key. */
export async function roundByKey(sql: Sql, briefing: string, key: string): Promise<RoundFacts | undefined> {
  const [row] = await sql.query<RoundRow>(`${ROUND} WHERE r.briefing = $1 AND r.key = $2`, [briefing, key]);
  return row && toRound(row);
}

/** By `unit`. */
export const readUnits = (sql: Sql, round: string): Promise<readonly AskedUnit[]> =>
  sql.query('SELECT unit, path FROM round_asked WHERE round = $1 ORDER BY unit', [round]);

/** RS3: when an entry `e` was sent again, after a restore had lost it. */
export const RESUBMITTED_AT = `(SELECT s.at FROM resubmissions s WHERE s.about = e.round AND s.unit = e.unit AND s.key = e.key AND s.fate = 'taken')`;

const ENTRY = `SELECT e.round, e.seq, e.unit, e.kind, e.key, e.at, e.late, e.account, e.account_name AS by, e.identity, e.answerer, e.name, e.note,
  s.at AS "resubmittedAt", n.value::float8, n.held FROM round_entries e
  LEFT JOIN round_number_answers n ON n.round = e.round AND n.seq = e.seq
  LEFT JOIN resubmissions s ON s.about = e.round AND s.unit = e.unit AND s.key = e.key AND s.fate = 'taken'`;

/** Entries after `seq`, in order. */
export const readEntries = async (sql: Sql, round: string, seq: number): Promise<readonly EntryRecord[]> =>
  (
    await sql.query<EntryRecord & { resubmittedAt: Date | null; value: number | null; held: boolean }>(
      `${ENTRY} WHERE e.round = $1 AND e.seq > $2 ORDER BY e.seq`,
      [round, seq],
    )
  ).map(({ resubmittedAt, value, held, ...record }) => ({
    ...record,
    ...(value !== null && { number: { value, held } }),
    ...(resubmittedAt && { resubmittedAt }),
  }));

export async function readWhole(sql: Sql, round: RoundFacts): Promise<WholeRound> {
  const units = await readUnits(sql, round.id);
  return { round, units, entries: await readEntries(sql, round.id, 0) };
}

/** A record as `to_jsonb` writes it. @param number likewise, what came with it */
export function toRecord(row: RecordRow, resubmittedAt?: Date | null, number?: RecordRow | null): EntryRecord {
  const text = (column: string) => row[column] as string;
  return {
    round: text('round'),
    unit: text('unit'),
    seq: row.seq as number,
    kind: text('kind') as EntryKind,
    key: text('key'),
    at: new Date(text('at')),
    late: row.late as boolean,
    account: text('account'),
    by: text('account_name'),
    identity: text('identity'),
    answerer: row.answerer as Answerer | null,
    name: row.name as string | null,
    note: row.note as string | null,
    ...(number && { number: { value: Number(number.value), held: number.held === true } }),
    ...(resubmittedAt && { resubmittedAt }),
  };
}

/** Its state stays as it is until COMMIT. @throws DomainError `not-found` */
export async function holdBriefing(sql: Sql, briefing: string): Promise<BriefingState> {
  const [row] = await sql.query<{ state: BriefingState }>('SELECT state FROM briefings WHERE id = $1 FOR SHARE', [
    briefing,
  ]);
  if (!row) throw refuse('not-found', 'there is no such briefing');
  return row.state;
}
