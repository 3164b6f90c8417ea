import { REFUSALS } from '../../../domain/rollcall/limits.ts';
import type { RefusalStore } from '../../../domain/rollcall/ports.ts';
import type { Reason } from '../../../protocol/errors.ts';
import type { Answerer } from '../../../protocol/rollcall.ts';
import type { OwnAnswers } from '../../../protocol/rollcallRecords.ts';
import type { Postgres } from '../base/Postgres.ts';

interface RefusalRow {
  round: string;
  reason: Reason;
  kind: string;
  answerer: Answerer | null;
  name: string | null;
  account_name: string;
  identity: string;
  address: string;
  at: Date;
  last_at: Date;
  times: number;
}

/** RC22: a few rows of each unit. The first of a round stay, so that none is pushed out by what was sent to do so. */
export class PgRefusals implements RefusalStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  keep(refused: Parameters<RefusalStore['keep']>[0]): Promise<void> {
    const rows = refused.map(({ reason, ask: { unit, round, key, kind, answerer, name, by, received } }) => ({
      ...{ unit, round, key, reason, kind, answerer, name, at: received },
      ...{ account: by.account, account_name: by.name, identity: by.identity, address: by.address },
    }));
    const units = [...new Set(rows.map(({ unit }) => unit))];
    return this.#postgres.transaction(async (sql) => {
      // Two nodes count one after the other.
      await sql.query(`SELECT pg_advisory_xact_lock(hashtext('round_refusals'), 0)`);
      await sql.query(KEEP, [JSON.stringify(rows), REFUSALS.ofRound]);
      await sql.query(FORGET, [units, REFUSALS.ofUnit]);
    });
  }

  async of(...[unit, round, limit]: Parameters<RefusalStore['of']>): Promise<OwnAnswers['refused']> {
    const rows = await this.#postgres.query<RefusalRow>(
      `SELECT round, reason, kind, answerer, name, account_name, identity, address, at, last_at, times FROM round_refusals
       WHERE unit = $1 AND ($2::uuid IS NULL OR round = $2) ORDER BY at DESC, key LIMIT $3`,
      [unit, round ?? null, limit],
    );
    return rows.map(({ kind, account_name: by, identity: device, at, last_at: lastAt, ...rest }) => ({
      ...rest,
      ...{ at: at.toISOString(), lastAt: lastAt.toISOString(), corrects: kind === 'correction', by, device },
    }));
  }
}

/** The same attempt once more is counted; another one is kept while there are few of that unit in that round. */
const KEEP = `WITH came AS (
    SELECT a.unit, a.round, a.key, a.reason, min(a.at) AS at, max(a.at) AS last_at, count(*)::int AS times,
      (array_agg(to_jsonb(a)))[1] AS said
    FROM jsonb_to_recordset($1::jsonb) a (unit text, round uuid, key uuid, reason text, kind text, answerer text, name text,
      at timestamptz, account uuid, account_name text, identity text, address text)
    WHERE EXISTS (SELECT FROM rounds r WHERE r.id = a.round)
    GROUP BY 1, 2, 3, 4),
  numbered AS (
    SELECT came.*, old.key IS NOT NULL AS known,
      (SELECT count(*) FROM round_refusals o WHERE o.unit = came.unit AND o.round = came.round)
        + row_number() OVER (PARTITION BY came.unit, came.round, old.key IS NOT NULL ORDER BY came.at) AS place
    FROM came LEFT JOIN round_refusals old USING (unit, round, key, reason))
  INSERT INTO round_refusals AS kept (unit, round, key, reason, kind, answerer, name, account, account_name, identity,
    address, at, last_at, times)
  SELECT unit, round, key, reason, said->>'kind', said->>'answerer', said->>'name', (said->>'account')::uuid,
    said->>'account_name', said->>'identity', said->>'address', at, last_at, times
  FROM numbered WHERE known OR place <= $2
  ON CONFLICT (unit, round, key, reason) DO UPDATE
    SET last_at = greatest(kept.last_at, excluded.last_at), times = kept.times + excluded.times`;

const FORGET = `DELETE FROM round_refusals WHERE (unit, round, key, reason) IN (
  SELECT unit, round, key, reason FROM (
    SELECT unit, round, key, reason, row_number() OVER (PARTITION BY unit ORDER BY at DESC, key) AS place
    FROM round_refusals WHERE unit = ANY ($1::text[])) newest WHERE place > $2)`;
