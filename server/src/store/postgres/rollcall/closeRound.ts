import { type EntryKind, type EntryRecord, entryState, type UnitFacts } from '../../../domain/rollcall/entryRules.ts';
import type { Officer, StateCounts } from '../../../domain/rollcall/ports.ts';
import type { RoundFacts } from '../../../domain/rollcall/roundRules.ts';
import { entryStateSchema } from '../../../protocol/rollcall.ts';
import type { Sql } from '../base/Postgres.ts';
import type { Batch } from '../record/sealed.ts';

/** RC3: records the end of a round that runs, with how its units stand. @param by null: the system */
export async function closeRound(sql: Sql, batch: Batch, round: RoundFacts, by: Officer | null): Promise<RoundFacts> {
  const { id } = round;
  const version = round.version + 1;
  const closedAt = batch.now;
  const counts = await count(sql, round);
  const officer = { account: by?.account ?? null, account_name: by?.name ?? null };
  await batch.insert('round_acts', [{ round: id, version, act: 'close', at: closedAt, ...officer, counts }]);
  await sql.query('UPDATE round_states SET version = $2, closed_at = $3 WHERE round = $1', [id, version, closedAt]);
  return { ...round, version, closedAt };
}

async function count(sql: Sql, round: RoundFacts): Promise<StateCounts> {
  const rows = await sql.query<Pick<EntryRecord, 'unit' | 'kind' | 'late' | 'answerer'>>(
    'SELECT unit, kind, late, answerer FROM round_entries WHERE round = $1',
    [round.id],
  );
  const facts = new Map<string, Partial<Record<EntryKind, unknown>>>();
  for (const row of rows) facts.set(row.unit, { ...facts.get(row.unit), [row.kind]: row });
  const counts = Object.fromEntries(entryStateSchema.options.map((state) => [state, 0])) as Record<
    keyof StateCounts,
    number
  >;
  for (const unit of facts.values()) counts[entryState(unit as UnitFacts, round.proof, 'closed')] += 1;
  counts.absent += round.expected - facts.size;
  return counts;
}
