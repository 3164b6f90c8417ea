import { type Hash, MerkleTree } from '../../../src/domain/record/merkle.ts';
import { NO_SEAL, type RecordRow, recordHash, type Seal, sealHash } from '../../../src/domain/record/seal.ts';
import type { Sql } from '../../../src/store/postgres/base/Postgres.ts';

/** Migration -> what it let a server record, in SQL that stays as it is when the program goes on. */
export type History = Readonly<Record<string, (sql: Sql) => Promise<void>>>;

export const account = '11111111-1111-4111-8111-111111111111';
export const briefing = '22222222-2222-4222-8222-222222222222';
export const round = '44444444-4444-4444-8444-444444444444';
export const boot = '66666666-6666-4666-8666-666666666666';
export const screen = '88888888-8888-4888-8888-888888888888';
export const deck = '77777777-7777-4777-8777-777777777777';
export const directive = '55555555-5555-4555-8555-555555555555';
export const at = '2026-09-02T01:00:00.123456+00:00';
export const chain = `briefing:${briefing}`;

export const keepFile = (sql: Sql, sha256: string) =>
  sql.query(`INSERT INTO attachments (sha256, type, size, uploaded_by) VALUES ($1, 'text/plain', 1, $2)`, [
    sha256,
    account,
  ]);

export const bytes = (hash: Hash): Buffer => Buffer.from(hash, 'hex');

/** One row under a seal of its own, as it was sealed before seals named their rows. */
export async function seal(sql: Sql, table: string, row: RecordRow): Promise<void> {
  await sql.query('INSERT INTO chains (id, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING', [chain, bytes(NO_SEAL)]);
  const [last] = await sql.query<{ nr: string; hash: Hash }>(
    "SELECT nr, encode(hash, 'hex') AS hash FROM chains WHERE id = $1",
    [chain],
  );
  if (!last) throw new Error('the chain is not there');
  const nr = Number(last.nr) + 1;
  const [written] = await sql.query<{ row: RecordRow }>(
    `INSERT INTO ${table} AS t SELECT r.* FROM jsonb_populate_record(NULL::${table}, $1) r RETURNING to_jsonb(t) AS row`,
    [{ ...row, chain, seal: nr, leaf: 0 }],
  );
  if (!written) throw new Error('the row was not written');
  const { root } = new MerkleTree([recordHash(table, written.row)]);
  const made: Seal = { chain, nr, previous: last.hash, root, leaves: 1, at };
  const hash = sealHash(made);
  await sql.query(
    'INSERT INTO seals (chain, nr, previous, root, leaves, at, hash) VALUES ($1, $2, $3, $4, 1, $5, $6)',
    [chain, nr, bytes(last.hash), bytes(root), at, bytes(hash)],
  );
  await sql.query('UPDATE chains SET nr = $2, hash = $3 WHERE id = $1', [chain, nr, bytes(hash)]);
}
