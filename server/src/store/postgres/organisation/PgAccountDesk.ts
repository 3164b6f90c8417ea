import type { Opened } from '../../../domain/organisation/deviceCode.ts';
import type {
  AccountDeskStore,
  By,
  EndedSession,
  PasswordLink,
  PasswordLinkFound,
  StoredAccount,
} from '../../../domain/organisation/ports.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import type { Postgres } from '../base/Postgres.ts';
import { endAll, OVER, personOf, recordPersonAct, writePassword } from './accountParts.ts';
import { endCode } from './codeUse.ts';
import { recordPeopleAct } from './peopleActs.ts';
import { sealStates } from './peopleStates.ts';

const columns = 'a.id, a.name, a.role, a.unit, a.indicators';

const listedIn = ({ indicators }: Omit<StoredAccount, 'id'>): string => [...(indicators ?? [])].sort().join(' ');

export class PgAccountDesk implements AccountDeskStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async change(account: string, to: Omit<StoredAccount, 'id'>, by: By, allow: (now: StoredAccount) => void) {
    return this.#postgres.transaction(async (sql) => {
      const [before] = await sql.query<StoredAccount>(
        `SELECT ${columns} FROM accounts a WHERE id = $1 FOR NO KEY UPDATE`,
        [account],
      );
      if (!before) throw refuse('not-found', 'there is no such account');
      allow(before);
      const { id, ...from } = before;
      // What they were let in for, they are no more, where this is another.
      const same = from.role === to.role && from.unit === to.unit && listedIn(from) === listedIn(to);
      if (from.name === to.name && same) return { account: before, ended: [] };
      await sql.query('UPDATE accounts SET name = $2, role = $3, unit = $4, indicators = $5 WHERE id = $1', [
        ...[id, to.name, to.role, to.unit, to.indicators ?? null],
      ]);
      const what = {
        ...{ act: 'account.changed' as const, from: { ...personOf(from), unit: from.unit } },
        to: { ...personOf(to), unit: to.unit },
      };
      await recordPeopleAct(sql, by, { what, unit: to.unit, about: id });
      // The unit that it left has it in its history too.
      if (from.unit !== to.unit)
        await recordPeopleAct(sql, { account: by.account }, { what, unit: from.unit, about: id });
      await sealStates(sql, 'account', [id]);
      return { account: { id, ...to }, ended: same ? [] : await endAll(sql, id) };
    });
  }

  async endSession(account: string, session: string, by: By): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction(async (sql) => {
      // Before its codes and sessions, as whoever signs in does.
      await sql.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [account]);
      const ended = await sql.query<EndedSession & { code: string | null }>(
        `UPDATE sessions s SET ended_at = clock_timestamp() FROM accounts a WHERE a.id = s.account AND s.ended_at IS NULL
           AND s.id = $1 AND s.account = $2 RETURNING s.id AS session, s.account, a.unit, s.device, s.code`,
        [session, account],
      );
      if (ended.length > 0) await recordPersonAct(sql, by, 'session.ended', account);
      // LK9: what a code opened is not opened by it again.
      const others: EndedSession[] = [];
      for (const { code } of ended) if (code !== null) others.push(...(await endCode(sql, code)));
      return [...ended.map(({ code: _, ...told }) => told), ...others];
    });
  }

  async undoCode(
    own: { readonly account: string; readonly session: string },
    session: string,
    allow: (own: Opened, other: Opened) => void,
  ): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [own.account]);
      const rows = await sql.query<{ id: string; code: string | null }>(
        'SELECT id, code FROM sessions WHERE account = $1 AND id IN ($2, $3) AND ended_at IS NULL',
        [own.account, own.session, session],
      );
      const mine = rows.find(({ id }) => id === own.session);
      const other = rows.find(({ id }) => id === session);
      // It was ended already, by the office or by another device.
      if (!mine || !other) return [];
      allow({ byCode: mine.code !== null }, { byCode: other.code !== null });
      const ended = other.code === null ? [] : await endCode(sql, other.code);
      if (ended.length > 0) await recordPersonAct(sql, { account: own.account }, 'session.ended', own.account);
      return ended;
    });
  }

  async offerPassword(account: string, secretHash: Buffer, login: string, seconds: number, by: By): Promise<string> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [account]);
      await sql.query(
        'UPDATE links SET revoked_at = clock_timestamp() WHERE account = $1 AND revoked_at IS NULL AND login IS NOT NULL',
        [account],
      );
      const [row] = await sql.query<{ id: string }>(
        `INSERT INTO links (account, secret_hash, issued_by, login, once, expires_at)
         VALUES ($1, $2, $3, $4, true, clock_timestamp() + make_interval(secs => $5)) RETURNING id`,
        [account, secretHash, by.account, login, seconds],
      );
      await recordPersonAct(sql, by, 'password.offered', account, { login });
      return row?.id ?? '';
    });
  }

  async loginOf(login: string): Promise<string | undefined> {
    const [row] = await this.#postgres.query<{ account: string }>('SELECT account FROM credentials WHERE login = $1', [
      login,
    ]);
    return row?.account;
  }

  async passwordLink(secretHash: Buffer): Promise<PasswordLinkFound> {
    const [row] = await this.#postgres.query<
      StoredAccount & { link: string; login: string; revoked: boolean; over: boolean }
    >(
      `SELECT ${columns}, l.id AS link, l.login, l.revoked_at IS NOT NULL AS revoked, ${OVER} AS over
       FROM links l JOIN accounts a ON a.id = l.account AND a.disabled_at IS NULL
       WHERE l.secret_hash = $1 AND l.login IS NOT NULL`,
      [secretHash],
    );
    if (!row) return 'unknown';
    const { link, login, revoked, over, ...account } = row;
    if (revoked) return 'revoked';
    return over ? 'over' : { id: link, login, account };
  }

  async usePassword({ id, login, account }: PasswordLink, hash: string): Promise<readonly EndedSession[] | undefined> {
    return this.#postgres.transaction(async (sql) => {
      const used = await sql.query(
        `UPDATE links l SET bound_device = 'password', bound_at = clock_timestamp(), last_used_at = clock_timestamp()
         WHERE id = $1 AND revoked_at IS NULL AND NOT ${OVER} RETURNING 1`,
        [id],
      );
      if (used.length === 0) return undefined;
      await writePassword(sql, account.id, login, hash);
      await recordPersonAct(sql, { account: account.id }, 'password.set', account.id, { login });
      return endAll(sql, account.id);
    });
  }

  async makeSeats(
    seats: readonly { readonly unit: UnitCode; readonly name: string; readonly secretHash: Buffer }[],
    at: UnitCode,
    by: By,
  ): Promise<{ readonly made: number; readonly linked: readonly UnitCode[] }> {
    return this.#postgres.transaction(async (sql) => {
      // Two at once would make each seat twice: imports and this exclude each other.
      await sql.query('SELECT 1 FROM roster_version FOR UPDATE');
      const given = JSON.stringify(
        seats.map(({ secretHash, ...seat }) => ({ ...seat, hash: secretHash.toString('hex') })),
      );
      const made = await sql.query<{ id: string }>(
        `INSERT INTO accounts (name, role, unit) SELECT g.name, 'seat', g.unit
         FROM jsonb_to_recordset($1) AS g (unit text, name text)
         WHERE NOT EXISTS (SELECT FROM accounts a WHERE a.unit = g.unit AND a.role = 'seat') RETURNING id`,
        [given],
      );
      const linked = await sql.query<{ unit: UnitCode }>(
        `WITH first AS (SELECT DISTINCT ON (a.unit) a.id, a.unit, g.hash FROM jsonb_to_recordset($1) AS g (unit text, hash text)
           JOIN accounts a ON a.unit = g.unit AND a.role = 'seat' AND a.disabled_at IS NULL ORDER BY a.unit, a.created_at, a.id),
         issued AS (INSERT INTO links (account, secret_hash, issued_by) SELECT f.id, decode(f.hash, 'hex'), $2 FROM first f
           WHERE NOT EXISTS (SELECT FROM links l WHERE l.account = f.id AND l.revoked_at IS NULL AND l.login IS NULL AND NOT ${OVER})
           RETURNING account)
         SELECT f.unit FROM issued JOIN first f ON f.id = issued.account`,
        [given, by.account],
      );
      if (made.length + linked.length > 0)
        await recordPeopleAct(sql, by, {
          what: { act: 'seats.made', accounts: made.length, links: linked.length },
          unit: at,
        });
      await sealStates(
        sql,
        'account',
        made.map(({ id }) => id),
      );
      return { made: made.length, linked: linked.map(({ unit }) => unit) };
    });
  }
}
