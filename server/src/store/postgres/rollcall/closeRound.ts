import { finalCounts } from '../../../domain/rollcall/ending.ts';
import type { EntryRecord } from '../../../domain/rollcall/entryRules.ts';
import type { Officer } from '../../../domain/rollcall/ports.ts';
import { notBefore, type RoundFacts } from '../../../domain/rollcall/roundRules.ts';
import type { Sql } from '../base/Postgres.ts';
import type { Batch } from '../record/sealed.ts';
import { refusalsOf } from './refusalsOf.ts';

/** RC3: records the end of a round that runs, with how its units stand. @param by null: the system */
export async function closeRound(sql: Sql, batch: Batch, round: RoundFacts, by: Officer | null): Promise<RoundFacts> {
  const { id } = round;
  const version = round.version + 1;
  const closedAt = notBefore(round, batch.now);
  const entries = await sql.query<Pick<EntryRecord, 'unit' | 'kind' | 'late' | 'answerer'>>(
    'SELECT unit, kind, late, answerer FROM round_entries WHERE round = $1 ORDER BY seq',
    [id],
  );
  const counts = finalCounts(round, entries);
  const officer = { account: by?.account ?? null, account_name: by?.name ?? null };
  await batch.insert('round_acts', [{ round: id, version, act: 'close', at: closedAt, ...officer, counts }]);
  await batch.insert('round_closings', [{ round: id, at: closedAt, ...(await refusalsOf(sql, id)) }]);
  await sql.query('UPDATE round_states SET version = $2, closed_at = $3 WHERE round = $1', [id, version, closedAt]);
  return { ...round, version, closedAt };
}
