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
import { refuse } from '../../protocol/errors.ts';
import type { Sql } from './Postgres.ts';
import { receiptsOf } from './receipts.ts';
import { holdBriefing, readRounds, toRecord } from './roundRows.ts';
import { type Batch, chainOfBriefing, type Sealed, sealed } from './sealed.ts';

/** What became of an ask, before there is a seal. */
type Decision =
  | { readonly record: EntryRecord; readonly facts: UnitFacts; readonly first: boolean }
  | { readonly error: unknown };

const slot = (at: { readonly round: string; readonly unit: string }) => `${at.round} ${at.unit}`;
const place = (record: EntryRecord) => `${record.round} ${record.seq}`;

/** DL7: decides and records a group in one transaction, in the order in which it came; and seals it. */
export async function enterGroup(
  sql: Sql,
  briefing: string,
  asks: readonly EntryAsk[],
): Promise<readonly EntryOutcome[]> {
  const over = (await holdBriefing(sql, briefing)) === 'closed';
  const { result, sealed: seal } = await sealed(sql, chainOfBriefing(briefing), (batch) =>
    record(sql, batch, asks, over),
  );
  const receipts = await receiptsFor(sql, result, seal);
  return result.decisions.map((decision) =>
    'error' in decision ? decision : { ...decision, receipt: receipts(decision.record) },
  );
}

interface Recorded {
  readonly decisions: readonly Decision[];
  /** Rows that stood before, by place. */
  readonly old: ReadonlyMap<string, RecordRow>;
  /** Leaves of what was recorded now, by place. */
  readonly leaves: ReadonlyMap<string, number>;
}

async function record(sql: Sql, batch: Batch, asks: readonly EntryAsk[], over: boolean): Promise<Recorded> {
  const rounds = await readRounds(sql, [...new Set(asks.map((ask) => ask.round))]);
  const standing = await readStanding(sql, asks);
  const facts = new Map<string, UnitFacts>();
  for (const row of standing) add(facts, toRecord(row));
  const last = new Map([...rounds].map(([id, { seq }]) => [id, seq]));
  const fresh: { readonly ask: EntryAsk; readonly record: EntryRecord }[] = [];

  const decide = (ask: EntryAsk): Decision => {
    const found = rounds.get(ask.round);
    if (!found) return { error: refuse('not-found', 'there is no such round') };
    const state = over ? 'closed' : stateAt(found.round, batch.now);
    const before = facts.get(slot(ask)) ?? NOTHING;
    try {
      const stands = decideEntry(found.round, state, before, ask);
      if (stands) return { record: stands, facts: before, first: false };
    } catch (error) {
      return { error };
    }
    const seq = (last.get(ask.round) ?? 0) + 1;
    last.set(ask.round, seq);
    const made = toFresh(ask, seq, batch.now, state === 'due');
    fresh.push({ ask, record: made });
    return { record: made, facts: add(facts, made), first: true };
  };
  const decisions = asks.map(decide);

  const leaves = await batch.insert('round_entries', fresh.map(toRow));
  const moved = [...last].filter(([id, seq]) => seq > (rounds.get(id)?.seq ?? 0));
  if (moved.length > 0)
    await sql.query(
      'UPDATE round_states s SET seq = m.seq FROM unnest($1::uuid[], $2::int[]) m (round, seq) WHERE s.round = m.round',
      [moved.map(([id]) => id), moved.map(([, seq]) => seq)],
    );
  return {
    decisions,
    old: new Map(standing.map((row) => [place(toRecord(row)), row])),
    leaves: new Map(fresh.map(({ record }, i) => [place(record), leaves[i] as number])),
  };
}

/** What was recorded before for the units that a group is about. */
async function readStanding(sql: Sql, asks: readonly EntryAsk[]): Promise<readonly RecordRow[]> {
  const rows = await sql.query<{ row: RecordRow }>(
    `SELECT to_jsonb(e) AS row FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) a (round, unit)) a
     JOIN round_entries e USING (round, unit)`,
    [asks.map((ask) => ask.round), asks.map((ask) => ask.unit)],
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

const toRow = ({ ask, record }: { readonly ask: EntryAsk; readonly record: EntryRecord }) => {
  const { by: account_name, ...row } = record;
  return { ...row, account: ask.by.account, account_name, address: ask.by.address };
};

/** Of what was recorded now, by the seal that was made; of what stood before, by the seals of then (RC9, DL8). */
async function receiptsFor(sql: Sql, { decisions, old, leaves }: Recorded, seal: Sealed | undefined) {
  const repeated = new Set(
    decisions.flatMap((decision) => ('record' in decision && !decision.first ? [place(decision.record)] : [])),
  );
  const places = [...repeated].filter((at) => old.has(at));
  const rows = places.map((at) => old.get(at) as RecordRow);
  const receipts = await receiptsOf(sql, 'round_entries', rows);
  const before = new Map(places.map((at, i) => [at, receipts[i]]));
  return (record: EntryRecord) => {
    const at = place(record);
    const leaf = leaves.get(at);
    const receipt = leaf === undefined ? before.get(at) : seal?.receipt(leaf);
    if (!receipt) throw new Error(`entry ${at} has no seal`);
    return receipt;
  };
}
