import { UNUSED_HOURS } from '../../../domain/directive/limits.ts';
import type { AttachmentStore, StoredFile } from '../../../domain/directive/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

/** Read at once, so that a download to a poor line costs no more memory than this. */
const CHUNK_BYTES = 256 * 1024;

export class PgAttachments implements AttachmentStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async keep({ sha256, type, bytes, by }: Parameters<AttachmentStore['keep']>[0]): Promise<string> {
    return this.#postgres.transaction(async (sql) => {
      const [row] = await sql.query<{ type: string }>(
        `INSERT INTO attachments (sha256, type, size, uploaded_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (sha256) DO UPDATE SET uploaded_at = clock_timestamp() RETURNING type`,
        [sha256, type, bytes.length, by],
      );
      if (!row) throw new Error('the attachment was not written');
      await sql.query('INSERT INTO attachment_uploads (sha256, account) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        sha256,
        by,
      ]);
      await sql.query('INSERT INTO attachment_bytes (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        sha256,
        bytes,
      ]);
      return row.type;
    });
  }

  async unusedBytes(account: string): Promise<number> {
    const [row] = await this.#postgres.query<{ bytes: number }>(
      `SELECT coalesce(sum(a.size), 0)::float8 AS bytes FROM attachment_uploads u JOIN attachments a USING (sha256)
       WHERE u.account = $1 AND NOT a.used`,
      [account],
    );
    return row?.bytes ?? 0;
  }

  async uploadedBy(account: string, sha256s: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#postgres.query<{ sha256: string }>(
      'SELECT sha256 FROM attachment_uploads WHERE account = $1 AND sha256 = ANY($2)',
      [account, sha256s],
    );
    return new Set(rows.map(({ sha256 }) => sha256));
  }

  async holders(sha256: string): Promise<readonly { directive: string; name: string }[]> {
    return this.#postgres.query(
      `SELECT d.id AS directive, a.name FROM directives d, jsonb_to_recordset(d.attachments) a(sha256 text, name text)
       WHERE d.attachments @> $1 AND a.sha256 = $2 ORDER BY d.issued_at DESC`,
      [JSON.stringify([{ sha256 }]), sha256],
    );
  }

  async load(sha256: string): Promise<StoredFile | undefined> {
    const [row] = await this.#postgres.query<{ type: string; size: number }>(
      'SELECT type, size FROM attachments WHERE sha256 = $1',
      [sha256],
    );
    return row && { ...row, bytes: this.#chunks(sha256, row.size) };
  }

  async *#chunks(sha256: string, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < size; at += CHUNK_BYTES) {
      const [row] = await this.#postgres.query<{ chunk: Buffer }>(
        'SELECT substring(bytes FROM $2 FOR $3) AS chunk FROM attachment_bytes WHERE sha256 = $1',
        [sha256, at + 1, CHUNK_BYTES],
      );
      if (!row) throw new Error(`the bytes of attachment ${sha256} are gone`);
      yield row.chunk;
    }
  }

  async sweep(): Promise<number> {
    const rows = await this.#postgres.query(
      `DELETE FROM attachments WHERE NOT used AND uploaded_at < clock_timestamp() - interval '${UNUSED_HOURS} h' RETURNING sha256`,
    );
    return rows.length;
  }
}
