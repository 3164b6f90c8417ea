import type { BriefingAct, BriefingStore, NewBriefing, Plan } from '../../../domain/briefing/ports.ts';
import type { Overload } from '../../../domain/nodes/capacity/briefingFit.ts';
import { rowsHash } from '../../../domain/record/rowsHash.ts';
import { type Briefing, isRehearsal, type ScheduleNotice } from '../../../protocol/briefing.ts';
import type { Unit } from '../../../protocol/organisation.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';

type BriefingRow = Omit<Briefing, 'scheduledAt' | 'openedAt' | 'liveAt' | 'closedAt' | 'rehearsal'> & {
  scheduledAt: Date;
  openedAt: Date | null;
  liveAt: Date | null;
  closedAt: Date | null;
};

const columns = `id, title, state, stage, scope, scheduled_at AS "scheduledAt", opened_at AS "openedAt", live_at AS "liveAt",
  closed_at AS "closedAt", epoch::int, expected, agenda, producers, language, notice`;
/** As the record has it, to the microsecond. */
const EXACTLY = 'to_jsonb(scheduled_at) AS "exactly"';
/** RH1: a UUID of version 8 instead of 4. */
const NEW_ID = `CASE WHEN $10 THEN overlay(gen_random_uuid()::text PLACING '8' FROM 15)::uuid ELSE gen_random_uuid() END`;

const ISO = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';
const JSON_NOW = `to_char(clock_timestamp() AT TIME ZONE 'UTC', '${ISO}')`;

/** What each act writes besides the epoch; constants of this file, so they may stand in the text of a query. */
const sets: Readonly<Record<BriefingAct, string>> = {
  open: `state = 'open', opened_at = clock.now`,
  live: `state = 'live', live_at = clock.now, opened_at = coalesce(opened_at, clock.now)`,
  close: `state = 'closed', closed_at = clock.now`,
};
/** When each was done: the act is recorded with the same moment. */
const moments = { open: 'openedAt', live: 'liveAt', close: 'closedAt' } as const;

export class PgBriefings implements BriefingStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async find(id: string): Promise<Briefing | undefined> {
    return (await this.#select('WHERE id = $1', [id]))[0];
  }

  async newest(limit: number): Promise<readonly Briefing[]> {
    return this.#select('ORDER BY scheduled_at DESC, id LIMIT $1', [limit]);
  }

  async running(): Promise<readonly Briefing[]> {
    return this.#select(`WHERE state IN ('open', 'live') ORDER BY opened_at`, []);
  }

