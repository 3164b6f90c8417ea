import type { Sql } from '../../base/Postgres.ts';

/**
 * What each briefing must be by its acts. Acts from before there were seals say nothing of title and scope; these are
 * compared where they do.
 */
const DIFFERING = `WITH recorded AS (
  SELECT briefing, max(epoch) AS epoch, (array_agg(act ORDER BY epoch DESC) FILTER (WHERE act <> 'change'))[1] AS act,
    min(at) FILTER (WHERE act IN ('open', 'live')) AS opened_at, min(at) FILTER (WHERE act = 'live') AS live_at,
    min(at) FILTER (WHERE act IN ('close', 'cancel')) AS closed_at, (array_agg(account ORDER BY epoch))[1] AS created_by,
    (array_agg(facts ORDER BY epoch DESC) FILTER (WHERE act IN ('schedule', 'change')))[1] AS facts,
    (array_agg(facts -> 'notice' ORDER BY epoch DESC) FILTER (WHERE act IN ('change', 'cancel')))[1] AS notice,
    bool_and(chain IS NOT NULL) AS sealed,
    (array_agg((facts ->> 'expected')::int ORDER BY epoch DESC) FILTER (WHERE facts ? 'expected'))[1] AS expected
  FROM briefing_acts GROUP BY briefing)
SELECT b.id, array_remove(ARRAY[
    CASE WHEN r.briefing IS NULL THEN 'its existence' END,
    CASE WHEN b.epoch <> r.epoch THEN 'epoch' END,
    CASE WHEN b.state <> CASE r.act WHEN 'schedule' THEN 'scheduled' WHEN 'close' THEN 'closed' WHEN 'cancel' THEN 'closed' ELSE r.act END THEN 'state' END,
    CASE WHEN r.sealed AND b.opened_at IS DISTINCT FROM r.opened_at THEN 'opened_at' END,
    CASE WHEN r.sealed AND b.live_at IS DISTINCT FROM r.live_at THEN 'live_at' END,
    CASE WHEN r.sealed AND b.closed_at IS DISTINCT FROM r.closed_at THEN 'closed_at' END,
    CASE WHEN r.sealed AND b.expected <> r.expected THEN 'expected' END,
    CASE WHEN b.created_by IS DISTINCT FROM r.created_by THEN 'created_by' END,
    CASE WHEN b.title <> r.facts ->> 'title' THEN 'title' END,
    CASE WHEN b.stage <> r.facts ->> 'stage' THEN 'stage' END,
    CASE WHEN to_jsonb(b.scope) <> r.facts -> 'scope' THEN 'scope' END,
    CASE WHEN b.scheduled_at <> (r.facts ->> 'scheduledAt')::timestamptz THEN 'scheduled_at' END,
    CASE WHEN b.agenda <> coalesce(r.facts -> 'agenda', '[]') THEN 'agenda' END,
    CASE WHEN to_jsonb(b.producers) <> coalesce(r.facts -> 'producers', '[]') THEN 'producers' END,
    CASE WHEN b.language <> coalesce(r.facts ->> 'language', 'vi') THEN 'language' END,
    CASE WHEN b.notice IS DISTINCT FROM r.notice THEN 'notice' END
  ], NULL) AS columns
FROM briefings b LEFT JOIN recorded r ON r.briefing = b.id`;

/** AU6: briefings as their acts left them. */
export async function checkBriefings(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string; columns: string[] }>(
    `SELECT * FROM (${DIFFERING}) d WHERE cardinality(columns) > 0 ORDER BY id LIMIT 20`,
  );
  return rows.map(({ id, columns }) => `briefings (id ${id}): ${columns.join(', ')} differ from what its acts say`);
}
