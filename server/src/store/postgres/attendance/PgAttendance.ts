import type { RecordedCorrection } from '../../../domain/attendance/corrections.ts';
import type { AttendanceEvent } from '../../../domain/attendance/events.ts';
import type {
  AttendanceStore,
  Correction,
  ExpectedUnit,
  MeasuredRow,
  StoredFrame,
} from '../../../domain/attendance/ports.ts';
import type { AttendanceRule, MeasuredFacts } from '../../../domain/attendance/summarise.ts';
import { inPathOrder } from '../../../domain/organisation/pathOrder.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import type { Receipt } from '../../../protocol/record.ts';
import { iso, ms } from '../base/columns.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { inSubtree } from '../base/subtree.ts';
import { receiptsOf } from '../record/receipts.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';
import { readFrame } from './attendanceFrame.ts';
import { readSheetRows, sealSheet } from './attendanceSheet.ts';
import { readTimeline, sealTimeline } from './attendanceTimeline.ts';

const CORRECTIONS = 'attendance_corrections';
/** In the tree that lies below a path; the empty path is above all. */
const BELOW = `($2 = '' OR ${inSubtree('path', '$2')})`;

interface FactsRow {
  unit: string;
  events: readonly [boot: string, seq: number, identity: string, line: string, kind: string, at: number][] | null;
  weak: readonly [minute: number, ms: number][] | null;
}

