import { KNOWN_DEVICE_DAYS } from '../../../domain/organisation/limits.ts';
import type {
  AccountStore,
  EndedSession,
  LinkFacts,
  OneTime,
  StoredAccount,
  StoredLink,
} from '../../../domain/organisation/ports.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Role } from '../../../protocol/organisation.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';

const account = 'a.id, a.name, a.role, a.unit';
const over = '(l.once AND l.bound_device IS NOT NULL OR coalesce(l.expires_at <= clock_timestamp(), false))';
const linked = `SELECT ${account}, l.id AS link, l.bound_device AS device, l.revoked_at IS NOT NULL AS revoked, ${over} AS over
  FROM links l JOIN accounts a ON a.id = l.account AND a.disabled_at IS NULL`;

type LinkRow = StoredAccount & { link: string; device: string | null; revoked: boolean; over: boolean };
type AccountRow = StoredAccount & {
  disabled: boolean;
  links: { id: string; bound: boolean; issuedAt: string; lastUsedAt: string | null }[];
};

export class PgAccounts implements AccountStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async find(id: string): Promise<StoredAccount | undefined> {
    const rows = await this.#postgres.query<StoredAccount>(
      `SELECT ${account} FROM accounts a WHERE id = $1 AND disabled_at IS NULL`,
      [id],
    );
    return rows[0];
  }

  async findAny(id: string): Promise<(StoredAccount & { disabled: boolean }) | undefined> {
    const rows = await this.#postgres.query<StoredAccount & { disabled: boolean }>(
      `SELECT ${account}, a.disabled_at IS NOT NULL AS disabled FROM accounts a WHERE id = $1`,
      [id],
    );
    return rows[0];
  }

  async ofUnit(
    unit: string,
  ): Promise<readonly { account: StoredAccount; disabled: boolean; links: readonly LinkFacts[] }[]> {
    const rows = await this.#postgres.query<AccountRow>(
      `SELECT ${account}, a.disabled_at IS NOT NULL AS disabled, coalesce(json_agg(json_build_object('id', l.id, 'bound', l.bound_device IS NOT NULL,
         'issuedAt', l.issued_at, 'lastUsedAt', l.last_used_at) ORDER BY l.issued_at) FILTER (WHERE l.id IS NOT NULL), '[]') AS links
       FROM accounts a LEFT JOIN links l ON l.account = a.id AND l.revoked_at IS NULL AND NOT ${over}
       WHERE a.unit = $1 GROUP BY a.id ORDER BY a.created_at, a.id`,
      [unit],
    );
    return rows.map(({ links, disabled, ...row }) => ({
      account: row,
      disabled,
      links: links.map((link) => ({
        ...link,
        issuedAt: new Date(link.issuedAt),
        lastUsedAt: link.lastUsedAt === null ? null : new Date(link.lastUsedAt),
      })),
    }));
  }

  async create({ name, role, unit }: Omit<StoredAccount, 'id'>): Promise<StoredAccount> {
    const rows = await this.#postgres.query<StoredAccount>(
      `INSERT INTO accounts AS a (name, role, unit) VALUES ($1, $2, $3) RETURNING ${account}`,
      [name, role, unit],
    );
    const [created] = rows;
    if (!created) throw refuse('internal', 'the account was not written');
    return created;
  }

  async createMissing(accounts: readonly Omit<StoredAccount, 'id'>[], demo = false): Promise<number> {
    const rows = await this.#postgres.query(
      `INSERT INTO accounts (name, role, unit, demo)
       SELECT n.name, n.role, n.unit, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS n (name, role, unit)
       WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.unit = n.unit AND a.role = n.role) RETURNING 1`,
      [accounts.map((a) => a.name), accounts.map((a) => a.role), accounts.map((a) => a.unit), demo],
    );
    return rows.length;
  }

  async madeByDemo(unit: string, role: Role): Promise<{ account: StoredAccount; linked: boolean } | undefined> {
    const rows = await this.#postgres.query<StoredAccount & { linked: boolean }>(
      `SELECT ${account}, EXISTS (SELECT FROM links l WHERE l.account = a.id) AS linked
       FROM accounts a WHERE a.demo AND a.unit = $1 AND a.role = $2 AND a.disabled_at IS NULL`,
      [unit, role],
    );
    return rows.map(({ linked, ...row }) => ({ account: row, linked }))[0];
  }

  async addLink(accountId: string, secretHash: Buffer, oneTime?: OneTime): Promise<string> {
    const [row] = await this.#postgres.query<{ id: string }>(
      `INSERT INTO links (account, secret_hash, once, expires_at)
       VALUES ($1, $2, $3::int IS NOT NULL, clock_timestamp() + make_interval(secs => $3::int)) RETURNING id`,
      [accountId, secretHash, oneTime?.seconds ?? null],
    );
    return row?.id ?? '';
  }

  async replaceLink(accountId: string, secretHash: Buffer, issuedBy: string | null) {
    return this.#postgres.transaction(async (sql) => {
      // Two moderators at once: the second waits here and withdraws the first one's link.
      await sql.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
      const ended = await withdraw(sql, 'account', accountId);
      const [row] = await sql.query<{ id: string }>(
        'INSERT INTO links (account, secret_hash, issued_by) VALUES ($1, $2, $3) RETURNING id',
        [accountId, secretHash, issuedBy],
      );
      return { link: row?.id ?? '', ended };
    });
  }

  async revokeLink(link: string): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction((sql) => withdraw(sql, 'id', link));
  }

  async disable(accountId: string): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query('UPDATE accounts SET disabled_at = coalesce(disabled_at, clock_timestamp()) WHERE id = $1', [
        accountId,
      ]);
      await withdraw(sql, 'account', accountId);
      await sql.query('DELETE FROM known_devices WHERE account = $1', [accountId]);
      return endAll(sql, accountId);
    });
  }

  async enable(accountId: string): Promise<void> {
    // Sessions that came in between the two have no account to come back to.
    await this.#postgres.transaction(async (sql) => {
      await endAll(sql, accountId);
      await sql.query('UPDATE accounts SET disabled_at = NULL WHERE id = $1', [accountId]);
    });
  }

  async linkById(link: string): Promise<StoredLink | undefined> {
    const rows = await this.#postgres.query<LinkRow>(`${linked} WHERE l.id = $1`, [link]);
    return rows.map(toLink)[0];
  }

  async linkBySecret(secretHash: Buffer): Promise<StoredLink | undefined> {
    const rows = await this.#postgres.query<LinkRow>(`${linked} WHERE l.secret_hash = $1`, [secretHash]);
    return rows.map(toLink)[0];
  }

  async bindLink(link: string, device: string): Promise<string | undefined> {
    const rows = await this.#postgres.query<{ device: string }>(
      `UPDATE links l SET bound_device = coalesce(bound_device, $2), bound_at = coalesce(bound_at, clock_timestamp()),
         last_used_at = CASE WHEN coalesce(bound_device, $2) = $2 THEN clock_timestamp() ELSE last_used_at END
       WHERE id = $1 AND revoked_at IS NULL AND NOT ${over} RETURNING bound_device AS device`,
      [link, device],
    );
    return rows[0]?.device;
  }

  async setPassword(accountId: string, login: string, hash: string): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query(
        `INSERT INTO credentials (account, login, hash) VALUES ($1, $2, $3)
         ON CONFLICT (account) DO UPDATE SET login = $2, hash = $3, updated_at = clock_timestamp()`,
        [accountId, login, hash],
      );
      return endAll(sql, accountId);
    });
  }

  async credentials(login: string): Promise<{ account: StoredAccount; hash: string } | undefined> {
    const rows = await this.#postgres.query<StoredAccount & { hash: string }>(
      `SELECT ${account}, c.hash FROM credentials c JOIN accounts a ON a.id = c.account AND a.disabled_at IS NULL
       WHERE c.login = $1`,
      [login],
    );
    return rows.map(({ hash, ...row }) => ({ account: row, hash }))[0];
  }

  async rememberDevice(accountId: string, device: string): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO known_devices (account, device) VALUES ($1, $2)
       ON CONFLICT (account, device) DO UPDATE SET last_at = clock_timestamp()`,
      [accountId, device],
    );
  }

  async knowsDevice(login: string, device: string): Promise<boolean> {
    const rows = await this.#postgres.query(
      `SELECT 1 FROM credentials c JOIN known_devices d USING (account)
       WHERE c.login = $1 AND d.device = $2 AND d.last_at > clock_timestamp() - make_interval(days => $3)`,
      [login, device, KNOWN_DEVICE_DAYS],
    );
    return rows.length > 0;
  }
}

/** Ends links and their sessions. @returns those sessions */
async function withdraw(sql: Sql, column: 'id' | 'account', value: string): Promise<readonly EndedSession[]> {
  const links = await sql.query<{ id: string }>(
    `UPDATE links SET revoked_at = clock_timestamp() WHERE ${column} = $1 AND revoked_at IS NULL RETURNING id`,
    [value],
  );
  return sql.query<EndedSession>(`${end} AND s.link = ANY ($1) ${told}`, [links.map(({ id }) => id)]);
}

/** Ends every session of the account, by link or by password. @returns those sessions */
const endAll = (sql: Sql, accountId: string): Promise<readonly EndedSession[]> =>
  sql.query<EndedSession>(`${end} AND s.account = $1 ${told}`, [accountId]);

const end = `UPDATE sessions s SET ended_at = clock_timestamp() FROM accounts a
  WHERE a.id = s.account AND s.ended_at IS NULL`;
const told = 'RETURNING s.id AS session, s.account, a.unit, s.device';

const toLink = ({ link, device, revoked, over, ...row }: LinkRow): StoredLink => ({
  id: link,
  boundDevice: device,
  revoked,
  over,
  account: row,
});
