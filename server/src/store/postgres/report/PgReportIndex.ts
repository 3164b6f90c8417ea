import type { Piece, ReportIndex } from '../../../domain/report/ports.ts';
import type { Postgres } from '../base/Postgres.ts';
import { inSubtree } from '../base/subtree.ts';

const BELOW = inSubtree('path', '$2');

export class PgReportIndex implements ReportIndex {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  rounds(briefing: string, territory: string): Promise<readonly Piece[]> {
    return this.#postgres.query<Piece & { nr: number }>(
      `SELECT r.id, r.at, r.scope AS paths, count(*)::int AS rows FROM rounds r JOIN round_asked u ON u.round = r.id
       WHERE r.briefing = $1 AND ${BELOW} GROUP BY r.id ORDER BY r.nr`,
      [briefing, territory],
    );
  }

  directives(about: { briefing: string } | { directive: string }, territory: string): Promise<readonly Piece[]> {
    const [column, id] = 'briefing' in about ? ['briefing', about.briefing] : ['id', about.directive];
    return this.#postgres.query<Piece & { id: string }>(
      `SELECT d.id, d.issued_at AS at, ARRAY[d.issuer_path] AS paths, count(*)::int AS rows FROM directives d JOIN directive_addressees a ON a.directive = d.id
       WHERE d.${column} = $1 AND ${BELOW} GROUP BY d.id ORDER BY d.issued_at, d.id`,
      [id, territory],
    );
  }
}
