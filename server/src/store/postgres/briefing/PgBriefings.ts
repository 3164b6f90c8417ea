import type { BriefingAct, BriefingStore, NewBriefing } from '../../../domain/briefing/ports.ts';
import { rowsHash } from '../../../domain/record/rowsHash.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { Unit } from '../../../protocol/organisation.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';

type BriefingRow = Omit<Briefing, 'scheduledAt' | 'openedAt' | 'liveAt' | 'closedAt'> & {
  scheduledAt: Date;
  openedAt: Date | null;
  liveAt: Date | null;
  closedAt: Date | null;
};

const columns = `id, title, state, stage, scope, scheduled_at AS "scheduledAt", opened_at AS "openedAt", live_at AS "liveAt",
  closed_at AS "closedAt", epoch::int, expected`;

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
        `INSERT INTO briefings (title, stage, scope, scheduled_at, expected, created_by)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${columns}, date_trunc('milliseconds', created_at) AS "createdAt",
           to_jsonb(scheduled_at) AS "exactly"`,
        [b.title, b.stage, b.scope, b.scheduledAt, b.expected, b.createdBy],
      );
      if (!row) throw new Error('the briefing was not written');
      const { createdAt, exactly: scheduledAt, ...written } = row;
      const briefing = toBriefing(written);
      const { title, stage, scope, expected } = briefing;
      const facts = { title, stage, scope, scheduledAt, expected };
      await record(sql, briefing, { act: 'schedule', account: b.createdBy, at: createdAt.toISOString(), facts });
      return briefing;
    });
  }

  async advance(change: Parameters<BriefingStore['advance']>[0]): Promise<Briefing | undefined> {
    const { id, epoch, act, account, expected } = change;
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
        ...(expected && { facts: { expected: expected.length }, expected_hash: await freeze(sql, id, expected) }),
      });
      return briefing;
    });
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

interface Act {
  readonly act: 'schedule' | BriefingAct;
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
  scheduledAt: row.scheduledAt.toISOString(),
  openedAt: iso(row.openedAt),
  liveAt: iso(row.liveAt),
  closedAt: iso(row.closedAt),
});
