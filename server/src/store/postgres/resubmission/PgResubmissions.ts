import { CLAIMS_OF_UNIT } from '../../../domain/resubmission/limits.ts';
import type { ResubmissionStore } from '../../../domain/resubmission/ports.ts';
import type { Restore, Resubmission } from '../../../protocol/resubmission.ts';
import type { Postgres } from '../base/Postgres.ts';
import { lastRestore } from '../record/restores.ts';
import { readStands } from './readMoment.ts';
import { takeIn } from './takeIn.ts';

interface Row {
  outcome: Resubmission['outcome'];
  unit: string;
  path: string;
  kind: Resubmission['kind'];
  about: string;
  title: string | null;
  original_at: Date;
  at: Date;
  said: Record<string, string | null>;
  sent_by: string;
}

/** What came in again, in PostgreSQL. */
export class PgResubmissions implements ResubmissionStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  lastRestore(): Promise<Restore | undefined> {
    return lastRestore(this.#postgres);
  }

  standing(...[offers]: Parameters<ResubmissionStore['standing']>): ReturnType<ResubmissionStore['standing']> {
    return readStands(this.#postgres, offers);
  }

  takeIn(...[chain, offers, decide]: Parameters<ResubmissionStore['takeIn']>): ReturnType<ResubmissionStore['takeIn']> {
    return this.#postgres.transaction((sql) => takeIn(sql, chain, offers, decide));
  }

  async claim(...[{ about, kind, row, by }, doubt]: Parameters<ResubmissionStore['claim']>): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO resubmission_claims AS kept SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13
       WHERE EXISTS (SELECT FROM resubmission_claims WHERE unit = $2 AND about = $1 AND key = $4)
         OR (SELECT count(*) FROM resubmission_claims WHERE unit = $2) < ${CLAIMS_OF_UNIT}
       ON CONFLICT (unit, about, key) DO UPDATE SET times = kept.times + 1`,
      [
        ...[about, row.unit, by.path, row.key, kind, doubt, row.at, JSON.stringify(row), by.received],
        ...[by.account, by.name, by.identity, by.address],
      ],
    );
  }

  async list(...[territory, before, limit]: Parameters<ResubmissionStore['list']>) {
    const here = `(r.path = $1 OR starts_with(r.path, $1 || '.')) AND ($2::timestamptz IS NULL OR r.at < $2)`;
    const columns = 'r.unit, r.path, r.kind, r.about, r.original_at, r.at';
    const rows = await this.#postgres.query<Row>(
      `SELECT f.*, coalesce(q.question, d.title) AS title FROM (
         SELECT fate AS outcome, ${columns}, receipt->'record' AS said, account_name AS sent_by FROM resubmissions r WHERE ${here}
         UNION ALL SELECT 'claimed', ${columns}, said, account_name FROM resubmission_claims r WHERE ${here}) f
       LEFT JOIN rounds q ON q.id = f.about LEFT JOIN directives d ON d.id = f.about
       ORDER BY f.at DESC FETCH FIRST $3 ROWS WITH TIES`,
      [territory, before ?? null, limit],
    );
    return rows.map(({ original_at, at, said, sent_by: sentBy, ...row }) => ({
      ...row,
      ...{ originalAt: original_at.toISOString(), at: at.toISOString(), sentBy },
      ...{ by: said.account_name ?? said.by_name ?? '', said: said.answerer ?? said.act ?? '' },
      ...{ name: said.name ?? null, words: said.words ?? said.note ?? null },
    }));
  }
}
