import type { RecordRow } from '../../domain/audit/seal.ts';
import {
  decideEntry,
  type EntryAsk,
  type EntryRecord,
  NOTHING,
  type UnitFacts,
} from '../../domain/rollcall/entryRules.ts';
import type { EntryOutcome } from '../../domain/rollcall/ports.ts';
import { stateAt } from '../../domain/rollcall/roundRules.ts';
import { JsonText } from '../../lib/JsonText.ts';
import type { Receipt } from '../../protocol/audit.ts';
import { refuse } from '../../protocol/errors.ts';
import { jsonbTime } from './columns.ts';
import type { Sql } from './Postgres.ts';
import { receiptsOf } from './receipts.ts';
import { holdBriefing, readRounds, toRecord } from './roundRows.ts';
import { Batch, chainOfBriefing } from './sealed.ts';

/** What became of an ask, before there is a seal. */
type Decision =
  | { readonly record: EntryRecord; readonly facts: UnitFacts; readonly first: boolean }
  | { readonly error: unknown };

const slot = (at: { readonly round: string; readonly unit: string }) => `${at.round} ${at.unit}`;
const place = (record: EntryRecord) => `${record.round} ${record.seq}`;

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
  const receipts = await receiptsFor(sql, {
    decisions,
    old: new Map(standing.map((row) => [place(toRecord(row)), row])),
    made: new Map(fresh.map(({ record }, i) => [place(record), seal?.written(leaves[i] as number)])),
  });
  return decisions.map((decision) =>
    'error' in decision ? decision : { ...decision, receipt: receipts(decision.record) },
  );
}

interface Fresh {
  readonly ask: EntryAsk;
  readonly record: EntryRecord;
}

interface Standing {
  readonly now: Date;
  /** The briefing is over. */
  readonly over: boolean;
  readonly rounds: Awaited<ReturnType<typeof readRounds>>;
  readonly standing: readonly RecordRow[];
}

/** @returns besides what was decided, what is to be recorded, and the number of the last entry of each round that gets more */
function decide(asks: readonly EntryAsk[], { now, over, rounds, standing }: Standing) {
  const facts = new Map<string, UnitFacts>();
  for (const row of standing) add(facts, toRecord(row));
  const last = new Map<string, number>();
  const fresh: Fresh[] = [];
  const decisions = asks.map((ask): Decision => {
    const found = rounds.get(ask.round);
    if (!found) return { error: refuse('not-found', 'there is no such round') };
    const state = over ? 'closed' : stateAt(found.round, now);
    const before = facts.get(slot(ask)) ?? NOTHING;
    try {
      const stands = decideEntry(found.round, state, before, ask);
      if (stands) return { record: stands, facts: before, first: false };
    } catch (error) {
      return { error };
    }
    const seq = (last.get(ask.round) ?? found.seq) + 1;
    last.set(ask.round, seq);
    const record = toFresh(ask, seq, now, state === 'due');
    fresh.push({ ask, record });
    return { record, facts: add(facts, record), first: true };
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
async function readStanding(sql: Sql, asks: readonly EntryAsk[]): Promise<readonly RecordRow[]> {
  const rows = await sql.query<{ row: RecordRow }>(
    `SELECT to_jsonb(e) AS row FROM (SELECT DISTINCT * FROM json_to_recordset($1) a (round uuid, unit text)) a
     JOIN ${ENTRIES} e USING (round, unit)`,
    [JSON.stringify(asks.map(({ round, unit }) => ({ round, unit })))],
  );
  return rows.map(({ row }) => row);
}

function add(facts: Map<string, UnitFacts>, record: EntryRecord): UnitFacts {
  const after = { ...facts.get(slot(record)), [record.kind]: record };
  facts.set(slot(record), after);
  return after;
}

const toFresh = (ask: EntryAsk, seq: number, at: Date, late: boolean): EntryRecord => {
  const { round, unit, kind, key, by, answerer, name, note } = ask;
  return { round, unit, seq, kind, key, at, late, by: by.name, identity: by.identity, answerer, name, note };
};

/** As `to_jsonb` writes it: uuids in small letters. */
const toRow = ({ ask, record }: Fresh, at: string): RecordRow => {
  const { by: account_name, key, ...row } = record;
  return { ...row, key: key.toLowerCase(), at, account: ask.by.account, account_name, address: ask.by.address };
};

interface Recorded {
  readonly decisions: readonly Decision[];
  /** Rows that stood before, by place. */
  readonly old: ReadonlyMap<string, RecordRow>;
  /** Receipts of what was recorded now, by place. */
  readonly made: ReadonlyMap<string, JsonText<Receipt> | undefined>;
}

/** Of what was recorded now, by the seal that was made; of what stood before, by the seals of then (RC9, DL8). */
async function receiptsFor(sql: Sql, { decisions, old, made }: Recorded) {
  const repeated = new Set(
    decisions.flatMap((decision) => ('record' in decision && !decision.first ? [place(decision.record)] : [])),
  );
  const places = [...repeated].filter((at) => old.has(at));
  const rows = places.map((at) => old.get(at) as RecordRow);
  const receipts = await receiptsOf(sql, ENTRIES, rows);
  const before = new Map(receipts.map((receipt, i) => [places[i], JsonText.of(receipt)]));
  return (record: EntryRecord) => {
    const at = place(record);
    const receipt = made.get(at) ?? before.get(at);
    if (!receipt) throw new Error(`entry ${at} has no seal`);
    return receipt;
  };
}
