import { type CodeRefusal, codeRefusal } from '../../../domain/organisation/deviceCode.ts';
import type { EndedSession, NewSession, StoredAccount } from '../../../domain/organisation/ports.ts';
import type { BriefingState } from '../../../protocol/briefing.ts';
import type { Sql } from '../base/Postgres.ts';
import { personOf, withdrawCodes } from './accountParts.ts';
import { recordPeopleAct } from './peopleActs.ts';

interface CodeRow {
  readonly role: StoredAccount['role'];
  readonly device: string | null;
  readonly withdrawn: boolean;
  readonly state: BriefingState;
  readonly at: Date;
  readonly now: Date;
}

/** Locks the code, so that of two devices one is first. The account is locked before it. */
export async function codeRefusedBy(
  sql: Sql,
  code: string,
  { account, device }: NewSession,
): Promise<CodeRefusal | undefined> {
  const [row] = await sql.query<CodeRow & Record<string, unknown>>(
    `SELECT a.role, d.device, d.withdrawn_at IS NOT NULL AS withdrawn, b.state, b.scheduled_at AS at, clock_timestamp() AS now
     FROM device_codes d JOIN accounts a ON a.id = d.account JOIN briefings b ON b.id = d.briefing
     WHERE d.id = $1 AND d.account = $2 FOR UPDATE OF d`,
    [code, account],
  );
  if (!row) return 'code-unknown';
  const { role, device: usedBy, withdrawn: isWithdrawn, state, at: scheduledAt, now } = row;
  return codeRefusal({ role, device: usedBy, isWithdrawn, briefing: { state, scheduledAt }, now }, device);
}

/** LK8: the code belongs to this device from now on, and what was opened is on record, for the unit and for the office. */
export async function useCode(sql: Sql, code: string, { id: session, account, device }: NewSession): Promise<void> {
  const [row] = await sql.query<StoredAccount & { office: string; place: string }>(
    `UPDATE device_codes d SET device = $2, used_at = coalesce(d.used_at, clock_timestamp())
     FROM accounts a, accounts o WHERE d.id = $1 AND a.id = d.account AND o.id = d.issued_by
     RETURNING a.id, a.name, a.role, a.unit, a.indicators, o.id AS office, o.unit AS place`,
    [code, device],
  );
  if (!row) throw new Error(`the code ${code} is not there`);
  // The same device again, which did not hear of its first session.
  await sql.query(
    'UPDATE sessions SET ended_at = clock_timestamp() WHERE account = $1 AND code = $2 AND id <> $3 AND ended_at IS NULL',
    [account, code, session],
  );
  const what = { act: 'code.used' as const, ...personOf(row), account, session };
  await recordPeopleAct(sql, { account }, { what, unit: row.unit, about: account });
  await recordPeopleAct(sql, { account }, { what, unit: row.place, about: row.office });
}

/** The code is over, with what it opened. @returns those sessions */
export async function endCode(sql: Sql, code: string): Promise<readonly EndedSession[]> {
  await withdrawCodes(sql, 'id', code);
  return sql.query<EndedSession & Record<string, unknown>>(
    `UPDATE sessions s SET ended_at = clock_timestamp() FROM accounts a WHERE a.id = s.account AND s.ended_at IS NULL
       AND s.account = (SELECT account FROM device_codes WHERE id = $1) AND s.code = $1
     RETURNING s.id AS session, s.account, a.unit, s.device`,
    [code],
  );
}
