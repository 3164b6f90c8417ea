import type { BriefingAct, BriefingStore, NewBriefing } from '../../domain/briefing/ports.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import type { Unit } from '../../protocol/organisation.ts';
import type { Postgres, Sql } from './Postgres.ts';

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
  open: `state = 'open', opened_at = clock_timestamp()`,
  live: `state = 'live', live_at = clock_timestamp(), opened_at = coalesce(opened_at, clock_timestamp())`,
  close: `state = 'closed', closed_at = clock_timestamp()`,
};

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
      const [row] = await sql.query<BriefingRow>(
        `INSERT INTO briefings (title, stage, scope, scheduled_at, expected, created_by)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${columns}`,
        [b.title, b.stage, b.scope, b.scheduledAt, b.expected, b.createdBy],
      );
      if (!row) throw new Error('the briefing was not written');
      await record(sql, row, 'schedule', b.createdBy);
      return toBriefing(row);
    });
  }

  async advance(change: Parameters<BriefingStore['advance']>[0]): Promise<Briefing | undefined> {
    const { id, epoch, act, account, expected } = change;
    return this.#postgres.transaction(async (sql) => {
      const [row] = await sql.query<BriefingRow>(
        `UPDATE briefings SET ${sets[act]}, epoch = epoch + 1, expected = coalesce($3, expected)
         WHERE id = $1 AND epoch = $2 RETURNING ${columns}`,
        [id, epoch, expected?.length ?? null],
      );
      if (!row) return undefined;
      await record(sql, row, act, account);
      if (expected) await freeze(sql, id, expected);
      return toBriefing(row);
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

async function record(sql: Sql, row: BriefingRow, act: string, account: string): Promise<void> {
  await sql.query('INSERT INTO briefing_acts (briefing, epoch, act, account) VALUES ($1, $2, $3, $4)', [
    row.id,
    row.epoch,
    act,
    account,
  ]);
}

async function freeze(sql: Sql, id: string, units: readonly Unit[]): Promise<void> {
  await sql.query('DELETE FROM briefing_expected WHERE briefing = $1', [id]);
  await sql.query(
    'INSERT INTO briefing_expected (briefing, unit, path) SELECT $1, * FROM unnest($2::text[], $3::text[])',
    [id, units.map((unit) => unit.code), units.map((unit) => unit.path)],
  );
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const toBriefing = (row: BriefingRow): Briefing => ({
  ...row,
  scheduledAt: row.scheduledAt.toISOString(),
  openedAt: iso(row.openedAt),
  liveAt: iso(row.liveAt),
  closedAt: iso(row.closedAt),
});
