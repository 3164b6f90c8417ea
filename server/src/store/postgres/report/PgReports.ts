import { KEPT_HOURS, MOST_TRIES, SILENT_SECONDS } from '../../../domain/report/limits.ts';
import type { ReportClaim, ReportOrder, ReportStore, StoredReport } from '../../../domain/report/ports.ts';
import type { Report } from '../../../protocol/report.ts';
import type { Postgres } from '../base/Postgres.ts';

interface Row {
  id: string;
  territory: string;
  about: ReportOrder['about'];
  format: ReportOrder['format'];
  language: ReportOrder['language'];
  file_name: string;
  state: Report['state'];
  rows: number;
  total: number | null;
  message: string | null;
  size: string | null;
  attempt: number;
}

const STALE = `state = 'running' AND heard_at < clock_timestamp() - interval '${SILENT_SECONDS} s'`;
const MINE = `id = $1 AND attempt = $2 AND state = 'running'`;

export class PgReports implements ReportStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  create(...[wanted, decide]: Parameters<ReportStore['create']>): Promise<Report> {
    const { account, territory, about, format, language, fileName } = wanted;
    return this.#postgres.transaction(async (sql) => {
      // One after the other, so that the same order is not taken twice.
      await sql.query('SELECT FROM accounts WHERE id = $1 FOR NO KEY UPDATE', [account]);
      const open = await sql.query<Row & { same: boolean }>(
        `SELECT *, about = $2::jsonb AND format = $3 AND language = $4 AND territory = $5 AS same FROM reports
         WHERE account = $1 AND state IN ('waiting', 'running')`,
        [account, JSON.stringify(about), format, language, territory],
      );
      const same = decide(open);
      if (same) return toReport(same);
      const [row] = await sql.query<Row>(
        `INSERT INTO reports (account, territory, about, format, language, file_name) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`,
        [account, territory, JSON.stringify(about), format, language, fileName],
      );
      if (!row) throw new Error('the report was not written');
      return toReport(row);
    });
  }

  async find(id: string): Promise<StoredReport | undefined> {
    const [row] = await this.#postgres.query<Row>('SELECT * FROM reports WHERE id = $1', [id]);
    return row && { order: toOrder(row), report: toReport(row), size: row.size === null ? null : Number(row.size) };
  }

  async claim(): Promise<ReportClaim | undefined> {
    const [row] = await this.#postgres.query<Row>(
      `UPDATE reports SET state = 'running', attempt = attempt + 1, rows = 0, total = NULL, heard_at = clock_timestamp()
       WHERE id = (SELECT id FROM reports WHERE (state = 'waiting' OR (${STALE})) AND attempt < ${MOST_TRIES}
         ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *`,
    );
    return row && { order: toOrder(row), attempt: row.attempt };
  }

  async progress({ order, attempt }: ReportClaim, rows: number, total: number): Promise<boolean> {
    const held = await this.#postgres.query(
      `UPDATE reports SET rows = $3, total = $4, heard_at = clock_timestamp() WHERE ${MINE} RETURNING id`,
      [order.id, attempt, rows, total],
    );
    return held.length > 0;
  }

  async addPart({ order, attempt }: ReportClaim, nr: number, bytes: Buffer): Promise<void> {
    await this.#postgres.query('INSERT INTO report_parts (report, attempt, nr, bytes) VALUES ($1, $2, $3, $4)', [
      order.id,
      attempt,
      nr,
      bytes,
    ]);
  }

  async finish({ order, attempt }: ReportClaim, rows: number): Promise<void> {
    await this.#postgres.transaction(async (sql) => {
      await sql.query(
        `UPDATE reports SET state = 'ready', rows = $3, total = $3,
           size = (SELECT coalesce(sum(length(bytes)), 0) FROM report_parts WHERE report = $1 AND attempt = $2) WHERE ${MINE}`,
        [order.id, attempt, rows],
      );
      await sql.query('DELETE FROM report_parts WHERE report = $1 AND attempt < $2', [order.id, attempt]);
    });
  }

  async fail({ order, attempt }: ReportClaim, message: string): Promise<void> {
    await this.#postgres.query(`UPDATE reports SET state = 'failed', message = $3 WHERE ${MINE}`, [
      order.id,
      attempt,
      message,
    ]);
  }

  /** This try does not count. */
  async release({ order, attempt }: ReportClaim): Promise<void> {
    await this.#postgres.transaction(async (sql) => {
      const held = await sql.query(
        `UPDATE reports SET state = 'waiting', attempt = attempt - 1 WHERE ${MINE} RETURNING id`,
        [order.id, attempt],
      );
      if (held.length > 0)
        await sql.query('DELETE FROM report_parts WHERE report = $1 AND attempt = $2', [order.id, attempt]);
    });
  }

  async part(id: string, nr: number): Promise<Buffer | undefined> {
    const [row] = await this.#postgres.query<{ bytes: Buffer }>(
      `SELECT p.bytes FROM report_parts p JOIN reports r ON r.id = p.report AND r.attempt = p.attempt AND r.state = 'ready'
       WHERE p.report = $1 AND p.nr = $2`,
      [id, nr],
    );
    return row?.bytes;
  }

  async sweep(): Promise<void> {
    await this.#postgres.query(`DELETE FROM reports WHERE asked_at < clock_timestamp() - interval '${KEPT_HOURS} h'`);
    await this.#postgres.query(
      `UPDATE reports SET state = 'failed', message = 'it could not be made in ${MOST_TRIES} tries' WHERE ${STALE} AND attempt >= ${MOST_TRIES}`,
    );
  }
}

const toOrder = ({ id, territory, about, format, language, file_name }: Row): ReportOrder => {
  return { id, territory, about, format, language, fileName: file_name };
};

const toReport = ({ id, state, rows, total, file_name, message }: Row): Report => {
  return { id, state, rows, total, fileName: file_name, message };
};
