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
const NUMBERS = 'round_number_answers';

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
  const numbered = fresh.flatMap(({ record }) => (record.number ? [{ ...record, number: record.number }] : []));
  const [leaves, numberLeaves, seal] = await Promise.all([
    batch.append(ENTRIES, fresh.map(toRow)),
    batch.append(NUMBERS, numbered.map(toNumberRow)),
    batch.close(),
    countOn(sql, last),
  ]);
  const { receipts, numbers } = await receiptsOfOld(sql, decisions, standing);
  for (const [i, { record }] of fresh.entries()) {
    const receipt = seal?.written(leaves[i] as number);
    if (receipt) receipts.set(record, receipt);
  }
  for (const [i, { round, seq }] of numbered.entries()) {
    const receipt = seal?.written(numberLeaves[i] as number);
    if (receipt) numbers.set(placeOf({ round, seq }), receipt);
  }
  return decisions.map((decision) => {
    if ('error' in decision) return decision;
    const { record, facts, first } = decision;
    const receipt = receipts.get(record);
    if (!receipt) throw new Error(`entry ${record.seq} of round ${record.round} has no seal`);
    const numberReceipt = numbers.get(placeOf(record));
    return { record, facts, first, receipt, ...(numberReceipt && { numberReceipt }) };
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
  /** The number that came with it. */
  readonly number: RecordRow | null;
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
  const rows = await sql.query<{ row: RecordRow; number: RecordRow | null; again: Date | null }>(
    `SELECT to_jsonb(e) AS row, to_jsonb(n) AS number, ${RESUBMITTED_AT} AS again FROM (SELECT DISTINCT * FROM json_to_recordset($1) a (round uuid, unit text)) a
     JOIN ${ENTRIES} e USING (round, unit) LEFT JOIN ${NUMBERS} n ON n.round = e.round AND n.seq = e.seq ORDER BY e.seq`,
    [JSON.stringify(asks.map(({ round, unit }) => ({ round, unit })))],
  );
  return rows.map(({ row, number, again }) => ({ row, number, record: toRecord(row, again, number) }));
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

const toNumberRow = ({
  round,
  seq,
  unit,
  number,
}: Pick<EntryRecord, 'round' | 'seq' | 'unit'> & { number: NonNullable<EntryRecord['number']> }): RecordRow => ({
  ...{ round, seq, unit, value: number.value, held: number.held },
});

const placeOf = ({ round, seq }: Pick<EntryRecord, 'round' | 'seq'>): string => `${round} ${seq}`;

/** RC9, DL8: who repeats what stood before gets its receipt, by the seal of then. */
async function receiptsOfOld(sql: Sql, decisions: readonly EntryDecision[], standing: readonly Old[]) {
  const repeated = new Set(decisions.map((decision) => 'record' in decision && !decision.first && decision.record));
  const old = standing.filter(({ record }) => repeated.has(record));
  const receipts = await receiptsOf(
    sql,
    ENTRIES,
    old.map(({ row }) => row),
  );
  const numbered = old.flatMap(({ record, number }) => (number ? [{ record, number }] : []));
  const ofNumbers = await receiptsOf(
    sql,
    NUMBERS,
    numbered.map(({ number }) => number),
  );
  return {
    receipts: new Map(receipts.map((receipt, i) => [(old[i] as Old).record, JsonText.of(receipt)])),
    numbers: new Map(
      ofNumbers.map((receipt, i) => [placeOf(numbered[i]?.record as EntryRecord), JsonText.of(receipt)]),
    ),
  };
}
