import type { NewSession, SessionOpening } from '../../../domain/organisation/ports.ts';
import type { Sql } from '../base/Postgres.ts';
import { OVER } from './accountParts.ts';
import { codeRefusedBy } from './codeUse.ts';

/**
 * Why no session is opened by this link, code or password, undefined when one may be. Whoever withdraws either at this moment
 * waits for the session, and ends it: the account is locked before its link, as they do.
 */
export async function refusedBy(
  sql: Sql,
  s: NewSession,
): Promise<Exclude<SessionOpening, 'opened' | 'kept'> | undefined> {
  const good = await sql.query('SELECT FROM accounts WHERE id = $1 AND disabled_at IS NULL FOR KEY SHARE', [s.account]);
  if (s.link !== null) return good.length === 0 ? 'link-revoked' : linkRefusal(sql, s.link, s.device);
  if (s.code !== undefined) return good.length === 0 ? 'code-unknown' : codeRefusedBy(sql, s.code, s);
  if (good.length === 0) return 'password-changed';
  if (s.password === undefined) return undefined;
  const same = await sql.query('SELECT FROM credentials WHERE account = $1 AND hash = $2 FOR SHARE', [
    s.account,
    s.password,
  ]);
  return same.length === 0 ? 'password-changed' : undefined;
}

async function linkRefusal(sql: Sql, link: string, device: string) {
  const [row] = await sql.query<{ device: string | null; revoked: boolean; over: boolean }>(
    `SELECT l.bound_device AS device, l.revoked_at IS NOT NULL AS revoked, ${OVER} AS over
     FROM links l WHERE l.id = $1 AND l.login IS NULL FOR UPDATE`,
    [link],
  );
  if (!row || row.revoked) return 'link-revoked';
  if (row.over) return 'link-over';
  return row.device === null || row.device === device ? undefined : 'link-used';
}

/** Whether the session that the device has already is good. */
export async function isGoodStill(sql: Sql, { kept, account, device }: NewSession): Promise<boolean> {
  if (kept === undefined) return false;
  const good = await sql.query(
    `SELECT FROM sessions WHERE id = $1 AND account = $2 AND device = $3 AND ended_at IS NULL
       AND expires_at > clock_timestamp() FOR SHARE`,
    [kept, account, device],
  );
  return good.length > 0;
}

export const insertSession = (sql: Sql, s: NewSession) =>
  sql.query(
    `INSERT INTO sessions (id, secret_hash, account, link, device, expires_at, code)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6), $7)`,
    [s.id, s.secretHash, s.account, s.link, s.device, s.lifeSeconds, s.code ?? null],
  );

export const rememberDevice = (sql: Sql, { account, device }: NewSession) =>
  sql.query(
    `INSERT INTO known_devices (account, device) VALUES ($1, $2)
     ON CONFLICT (account, device) DO UPDATE SET last_at = clock_timestamp()`,
    [account, device],
  );

/** The link belongs to this device from now on. */
export const bindLink = (sql: Sql, link: string, device: string) =>
  sql.query(
    `UPDATE links SET bound_device = $2, bound_at = coalesce(bound_at, clock_timestamp()),
       last_used_at = clock_timestamp() WHERE id = $1`,
    [link, device],
  );
