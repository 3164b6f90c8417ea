import type { Boot } from '../../../domain/attendance/events.ts';
import { SILENCE_MS } from '../../../domain/attendance/limits.ts';
import type { StoredFrame } from '../../../domain/attendance/ports.ts';
import { ms } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';

interface Row {
  opened: number | null;
  live: number | null;
  closed: number | null;
  now: number;
  percent: number | null;
  last_round: boolean | null;
  sheet: { readonly live_seconds: number; readonly units: number; readonly at: string } | null;
  boots: readonly (readonly [boot: string, alive: number, over: boolean])[] | null;
}

/** AT7: a briefing as it stands, in one look; one that is sealed (AT11), as far as its boots knew then. */
export async function readFrame(sql: Sql, briefing: string): Promise<StoredFrame | undefined> {
  const [row] = await sql.query<Row>(
    `SELECT ${ms('b.opened_at')} AS opened, ${ms('b.live_at')} AS live, ${ms('b.closed_at')} AS closed,
       ${ms('statement_timestamp()')} AS now, coalesce(s.percent, r.percent) AS percent,
       coalesce(s.last_round, r.last_round) AS last_round, to_json(s) AS sheet,
       CASE WHEN t.boots IS NULL THEN
         (SELECT json_agg(json_build_array(boot, ${ms('alive_at')},
            ended_at IS NOT NULL OR greatest(alive_at, pg_postmaster_start_time()) < statement_timestamp() - make_interval(secs => $2)))
          FROM attendance_boots WHERE alive_at >= b.opened_at AND started_at <= coalesce(b.closed_at, 'infinity'))
       ELSE (SELECT json_agg(json_build_array(key, ${ms('value::timestamptz')}, true)) FROM jsonb_each_text(t.boots)) END AS boots
     FROM briefings b LEFT JOIN attendance_rules r ON r.briefing = b.id LEFT JOIN attendance_sheets s ON s.briefing = b.id
       LEFT JOIN attendance_timelines t ON t.briefing = b.id
     WHERE b.id = $1`,
    [briefing, SILENCE_MS / 1000],
  );
  if (!row) return undefined;
  const { percent, last_round, sheet, closed } = row;
  const boots = new Map((row.boots ?? []).map(([boot, aliveAt, over]): [string, Boot] => [boot, { aliveAt, over }]));
  const running = [...boots.values()].filter(({ over }) => !over).map(({ aliveAt }) => aliveAt);
  return {
    openedAt: row.opened,
    liveAt: row.live,
    until: closed ?? Math.min(row.now, ...running),
    closed: closed !== null,
    boots,
    rule: percent === null || last_round === null ? undefined : { percent, lastRound: last_round },
    pending: closed === null ? 0 : running.filter((aliveAt) => aliveAt < closed).length,
    sheet: sheet ? { liveSeconds: sheet.live_seconds, units: sheet.units, at: sheet.at } : undefined,
  };
}