export class PgAttendance implements AttendanceStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async freezeRules({ percent, lastRound }: AttendanceRule): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO attendance_rules (briefing, percent, last_round)
       SELECT id, $1, $2 FROM briefings b WHERE state IN ('open', 'live')
         AND NOT EXISTS (SELECT FROM attendance_rules WHERE briefing = b.id) ON CONFLICT DO NOTHING`,
      [percent, lastRound],
    );
  }

  frame(briefing: string): Promise<StoredFrame | undefined> {
    return readFrame(this.#postgres, briefing);
  }

  async expected(briefing: string, root: string): Promise<readonly ExpectedUnit[]> {
    const rows = await this.#postgres.query<{ unit: string; path: string }>(
      `SELECT unit, path FROM briefing_expected WHERE briefing = $1 AND ${BELOW}`,
      [briefing, root],
    );
    return inPathOrder(rows);
  }

  async expectedUnit(briefing: string, unit: string): Promise<ExpectedUnit | undefined> {
    const [row] = await this.#postgres.query<{ unit: string; path: string }>(
      'SELECT unit, path FROM briefing_expected WHERE briefing = $1 AND unit = $2',
      [briefing, unit],
    );
    return row;
  }

  /**
   * One text of JSON for each unit: to read a hundred thousand rows one by one would take this process most of a
   * second.
   */
  async facts(briefing: string, units: readonly string[]): Promise<readonly Omit<MeasuredFacts, 'answer'>[]> {
    const rows = await this.#postgres.query<FactsRow>(
      `SELECT u.unit, e.events, q.weak FROM unnest($2::text[]) WITH ORDINALITY AS u (unit, nr)
       LEFT JOIN LATERAL (
         SELECT json_agg(json_build_array(boot, seq, identity, line, kind, ${ms('at')})) AS events
         FROM attendance_events WHERE briefing = $1 AND unit = u.unit COLLATE "C") e ON true
       LEFT JOIN LATERAL (
         SELECT json_agg(json_build_array(${ms('minute')}, ms)) AS weak FROM (
           SELECT minute, sum(weak_ms) AS ms FROM attendance_quality
           WHERE briefing = $1 AND unit = u.unit COLLATE "C" GROUP BY minute) m) q ON true
       ORDER BY u.nr`,
      [briefing, units],
    );
    return rows.map(({ unit, events, weak }) => ({
      unit,
      events: (events ?? []).map(toEvent),
      weak: new Map(weak ?? []),
    }));
  }

  sheetRows(briefing: string, root: string, after: string | undefined, limit: number): Promise<readonly MeasuredRow[]> {
    return readSheetRows(this.#postgres, briefing, root, after, limit);
  }

  async corrections(briefing: string, units?: readonly string[]): Promise<readonly Correction[]> {
    return this.#postgres.query<Correction & Record<string, unknown>>(
      `SELECT DISTINCT ON (unit) unit, verdict, reason, by, ${iso('at')} AS at FROM ${CORRECTIONS}
       WHERE briefing = $1 AND ($2::text[] IS NULL OR unit = ANY ($2)) ORDER BY unit, seal DESC, leaf DESC`,
      [briefing, units ?? null],
    );
  }

  async correctionsOf(briefing: string, unit: string) {
    const rows = await this.#postgres.query<{ record: RecordRow; at: string }>(
      `SELECT to_jsonb(c) AS record, ${iso('at')} AS at FROM ${CORRECTIONS} c WHERE briefing = $1 AND unit = $2 ORDER BY seal, leaf`,
      [briefing, unit],
    );
    const records = rows.map(({ record }) => record);
    const receipts = await receiptsOf(this.#postgres, CORRECTIONS, records);
    return rows.map(({ record, at }, i) => {
      const { verdict, reason, by } = record as unknown as Correction;
      return { unit, verdict, reason, by, at, receipt: receipts[i] as Receipt };
    });
  }

  /** AT10: looked for under the lock of the chain, so that the same key comes in once. */
  correct(...[correction, decide]: Parameters<AttendanceStore['correct']>): Promise<Receipt> {
    const { key, briefing, ...rest } = correction;
    return this.#postgres.transaction(async (sql) => {
      const { result, sealed: seal } = await sealed(sql, chainOfBriefing(briefing), async (batch) => {
        const first = await firstOfKey(sql, briefing, key);
        if (!decide(first as RecordedCorrection | undefined) && first) return first;
        const [leaf = 0] = await batch.insert(CORRECTIONS, [{ key, briefing, ...rest, at: batch.at }]);
        return leaf;
      });
      if (typeof result !== 'number') return (await receiptsOf(sql, CORRECTIONS, [result]))[0] as Receipt;
      if (!seal) throw new Error('a correction was not sealed');
      return seal.receipt(result);
    });
  }

  async seal(...[briefing, rule, liveSeconds, rows]: Parameters<AttendanceStore['seal']>): Promise<boolean> {
    const timeline = await readTimeline(this.#postgres, briefing);
    return this.#postgres.transaction((sql) => sealSheet(sql, briefing, rule, liveSeconds, rows, timeline));
  }

  async sealOlderTimelines(): Promise<void> {
    const rows = await this.#postgres.query<{ briefing: string }>(
      `SELECT briefing FROM attendance_sheets s
       WHERE NOT EXISTS (SELECT FROM attendance_timelines WHERE briefing = s.briefing) ORDER BY at`,
    );
    for (const { briefing } of rows) await sealTimeline(this.#postgres, briefing);
  }

  async unsealed(): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ id: string }>(
      `SELECT id FROM briefings b JOIN attendance_rules r ON r.briefing = b.id WHERE state = 'closed'
         AND NOT EXISTS (SELECT FROM attendance_sheets WHERE briefing = b.id) ORDER BY closed_at`,
    );
    return rows.map(({ id }) => id);
  }
}

async function firstOfKey(sql: Sql, briefing: string, key: string): Promise<RecordRow | undefined> {
  const [row] = await sql.query<{ record: RecordRow }>(
    `SELECT to_jsonb(c) AS record FROM ${CORRECTIONS} c WHERE briefing = $1 AND key = $2`,
    [briefing, key],
  );
  return row?.record;
}

const toEvent = ([boot, seq, identity, line, kind, at]: NonNullable<FactsRow['events']>[number]) =>
  ({ boot, seq, identity, line, kind, at }) as AttendanceEvent;
