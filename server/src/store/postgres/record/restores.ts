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
  /** So many numbers of directives and rounds are passed over. */
  readonly numbers: number;
  /** Who can let the others in again. */
  readonly officials: readonly { readonly id: string; readonly role: string; readonly name: string }[];
}

/** The last numbers that were given: of directives by issuer and year, of rounds by briefing. */
export type GivenNumbers = ReadonlyMap<string, number>;

/** What a database says of them; nothing when it has no such tables, as an older or empty one. */
export async function givenNumbers(sql: Sql): Promise<GivenNumbers> {
  const [there] = await sql.query<{ all: boolean }>(
    `SELECT to_regclass('directive_numbers') IS NOT NULL AND to_regclass('rounds') IS NOT NULL AS all`,
  );
  if (!there?.all) return new Map();
  const rows = await sql.query<{ of: string; last: number }>(
    `SELECT 'directive ' || issuer || ' ' || year AS of, last FROM directive_numbers
     UNION ALL SELECT 'round ' || briefing, max(nr) FROM rounds GROUP BY briefing`,
  );
  return new Map(rows.map(({ of, last }) => [of, last]));
}

/** How many numbers the operator says were given at most since the backup; and what the replaced database had given. */
export interface Numbers {
  readonly named?: number | undefined;
  readonly replaced: GivenNumbers;
}

/**
 * AU16, in the transaction that puts a backup back: ends what lets people in, since what was withdrawn after the backup
 * would live again; and passes over the numbers that may have been given since, on each chain that goes on.
 * @param backup its moment, as `to_jsonb` writes it, and its checksum
 * @param numbers without a named number, one for each second is passed over
 * @throws Error when the clock stands before the moment of the backup
 */
export async function recordRestore(
  sql: Sql,
  backup: { at: string; sha256: string },
  numbers: Numbers,
): Promise<Restored> {
  const [since] = await sql.query<{ seconds: number }>(
    `SELECT ceil(extract(epoch FROM clock_timestamp() - $1::timestamptz))::float8 AS seconds`,
    [backup.at],
  );
  const seconds = since?.seconds ?? 0;
  if (seconds < 0)
    throw new Error(
      `the clock of the database stands before the moment of the backup (${backup.at}): set it right first`,
    );
  const restored = await givenNumbers(sql);
  const ahead = [...numbers.replaced].map(([of, last]) => last - (restored.get(of) ?? 0));
  const passed = {
    seals: (seconds + 1) * SEALS_A_SECOND,
    numbers: Math.max(numbers.named ?? (seconds + 1) * NUMBERS_A_SECOND, ...ahead),
  };
  const facts = { id: randomUUID(), backup_at: backup.at, backup_sha256: backup.sha256, ...passed };
  const chains = await sql.query<{ id: string }>(`SELECT id FROM chains WHERE id <> $1 ORDER BY id`, [SYSTEM]);
  for (const id of [SYSTEM, ...chains.map((chain) => chain.id)]) {
    const batch = await Batch.open(sql, id, passed.seals);
    await batch.insert('restores', [{ ...facts, at: batch.at }]);
    await batch.close();
  }
  return { ...(await endAccess(sql)), numbers: passed.numbers };
}

/** The last time that a backup was put back; undefined: never. */
export async function lastRestore(sql: Sql): Promise<Restore | undefined> {
  const [row] = await sql.query<{ id: string; at: Date; backup_at: Date }>(
    `SELECT id, at, backup_at FROM restores WHERE chain = $1 ORDER BY seal DESC LIMIT 1`,
    [SYSTEM],
  );
  return row && { id: row.id, at: row.at.toISOString(), backupAt: row.backup_at.toISOString() };
}

async function endAccess(sql: Sql): Promise<Omit<Restored, 'numbers'>> {
  const count = async (statement: string) => (await sql.query(`${statement} RETURNING 1`)).length;
  const sessions = await count('UPDATE sessions SET ended_at = clock_timestamp() WHERE ended_at IS NULL');
  const links = await count('UPDATE links SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL');
  const passwords = await count('DELETE FROM credentials');
  await sql.query('UPDATE device_codes SET withdrawn_at = clock_timestamp() WHERE withdrawn_at IS NULL');
  await sql.query('DELETE FROM known_devices');
  await sql.query('DELETE FROM figure_keys');
  await sql.query('UPDATE figure_readers SET withdrawn = clock_timestamp() WHERE withdrawn IS NULL');
  // What waited then was told since, by whoever had the data before.
  await sql.query(`UPDATE hooks SET state = 'paused' WHERE state = 'active'`);
  const officials = await sql.query<Restored['officials'][number] & Record<string, unknown>>(
    `SELECT id, role, name FROM accounts WHERE role IN ('operator', 'principal') AND disabled_at IS NULL ORDER BY role, name`,
  );
  return { sessions, links, passwords, officials };
}
