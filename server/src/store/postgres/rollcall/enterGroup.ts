import type { RecordRow } from '../../../domain/record/seal.ts';
import {
  decideEntry,
  type EntryAsk,
  type EntryRecord,
  NOTHING,
  type UnitFacts,
} from '../../../domain/rollcall/entryRules.ts';
import type { EntryOutcome } from '../../../domain/rollcall/ports.ts';
import { stateAt } from '../../../domain/rollcall/roundRules.ts';
import { JsonText } from '../../../lib/JsonText.ts';
import { refuse } from '../../../protocol/errors.ts';
import { jsonbTime } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';
import { receiptsOf } from '../record/receipts.ts';
import { Batch, chainOfBriefing } from '../record/sealed.ts';
import { holdBriefing, readRounds, toRecord } from './roundRows.ts';

/** What became of an ask, before there is a seal. */
type Decision =
  | { readonly record: EntryRecord; readonly facts: UnitFacts; readonly first: boolean }
  | { readonly error: unknown };

const ENTRIES = 'round_entries';

/**
 * DL7: decides and records a group in one transaction, in the order in which it came; and seals it. In two round trips, since each waits for
 * what the process does for thousands of devices meanwhile.
 */
export async function enterGroup(
  sql: Sql,
  briefing: string,
  asks: readonly EntryAsk[],
): Promise<readonly EntryOutcome[]> {
  // A briefing that has rounds has a chain, so that all of this is read under its lock.
  const [state, batch, rounds, standing] = await Promise.all([
    holdBriefing(sql, briefing),
    Batch.open(sql, chainOfBriefing(briefing)),
    readRounds(sql, [...new Set(asks.map((ask) => ask.round))]),
    readStanding(sql, asks),
  ]);
  const { decisions, fresh, last } = decide(asks, { now: batch.now, over: state === 'closed', rounds, standing });
  const at = jsonbTime(batch.now);
  const [leaves, seal] = await Promise.all([
    batch.append(
      ENTRIES,
      fresh.map((entry) => toRow(entry, at)),
    ),
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

interface Fresh {
  readonly ask: EntryAsk;
  readonly record: EntryRecord;
}

/** What was recorded before. */
interface Old {
  readonly record: EntryRecord;
  readonly row: RecordRow;
}

interface Standing {
  readonly now: Date;
  /** The briefing is over. */
  readonly over: boolean;
  readonly rounds: Awaited<ReturnType<typeof readRounds>>;
  readonly standing: readonly Old[];
}

/** @returns besides what was decided, what is to be recorded, and the number of the last entry of each round that gets more */
function decide(asks: readonly EntryAsk[], { now, over, rounds, standing }: Standing) {
  const open = new Map(
    [...rounds].map(([id, { round, seq }]) => [
      id,
      { round, seq, state: over ? 'closed' : stateAt(round, now), facts: new Map<string, UnitFacts>() },
    ]),
  );
  for (const { record } of standing) add(open.get(record.round)?.facts, record);
  const last = new Map<string, number>();
  const fresh: Fresh[] = [];
  const decisions = asks.map((ask): Decision => {
    const found = open.get(ask.round);
    if (!found) return { error: refuse('not-found', 'there is no such round') };
    const before = found.facts.get(ask.unit) ?? NOTHING;
    try {
      const stands = decideEntry(found.round, found.state, before, ask);
      if (stands) return { record: stands, facts: before, first: false };
    } catch (error) {
      return { error };
    }
    found.seq += 1;
    last.set(ask.round, found.seq);
    const record = toFresh(ask, found.seq, now, found.state === 'due');
    fresh.push({ ask, record });
    return { record, facts: add(found.facts, record), first: true };
  });
  return { decisions, fresh, last };
}

async function countOn(sql: Sql, last: ReadonlyMap<string, number>): Promise<void> {
  if (last.size === 0) return;
  await sql.query(
    'UPDATE round_states s SET seq = m.seq FROM unnest($1::uuid[], $2::int[]) m (round, seq) WHERE s.round = m.round',
    [[...last.keys()], [...last.values()]],
  );
}

/** What was recorded before for the units that a group is about. */
async function readStanding(sql: Sql, asks: readonly EntryAsk[]): Promise<readonly Old[]> {
  const rows = await sql.query<{ row: RecordRow }>(
    `SELECT to_jsonb(e) AS row FROM (SELECT DISTINCT * FROM json_to_recordset($1) a (round uuid, unit text)) a
     JOIN ${ENTRIES} e USING (round, unit)`,
    [JSON.stringify(asks.map(({ round, unit }) => ({ round, unit })))],
  );
  return rows.map(({ row }) => ({ row, record: toRecord(row) }));
}

/** @param all of the round, by unit */
function add(all: Map<string, UnitFacts> | undefined, record: EntryRecord): UnitFacts {
  const after = { ...all?.get(record.unit), [record.kind]: record };
  all?.set(record.unit, after);
  return after;
}

const toFresh = (ask: EntryAsk, seq: number, at: Date, late: boolean): EntryRecord => {
  const { round, unit, kind, key, by, answerer, name, note } = ask;
  return { round, unit, seq, kind, key, at, late, by: by.name, identity: by.identity, answerer, name, note };
};

/** As `to_jsonb` writes it: uuids in small letters. */
const toRow = ({ ask: { by }, record }: Fresh, at: string): RecordRow => ({
  round: record.round,
  unit: record.unit,
  seq: record.seq,
  kind: record.kind,
  key: record.key.toLowerCase(),
  at,
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
async function receiptsOfOld(sql: Sql, decisions: readonly Decision[], standing: readonly Old[]) {
  const repeated = new Set(decisions.map((decision) => 'record' in decision && !decision.first && decision.record));
  const old = standing.filter(({ record }) => repeated.has(record));
  const receipts = await receiptsOf(
    sql,
    ENTRIES,
    old.map(({ row }) => row),
  );
  return new Map(receipts.map((receipt, i) => [(old[i] as Old).record, JsonText.of(receipt)]));
}
