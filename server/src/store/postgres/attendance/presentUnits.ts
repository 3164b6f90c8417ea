import { GONE_AFTER_SECONDS } from '../../../domain/directive/limits.ts';
import type { Sql } from '../base/Postgres.ts';
import { SINCE_BEAT } from '../clock/PgClockSteps.ts';

/** Units with a device in the briefing, on any node, by the record of attendance: it is about a second behind. */
export async function presentUnits(sql: Sql, briefing: string): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ unit: string }>(
    `SELECT DISTINCT unit FROM (
       SELECT DISTINCT ON (e.boot, identity, line) unit, kind FROM attendance_events e JOIN attendance_boots b USING (boot)
       WHERE briefing = $1 AND b.ended_at IS NULL AND b.alive_at + ${SINCE_BEAT} > clock_timestamp() - interval '${GONE_AFTER_SECONDS} s'
       ORDER BY e.boot, identity, line, seq DESC) last
     WHERE kind = 'in'`,
    [briefing],
  );
  return new Set(rows.map(({ unit }) => unit));
}