  async create(b: NewBriefing): Promise<Briefing> {
    return this.#postgres.transaction(async (sql) => {
      const [row] = await sql.query<BriefingRow & { createdAt: Date; exactly: string }>(
        `INSERT INTO briefings (id, title, stage, scope, scheduled_at, expected, agenda, producers, language, created_by)
         VALUES (${NEW_ID}, $1, $2, $3, $4, $5, $6, $7, $8, $9)
         RETURNING ${columns}, date_trunc('milliseconds', created_at) AS "createdAt", ${EXACTLY}`,
        [...planned(b), b.createdBy, b.rehearsal ?? false],
      );
      if (!row) throw new Error('the briefing was not written');
      const { createdAt, exactly, ...written } = row;
      const briefing = toBriefing(written);
      const facts = { ...factsOf(briefing, exactly), ...(b.overload && { overload: b.overload }) };
      await record(sql, briefing, { act: 'schedule', account: b.createdBy, at: createdAt.toISOString(), facts });
      return briefing;
    });
  }

  async change({ id, epoch, plan, account, notice, overload }: Parameters<BriefingStore['change']>[0]) {
    return this.#postgres.transaction(async (sql) => {
      const [row] = await sql.query<BriefingRow & { exactly: string }>(
        `UPDATE briefings SET title = $1, stage = $2, scope = $3, scheduled_at = $4, expected = $5, agenda = $6,
           producers = $7, language = $8, notice = $9::jsonb || jsonb_build_object('at', ${JSON_NOW}), epoch = epoch + 1
         WHERE id = $10 AND epoch = $11 AND state <> 'closed' RETURNING ${columns}, ${EXACTLY}`,
        [...planned(plan), JSON.stringify(notice), id, epoch],
      );
      if (!row) return undefined;
      const { exactly, ...written } = row;
      const briefing = toBriefing(written);
      const said = { notice: briefing.notice, ...(overload && { overload }) };
      const facts = { ...factsOf(briefing, exactly), ...said };
      await record(sql, briefing, { act: 'change', account, at: briefing.notice?.at ?? null, facts });
      return briefing;
    });
  }

  async cancel({ id, epoch, account, reason }: Parameters<BriefingStore['cancel']>[0]) {
    const notice: Omit<ScheduleNotice, 'at'> = { kind: 'cancelled', reason, from: null };
    return this.#postgres.transaction(async (sql) => {
      const [row] = await sql.query<BriefingRow>(
        `UPDATE briefings SET state = 'closed', closed_at = clock.now, epoch = epoch + 1,
           notice = $1::jsonb || jsonb_build_object('at', to_char(clock.now AT TIME ZONE 'UTC', '${ISO}'))
         FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) clock
         WHERE id = $2 AND epoch = $3 AND state IN ('scheduled', 'open') RETURNING ${columns}`,
        [JSON.stringify(notice), id, epoch],
      );
      if (!row) return undefined;
      const briefing = toBriefing(row);
      await record(sql, briefing, {
        act: 'cancel',
        account,
        at: briefing.closedAt,
        facts: { notice: briefing.notice },
      });
      return briefing;
    });
  }

  async advance(change: Parameters<BriefingStore['advance']>[0]): Promise<Briefing | undefined> {
    const { id, epoch, act, account, expected, overload } = change;
    return this.#postgres.transaction(async (sql) => {
      const [row] = await sql.query<BriefingRow>(
        `UPDATE briefings SET ${sets[act]}, epoch = epoch + 1, expected = coalesce($3, expected)
         FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) clock WHERE id = $1 AND epoch = $2 RETURNING ${columns}`,
        [id, epoch, expected?.length ?? null],
      );
      if (!row) return undefined;
      const briefing = toBriefing(row);
      await record(sql, briefing, {
        act,
        account,
        at: briefing[moments[act]],
        ...(expected && {
          facts: { expected: expected.length, ...(overload && { overload }) },
          expected_hash: await freeze(sql, id, expected),
        }),
      });
      return briefing;
    });
  }

  async overload(id: string): Promise<Overload | undefined> {
    const [row] = await this.#postgres.query<{ overload: Overload }>(
      `SELECT facts -> 'overload' AS overload FROM briefing_acts
       WHERE briefing = $1 AND facts -> 'overload' IS NOT NULL ORDER BY epoch DESC LIMIT 1`,
      [id],
    );
    return row?.overload;
  }

  async expected(id: string): Promise<readonly { code: string; path: string }[]> {
    return this.#postgres.query('SELECT unit AS code, path FROM briefing_expected WHERE briefing = $1 ORDER BY path', [
      id,
    ]);
  }

  async #select(rest: string, values: readonly unknown[]): Promise<Briefing[]> {
    return (await this.#postgres.query<BriefingRow>(`SELECT ${columns} FROM briefings ${rest}`, values)).map(
      toBriefing,
    );
  }
}

const planned = (plan: Plan): readonly unknown[] => [
  ...[plan.title, plan.stage, plan.scope, plan.scheduledAt, plan.expected],
  ...[JSON.stringify(plan.agenda ?? []), plan.producers ?? [], plan.language ?? 'vi'],
];

/** What the acts `schedule` and `change` say of it. */
function factsOf(briefing: Briefing, scheduledAt: string): Readonly<Record<string, unknown>> {
  const { title, stage, scope, expected, agenda, producers, language, rehearsal } = briefing;
  return { title, stage, scope, scheduledAt, expected, agenda, producers, language, rehearsal };
}

interface Act {
  readonly act: 'schedule' | 'change' | 'cancel' | BriefingAct;
  readonly account: string;
  readonly at: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly expected_hash?: string;
}

/** AU1: with its seal, while the briefing's row is held. */
async function record(sql: Sql, { id, epoch }: Briefing, act: Act): Promise<void> {
  await sealed(sql, chainOfBriefing(id), (batch) => batch.insert('briefing_acts', [{ briefing: id, epoch, ...act }]));
}

/** @returns hash of the rows, for the act that freezes them */
async function freeze(sql: Sql, id: string, units: readonly Unit[]): Promise<string> {
  await sql.query(
    'INSERT INTO briefing_expected (briefing, unit, path) SELECT $1, * FROM unnest($2::text[], $3::text[])',
    [id, units.map((unit) => unit.code), units.map((unit) => unit.path)],
  );
  const rows = units.map(({ code, path }) => ({ briefing: id, unit: code, path }));
  return rowsHash(rows.sort((a, b) => (a.path < b.path ? -1 : 1)));
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const toBriefing = (row: BriefingRow): Briefing => ({
  ...row,
  rehearsal: isRehearsal(row.id),
  scheduledAt: row.scheduledAt.toISOString(),
  openedAt: iso(row.openedAt),
  liveAt: iso(row.liveAt),
  closedAt: iso(row.closedAt),
});
