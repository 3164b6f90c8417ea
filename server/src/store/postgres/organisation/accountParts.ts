import type { AccountFacts, By, EndedSession, StoredAccount } from '../../../domain/organisation/ports.ts';
import type { PeopleAct } from '../../../protocol/people.ts';
import type { Sql } from '../base/Postgres.ts';
import { recordPeopleAct } from './peopleActs.ts';

interface AccountRow extends StoredAccount {
  readonly disabled: boolean;
  readonly login: string | null;
  readonly links: readonly {
    readonly id: string;
    readonly bound: boolean;
    readonly password: boolean;
    readonly issuedAt: string;
    readonly lastUsedAt: string | null;
    readonly expiresAt: string | null;
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly since: string;
    readonly until: string;
    readonly byLink: boolean;
    readonly byCode: boolean;
  }[];
}

/** For one use and used, or past its time. */
export const OVER = '(l.once AND l.bound_device IS NOT NULL OR coalesce(l.expires_at <= clock_timestamp(), false))';

/** IV2: good links of an account, opened or not, and its password; a query. @param account SQL */
export const waysIn = (account: string): string =>
  `SELECT FROM links l WHERE l.account = ${account} AND l.revoked_at IS NULL AND l.login IS NULL AND NOT ${OVER}
   UNION ALL SELECT FROM credentials c WHERE c.account = ${account}`;

/** Accounts of a unit with what they can be signed in by, and where they are. */
export async function ofUnit(sql: Sql, unit: string): Promise<readonly AccountFacts[]> {
  const rows = await sql.query<AccountRow>(
    `SELECT a.id, a.name, a.role, a.unit, a.indicators, a.disabled_at IS NOT NULL AS disabled, c.login,
       coalesce((SELECT json_agg(json_build_object('id', l.id, 'bound', l.bound_device IS NOT NULL, 'password', l.login IS NOT NULL,
         'issuedAt', l.issued_at, 'lastUsedAt', l.last_used_at, 'expiresAt', l.expires_at) ORDER BY l.issued_at)
         FROM links l WHERE l.account = a.id AND l.revoked_at IS NULL AND NOT ${OVER}), '[]') AS links,
       coalesce((SELECT json_agg(json_build_object('id', s.id, 'since', s.created_at, 'until', s.expires_at,
         'byLink', s.link IS NOT NULL, 'byCode', s.code IS NOT NULL) ORDER BY s.created_at DESC) FROM sessions s
         WHERE s.account = a.id AND s.ended_at IS NULL AND s.expires_at > clock_timestamp() AND a.disabled_at IS NULL), '[]') AS sessions
     FROM accounts a LEFT JOIN credentials c ON c.account = a.id WHERE a.unit = $1 AND a.role <> 'screen' ORDER BY a.created_at, a.id`,
    [unit],
  );
  return rows.map(({ links, sessions, disabled, login, ...account }) => ({
    ...{ account, disabled, login },
    links: links.map(({ issuedAt, lastUsedAt, expiresAt, ...link }) => ({
      ...link,
      issuedAt: new Date(issuedAt),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    })),
    sessions: sessions.map(({ since, until, ...session }) => ({
      ...session,
      since: new Date(since),
      until: new Date(until),
    })),
  }));
}

/** PE1: as the history names them. */
export const personOf = ({ name, role, indicators }: Omit<StoredAccount, 'id'>) => ({
  ...{ name, role },
  ...(indicators && { indicators }),
});

type OfAccount = Exclude<Extract<PeopleAct, { name: string; role: unknown }>['act'], 'account.made' | 'code.used'>;

/** PE1: an act on an account, as it is called now. */
export async function recordPersonAct(
  sql: Sql,
  by: By | undefined,
  act: OfAccount,
  account: string,
  more: { readonly login?: string } = {},
): Promise<void> {
  if (!by) return;
  const [row] = await sql.query<StoredAccount>('SELECT id, name, role, unit, indicators FROM accounts WHERE id = $1', [
    account,
  ]);
  if (!row) return;
  const what = { act, ...personOf(row), ...more } as PeopleAct;
  await recordPeopleAct(sql, by, { what, unit: row.unit, about: account });
}

/** Withdraws codes of slips, used or not. */
export const withdrawCodes = (sql: Sql, column: 'id' | 'account', value: string) =>
  sql.query(`UPDATE device_codes SET withdrawn_at = clock_timestamp() WHERE ${column} = $1 AND withdrawn_at IS NULL`, [
    value,
  ]);

export const writePassword = (sql: Sql, account: string, login: string, hash: string) =>
  sql.query(
    `INSERT INTO credentials (account, login, hash) VALUES ($1, $2, $3)
     ON CONFLICT (account) DO UPDATE SET login = $2, hash = $3, updated_at = clock_timestamp()`,
    [account, login, hash],
  );

/** Ends links, or all ways in of an account, and their sessions. @returns those sessions */
export async function withdraw(sql: Sql, column: 'id' | 'account', value: string): Promise<readonly EndedSession[]> {
  const links = await sql.query<{ id: string }>(
    `UPDATE links SET revoked_at = clock_timestamp() WHERE ${column} = $1 AND revoked_at IS NULL RETURNING id`,
    [value],
  );
  const byLink = await sql.query<EndedSession>(`${end} AND s.link = ANY ($1) ${told}`, [links.map(({ id }) => id)]);
  if (column === 'id') return byLink;
  // LK9: whoever withdraws an account's links means everybody who was let in on paper.
  await withdrawCodes(sql, 'account', value);
  const byCode = await sql.query<EndedSession>(`${end} AND s.account = $1 AND s.code IS NOT NULL ${told}`, [value]);
  return [...byLink, ...byCode];
}

/** Ends every session of the account, by link, code or password, and its codes. @returns those sessions */
export async function endAll(sql: Sql, accountId: string): Promise<readonly EndedSession[]> {
  await withdrawCodes(sql, 'account', accountId);
  return sql.query<EndedSession>(`${end} AND s.account = $1 ${told}`, [accountId]);
}

const end = `UPDATE sessions s SET ended_at = clock_timestamp() FROM accounts a
  WHERE a.id = s.account AND s.ended_at IS NULL`;
const told = 'RETURNING s.id AS session, s.account, a.unit, s.device';
