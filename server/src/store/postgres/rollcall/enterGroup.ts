import type { RecordRow } from '../../../domain/record/seal.ts';
import {
  type EntriesDecided,
  type EntriesMoment,
  type EntryDecision,
  recordOf,
} from '../../../domain/rollcall/entryGroup.ts';
import type { EntryAsk, EntryRecord } from '../../../domain/rollcall/entryRules.ts';
import type { EntryOutcome } from '../../../domain/rollcall/ports.ts';
import { JsonText } from '../../../lib/JsonText.ts';
import { jsonbTime } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';
import { receiptsOf } from '../record/receipts.ts';
import { Batch, chainOfBriefing } from '../record/sealed.ts';
import { tryRows } from '../record/tryRows.ts';
import { holdBriefing, RESUBMITTED_AT, readRounds, toRecord } from './roundRows.ts';

export const ENTRIES = 'round_entries';

/**
 * DL7: lets a group be decided, records and seals it in one transaction. In two round trips, since each waits for
 * what the process does for thousands of devices meanwhile.
 */
export async function enterGroup(
  sql: Sql,
  briefing: string,
  asks: readonly EntryAsk[],
  decide: (moment: EntriesMoment) => EntriesDecided,
): Promise<readonly EntryOutcome[]> {
  // A briefing that has rounds has a chain, so that all of this is read under its lock.
  const [state, batch, rounds, standing] = await Promise.all([
    holdBriefing(sql, briefing),
    Batch.open(sql, chainOfBriefing(briefing)),
    readRounds(sql, [...new Set(asks.map((ask) => ask.round))]),
    readStanding(sql, asks),
  ]);
  const records = standing.map(({ record }) => record);
  const { decisions, fresh, last } = decide({ now: batch.now, briefing: state, rounds, standing: records });
  const [leaves, seal] = await Promise.all([
    batch.append(ENTRIES, fresh.map(toRow)),
    batch.close(),
    countOn(sql, last),
  ]);
  const receipts = await receiptsOfOld(sql, decisions, standing);
  for (const [i, { record }] of fresh.entries()) {
    const receipt = seal?.written(leaves[i] as number);
    if (receipt) receipts.set(record, receipt);
  }
  return decisions.map((decision) => {
    if ('error' in decision) return decision;
    const { record, facts, first } = decision;
    const receipt = receipts.get(record);
    if (!receipt) throw new Error(`entry ${record.seq} of round ${record.round} has no seal`);
    return { record, facts, first, receipt };
  });
}

/** DL7: why each of them cannot be a row, in a transaction that leaves nothing. */
export const unwritableEntries = (sql: Sql, asks: readonly EntryAsk[]): Promise<readonly unknown[]> =>
  tryRows(
    sql,
    ENTRIES,
    asks.map((ask) => toRow({ ask, record: recordOf(ask, 1, ask.received, false) })),
  );

/** What was recorded before. */
interface Old {
  readonly record: EntryRecord;
  readonly row: RecordRow;
}

/** Rounds get their last number. */
export async function countOn(sql: Sql, last: ReadonlyMap<string, number>): Promise<void> {
  if (last.size === 0) return;
  await sql.query(
    'UPDATE round_states s SET seq = m.seq FROM unnest($1::uuid[], $2::int[]) m (round, seq) WHERE s.round = m.round',
    [[...last.keys()], [...last.values()]],
  );
}

/** What was recorded before for the units that a group is about. */
export async function readStanding(
  sql: Sql,
  asks: readonly Pick<EntryAsk, 'round' | 'unit'>[],
): Promise<readonly Old[]> {
  const rows = await sql.query<{ row: RecordRow; again: Date | null }>(
    `SELECT to_jsonb(e) AS row, ${RESUBMITTED_AT} AS again FROM (SELECT DISTINCT * FROM json_to_recordset($1) a (round uuid, unit text)) a
     JOIN ${ENTRIES} e USING (round, unit) ORDER BY e.seq`,
    [JSON.stringify(asks.map(({ round, unit }) => ({ round, unit })))],
  );
  return rows.map(({ row, again }) => ({ row, record: toRecord(row, again) }));
}

/** As `to_jsonb` writes it: uuids in small letters. */
const toRow = ({ ask: { by }, record }: EntriesDecided['fresh'][number]): RecordRow => ({
  round: record.round,
  unit: record.unit,
  seq: record.seq,
  kind: record.kind,
  key: record.key.toLowerCase(),
  at: jsonbTime(record.at),
  late: record.late,
  account: by.account,
  account_name: by.name,
  identity: by.identity,
  address: by.address,
  answerer: record.answerer,
  name: record.name,
  note: record.note,
});

/** RC9, DL8: who repeats what stood before gets its receipt, by the seal of then. */
async function receiptsOfOld(sql: Sql, decisions: readonly EntryDecision[], standing: readonly Old[]) {
  const repeated = new Set(decisions.map((decision) => 'record' in decision && !decision.first && decision.record));
  const old = standing.filter(({ record }) => repeated.has(record));
  const receipts = await receiptsOf(
    sql,
    ENTRIES,
    old.map(({ row }) => row),
  );
  return new Map(receipts.map((receipt, i) => [(old[i] as Old).record, JsonText.of(receipt)]));
}
