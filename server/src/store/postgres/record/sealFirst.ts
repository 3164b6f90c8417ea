import type { Sql } from '../base/Postgres.ts';
import { sealAllStates } from '../organisation/peopleStates.ts';
import { refusalsOf } from '../rollcall/refusalsOf.ts';
import { SYSTEM, sealed } from './sealed.ts';

/** AU34, AU35: what versions before these tables left, sealed by the first start that has them. */
export async function sealFirst(sql: Sql): Promise<void> {
  await sealAllStates(sql);
  const closed = await sql.query<{ round: string }>(
    `SELECT DISTINCT a.round FROM public.round_acts a JOIN public.round_refusals f ON f.round = a.round WHERE a.act = 'close'
       AND NOT EXISTS (SELECT FROM public.round_closings c WHERE c.round = a.round) ORDER BY 1`,
  );
  if (closed.length === 0) return;
  await sealed(sql, SYSTEM, async (batch) => {
    for (const { round } of closed)
      await batch.insert('round_closings', [{ round, at: batch.at, ...(await refusalsOf(sql, round)) }]);
  });
}
