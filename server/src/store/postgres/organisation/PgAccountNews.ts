import type { AccountNewsStore, ToldAct } from '../../../domain/organisation/ports.ts';
import type { DoneAct } from '../../../protocol/people.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { DONE, type DoneRow, toldAct } from './peopleActs.ts';

/** An act is seen when it is committed, not at the time that it says. */
const COMMIT_SECONDS = 20;
/** So many are told at once, the newest. */
const MOST_TOLD = 20;

/**
 * AC4: acts of others on an account, and a device that came in by the code of a slip (LK8). One that moves an account between units is on record in both, and told once.
 */
const NEWS = `p.about IS NOT NULL AND (p.account IS DISTINCT FROM p.about OR p.act = 'code.used')
  AND p.act = ANY ('{account.changed,account.disabled,
  account.enabled,code.used,link.issued,link.withdrawn,password.offered,password.set,session.ended}')
  AND (p.act <> 'account.changed' OR p.unit = p.detail->'to'->>'unit')`;

export class PgAccountNews implements AccountNewsStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async unseen(account: string, session: string): Promise<readonly DoneAct[]> {
    const rows = await this.#postgres.query<DoneRow>(
      `${DONE} WHERE p.about = $1 AND ${NEWS} AND p.at > coalesce((SELECT at FROM account_news_seen WHERE account = $1),
         (SELECT created_at FROM sessions WHERE id = $2), 'infinity') ORDER BY p.at DESC LIMIT $3`,
      [account, session, MOST_TOLD],
    );
    return rows.map(toldAct).reverse();
  }

  async markSeen(account: string, act: string): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO account_news_seen AS s (account, at) SELECT about, at FROM people_acts WHERE id = $2 AND about = $1
       ON CONFLICT (account) DO UPDATE SET at = greatest(s.at, excluded.at)`,
      [account, act],
    );
  }

  async since(
    mark: string | undefined,
    account: string | undefined,
  ): Promise<{ mark: string; acts: readonly ToldAct[] }> {
    const [now] = await this.#postgres.query<{ at: string }>('SELECT clock_timestamp()::text AS at');
    const rows = await this.#postgres.query<DoneRow & { about: string }>(
      `${DONE.replace('SELECT', 'SELECT p.about,')} WHERE p.at > least($1::timestamptz, clock_timestamp()) - make_interval(secs => $2)
         ${account === undefined ? '' : 'AND p.about = $3'} AND ${NEWS} ORDER BY p.at`,
      [mark ?? now?.at, COMMIT_SECONDS, ...(account === undefined ? [] : [account])],
    );
    return { mark: now?.at ?? mark ?? '', acts: rows.map((row) => ({ account: row.about, act: toldAct(row) })) };
  }
}

/** What was done before the first sign-in is not told: it is how the account came to be. */
export const beginNews = (sql: Sql, account: string, session: string) =>
  sql.query(
    `INSERT INTO account_news_seen (account, at) SELECT $1, coalesce((SELECT max(created_at) FROM sessions
       WHERE account = $1 AND ended_at IS NULL AND id <> $2), clock_timestamp()) ON CONFLICT DO NOTHING`,
    [account, session],
  );
