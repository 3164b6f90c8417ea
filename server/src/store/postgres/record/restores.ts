import { randomUUID } from 'node:crypto';
import type { Restore } from '../../../protocol/resubmission.ts';
import type { Sql } from '../base/Postgres.ts';
import { Batch, SYSTEM } from './sealed.ts';

/** More than is committed on one chain in a second, and than one issuer, or one briefing, gives of directives and rounds. */
const SEALS_A_SECOND = 1_000;
const NUMBERS_A_SECOND = 1;

/** What came back with a backup, and what did not. */
export interface Restored {
  readonly sessions: number;
  readonly links: number;
  readonly passwords: number;
  /** Who can let the others in again. */
  readonly officials: readonly { readonly id: string; readonly role: string; readonly name: string }[];
}

/**
 * AU16, in the transaction that puts a backup back: ends what lets people in, since what was withdrawn after the backup
 * would live again; and passes over the numbers that may have been given since, on each chain that goes on.
 * @param backup its moment, as `to_jsonb` writes it, and its checksum
 * @throws Error when the clock stands before the moment of the backup
 */
export async function recordRestore(sql: Sql, backup: { at: string; sha256: string }): Promise<Restored> {
  const [since] = await sql.query<{ seconds: number }>(
    `SELECT ceil(extract(epoch FROM clock_timestamp() - $1::timestamptz))::float8 AS seconds`,
    [backup.at],
  );
  const seconds = since?.seconds ?? 0;
  if (seconds < 0)
    throw new Error(
      `the clock of the database stands before the moment of the backup (${backup.at}): set it right first`,
    );
  const passed = { seals: (seconds + 1) * SEALS_A_SECOND, numbers: (seconds + 1) * NUMBERS_A_SECOND };
  const facts = { id: randomUUID(), backup_at: backup.at, backup_sha256: backup.sha256, ...passed };
  const chains = await sql.query<{ id: string }>(`SELECT id FROM chains WHERE id <> $1 ORDER BY id`, [SYSTEM]);
  for (const id of [SYSTEM, ...chains.map((chain) => chain.id)]) {
    const batch = await Batch.open(sql, id, passed.seals);
    await batch.insert('restores', [{ ...facts, at: batch.at }]);
    await batch.close();
  }
  return endAccess(sql);
}

/** The last time that a backup was put back; undefined: never. */
export async function lastRestore(sql: Sql): Promise<Restore | undefined> {
  const [row] = await sql.query<{ id: string; at: Date; backup_at: Date }>(
    `SELECT id, at, backup_at FROM restores WHERE chain = $1 ORDER BY seal DESC LIMIT 1`,
    [SYSTEM],
  );
  return row && { id: row.id, at: row.at.toISOString(), backupAt: row.backup_at.toISOString() };
}

async function endAccess(sql: Sql): Promise<Restored> {
  const count = async (statement: string) => (await sql.query(`${statement} RETURNING 1`)).length;
  const sessions = await count('UPDATE sessions SET ended_at = clock_timestamp() WHERE ended_at IS NULL');
  const links = await count('UPDATE links SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL');
  const passwords = await count('DELETE FROM credentials');
  await sql.query('DELETE FROM known_devices');
  const officials = await sql.query<Restored['officials'][number] & Record<string, unknown>>(
    `SELECT id, role, name FROM accounts WHERE role IN ('operator', 'principal') AND disabled_at IS NULL ORDER BY role, name`,
  );
  return { sessions, links, passwords, officials };
}
