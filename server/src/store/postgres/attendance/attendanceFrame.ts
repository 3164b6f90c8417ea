import { measuredFrame, type TouchingStep, type WrittenFrame } from '../../../domain/attendance/measuredFrame.ts';
import type { StoredFrame } from '../../../domain/attendance/ports.ts';
import { ms } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';
import { SINCE_BEAT } from '../clock/PgClockSteps.ts';

interface Row {
  opened: number | null;
  live: number | null;
  closed: number | null;
  now: number;
  heard: number;
  percent: number | null;
  last_round: boolean | null;
  sheet: { readonly live_seconds: number; readonly units: number; readonly at: string } | null;
  steps: readonly TouchingStep[] | null;
  boots: readonly (readonly [boot: string, alive: number, clock: number, since: number, ended: boolean])[] | null;
  sealed: readonly (readonly [boot: string, alive: number])[] | null;
}

/** Steps since the doors of the briefing `b` opened. */
const TOUCHING = `clock_steps s CROSS JOIN LATERAL jsonb_to_recordset(s.briefings) t (briefing uuid, state text)
  WHERE s.briefings @> jsonb_build_array(jsonb_build_object('briefing', b.id)) AND t.briefing = b.id`;
/** No boot that may have seen the briefing `k` is left out, whatever the clock was set to: nodes write more often than this. */
const MARGIN = `(interval '1 day' + (SELECT coalesce(sum(abs(s.ms)), 0) * interval '1 ms' FROM clock_steps s))`;
const NEAR = `k.alive_at >= b.opened_at - ${MARGIN} AND k.started_at <= coalesce(b.closed_at + ${MARGIN}, 'infinity')`;

/** How far each boot near the briefing `b` knew, as the clock went when its doors opened. */
export const KNOWN_BOOTS = `(SELECT coalesce(jsonb_object_agg(boot, alive_at - (SELECT coalesce(sum(s.ms), 0) * interval '1 ms' FROM ${TOUCHING} AND s.nr <= k.clock)), '{}')
  FROM attendance_boots k WHERE ${NEAR})`;

/** AT7: a briefing as it stands, in one look; one that is sealed (AT11), as far as its boots knew then. */
export async function readFrame(sql: Sql, briefing: string): Promise<StoredFrame | undefined> {
  const [row] = await sql.query<Row>(
    `SELECT ${ms('b.opened_at')} AS opened, ${ms('b.live_at')} AS live, ${ms('b.closed_at')} AS closed,
       ${ms('statement_timestamp()')} AS now, ${ms('pg_postmaster_start_time()')} AS heard, coalesce(s.percent, r.percent) AS percent,
       coalesce(s.last_round, r.last_round) AS last_round, to_json(s) AS sheet,
       (SELECT json_agg(json_build_object('nr', s.nr, 'ms', s.ms, 'state', t.state)) FROM ${TOUCHING}) AS steps,
       CASE WHEN t.boots IS NULL THEN (SELECT json_agg(json_build_array(k.boot, ${ms('k.alive_at')}, k.clock,
         ${ms(SINCE_BEAT.replace('b.clock', 'k.clock'))}, k.ended_at IS NOT NULL)) FROM attendance_boots k WHERE ${NEAR}) END AS boots,
       CASE WHEN t.boots IS NOT NULL THEN
         (SELECT json_agg(json_build_array(key, ${ms('value::timestamptz')})) FROM jsonb_each_text(t.boots)) END AS sealed
     FROM briefings b LEFT JOIN attendance_rules r ON r.briefing = b.id LEFT JOIN attendance_sheets s ON s.briefing = b.id
       LEFT JOIN attendance_timelines t ON t.briefing = b.id
     WHERE b.id = $1`,
    [briefing],
  );
  return row && measuredFrame(keptOf(row));
}

function keptOf(row: Row): WrittenFrame {
  const { percent, last_round, sheet, sealed } = row;
  const isSealed = sealed !== null || row.boots === null;
  return {
    openedAt: row.opened,
    liveAt: row.live,
    closedAt: row.closed,
    now: row.now,
    heardSince: row.heard,
    steps: row.steps ?? [],
    boots: (row.boots ?? []).map(([boot, aliveAt, clock, since, ended]) => ({ boot, aliveAt, clock, since, ended })),
    sealed: isSealed ? new Map(sealed ?? []) : null,
    rule: percent === null || last_round === null ? undefined : { percent, lastRound: last_round },
    sheet: sheet ? { liveSeconds: sheet.live_seconds, units: sheet.units, at: sheet.at } : undefined,
  };
}
