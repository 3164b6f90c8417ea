import { KNOWN_DEVICE_DAYS } from '../../../domain/organisation/limits.ts';
import type {
  AccountFacts,
  AccountStore,
  By,
  EndedSession,
  OneTime,
  StoredAccount,
  StoredLink,
} from '../../../domain/organisation/ports.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Role } from '../../../protocol/organisation.ts';
import type { Postgres } from '../base/Postgres.ts';
import {
  endAll,
  ofUnit,
  OVER as over,
  personOf,
  recordPersonAct,
  waysIn,
  withdraw,
  writePassword,
} from './accountParts.ts';
import { doneBefore, recordPeopleAct } from './peopleActs.ts';
import { sealStates } from './peopleStates.ts';

const account = 'a.id, a.name, a.role, a.unit, a.indicators';
const linked = `SELECT ${account}, l.id AS link, l.bound_device AS device, l.revoked_at IS NOT NULL AS revoked, ${over} AS over
  FROM links l JOIN accounts a ON a.id = l.account AND a.disabled_at IS NULL`;
/** A link that sets a password is none to sign in by. */
const toSignIn = 'AND l.login IS NULL';

type LinkRow = StoredAccount & { link: string; device: string | null; revoked: boolean; over: boolean };

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

  ofUnit(unit: string): Promise<readonly AccountFacts[]> {
    return ofUnit(this.#postgres, unit);
  }

  async create({ name, role, unit, indicators }: Omit<StoredAccount, 'id'>, by?: By): Promise<StoredAccount> {
    return this.#postgres.transaction(async (sql) => {
      const before = await doneBefore(sql, by);
      const [created] =
        before === undefined
          ? await sql.query<StoredAccount>(
              `INSERT INTO accounts AS a (name, role, unit, indicators) VALUES ($1, $2, $3, $4) RETURNING ${account}`,
              [name, role, unit, indicators ?? null],
            )
          : await sql.query<StoredAccount>(`SELECT ${account} FROM accounts a WHERE id::text = $1`, [before]);
      if (!created) throw refuse('internal', 'the account was not written');
      if (before === undefined)
        await recordPeopleAct(sql, by, {
          what: { act: 'account.made', ...personOf(created) },
          unit,
          about: created.id,
        });
      if (before === undefined) await sealStates(sql, 'account', [created.id]);
      return created;
    });
  }

  async createMissing(accounts: readonly Omit<StoredAccount, 'id'>[], demo = false): Promise<number> {
    return this.#postgres.transaction(async (sql) => {
      const rows = await sql.query<{ id: string }>(
        `INSERT INTO accounts (name, role, unit, demo)
         SELECT n.name, n.role, n.unit, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS n (name, role, unit)
         WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.unit = n.unit AND a.role = n.role) RETURNING id`,
        [accounts.map((a) => a.name), accounts.map((a) => a.role), accounts.map((a) => a.unit), demo],
      );
      await sealStates(sql, 'account', idsOf(rows));
      return rows.length;
    });
  }

  async madeByDemo(unit: string, role: Role): Promise<{ account: StoredAccount; linked: boolean } | undefined> {
    const rows = await this.#postgres.query<StoredAccount & { linked: boolean }>(
      `SELECT ${account}, EXISTS (SELECT FROM links l WHERE l.account = a.id) AS linked
       FROM accounts a WHERE a.demo AND a.unit = $1 AND a.role = $2 AND a.disabled_at IS NULL`,
      [unit, role],
    );
    return rows.map(({ linked, ...row }) => ({ account: row, linked }))[0];
  }

  async releaseDemoLinks(secretHashes: readonly Buffer[]): Promise<void> {
    await this.#postgres.query(
      `UPDATE links l SET bound_device = NULL FROM accounts a
       WHERE l.secret_hash = ANY($1) AND l.bound_device IS NOT NULL AND a.id = l.account AND a.demo`,
      [secretHashes],
    );
  }

  async addLink(accountId: string, secretHash: Buffer, oneTime?: OneTime): Promise<string> {
    const [row] = await this.#postgres.query<{ id: string }>(
      `INSERT INTO links (account, secret_hash, once, expires_at)
       VALUES ($1, $2, $3::int IS NOT NULL, clock_timestamp() + make_interval(secs => $3::int)) RETURNING id`,
      [accountId, secretHash, oneTime?.seconds ?? null],
    );
    return row?.id ?? '';
  }

  async replaceLink(accountId: string, secretHash: Buffer, issuedBy: string | null, by?: By) {
    return this.#postgres.transaction(async (sql) => {
      // Two moderators at once: the second waits here and withdraws the first one's link.
      await sql.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
      const ended = await withdraw(sql, 'account', accountId);
      const [row] = await sql.query<{ id: string }>(
        'INSERT INTO links (account, secret_hash, issued_by) VALUES ($1, $2, $3) RETURNING id',
        [accountId, secretHash, issuedBy],
      );
      await recordPersonAct(sql, by, 'link.issued', accountId);
      return { link: row?.id ?? '', ended };
    });
  }

  async addFirstLink(accountId: string, secretHash: Buffer, issuedBy: string): Promise<string | undefined> {
    return this.#postgres.transaction(async (sql) => {
      // Two at once: the second sees the link of the first.
      await sql.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
      const [row] = await sql.query<{ id: string }>(
        `INSERT INTO links (account, secret_hash, issued_by) SELECT $1, $2, $3 WHERE NOT EXISTS (${waysIn('$1')}) RETURNING id`,
        [accountId, secretHash, issuedBy],
      );
      if (row) await recordPersonAct(sql, { account: issuedBy }, 'link.issued', accountId);
      return row?.id;
    });
  }

  async revokeLink(link: string, by?: By): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction(async (sql) => {
      const [found] = await sql.query<{ account: string }>(
        'SELECT account FROM links WHERE id = $1 AND revoked_at IS NULL',
        [link],
      );
      const ended = await withdraw(sql, 'id', link);
      if (found) await recordPersonAct(sql, by, 'link.withdrawn', found.account);
      return ended;
    });
  }

  async disable(accountId: string, by?: By): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction(async (sql) => {
      const now = await sql.query(
        'UPDATE accounts SET disabled_at = clock_timestamp() WHERE id = $1 AND disabled_at IS NULL RETURNING 1',
        [accountId],
      );
      if (now.length > 0) await recordPersonAct(sql, by, 'account.disabled', accountId);
      if (now.length > 0) await sealStates(sql, 'account', [accountId]);
      await withdraw(sql, 'account', accountId);
      await sql.query('DELETE FROM known_devices WHERE account = $1', [accountId]);
      return endAll(sql, accountId);
    });
  }

  async enable(accountId: string, by?: By): Promise<void> {
    // Sessions that came in between the two have no account to come back to.
    await this.#postgres.transaction(async (sql) => {
      await endAll(sql, accountId);
      const now = await sql.query(
        'UPDATE accounts SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL RETURNING 1',
        [accountId],
      );
      if (now.length > 0) await recordPersonAct(sql, by, 'account.enabled', accountId);
      if (now.length > 0) await sealStates(sql, 'account', [accountId]);
    });
  }

  async linkById(link: string): Promise<StoredLink | undefined> {
    const rows = await this.#postgres.query<LinkRow>(`${linked} WHERE l.id = $1`, [link]);
    return rows.map(toLink)[0];
  }

  async linkBySecret(secretHash: Buffer): Promise<StoredLink | undefined> {
    const rows = await this.#postgres.query<LinkRow>(`${linked} WHERE l.secret_hash = $1 ${toSignIn}`, [secretHash]);
    return rows.map(toLink)[0];
  }

  async setPassword(accountId: string, login: string, hash: string, by?: By): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction(async (sql) => {
      await writePassword(sql, accountId, login, hash);
      await recordPersonAct(sql, by, 'password.set', accountId, { login });
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

  async knowsDevice(login: string, device: string): Promise<boolean> {
    const rows = await this.#postgres.query(
      `SELECT 1 FROM credentials c JOIN known_devices d USING (account)
       WHERE c.login = $1 AND d.device = $2 AND d.last_at > clock_timestamp() - make_interval(days => $3)`,
      [login, device, KNOWN_DEVICE_DAYS],
    );
    return rows.length > 0;
  }
}

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

const toLink = ({ link, device, revoked, over, ...row }: LinkRow): StoredLink => ({
  id: link,
  boundDevice: device,
  revoked,
  over,
  account: row,
});
