import type { HookFact } from '../../../domain/hook/ports.ts';
import { iso } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';
import { inSubtree } from '../base/subtree.ts';

const DIRECTIVE = `d.id AS directive, d.number, d.year, d.title, d.issuer, d.issuer_path AS "issuerPath", ${iso('d.deadline')} AS deadline`;

/** Seals of one chain, the first left out. */
export interface SealRange {
  readonly chain: string;
  readonly after: string;
  readonly upTo: string;
}

/** WH1: acts that these seals cover, in their order. */
export async function readActs(sql: Sql, { chain, after, upTo }: SealRange): Promise<readonly HookFact[]> {
  const range = (t: string) => `${t}.chain = $1 AND ${t}.seal > $2 AND ${t}.seal <= $3`;
  const values = [chain, after, upTo];
  const found = await Promise.all([
    sql.query<HookFact & Place>(
      `SELECT 'directive.given' AS kind, 'directive-given-' || d.id AS event, ${iso('d.issued_at')} AS at, ${DIRECTIVE}, d.seal, d.leaf
       FROM directives d WHERE ${range('d')}`,
      values,
    ),
    sql.query<HookFact & Place>(
      `SELECT 'directive.acknowledged' AS kind, 'directive-acknowledged-' || a.key AS event, ${iso('a.at')} AS at, ${DIRECTIVE},
         a.unit, f.path, to_char(a.promised, 'YYYY-MM-DD') AS promised, a.seal, a.leaf
       FROM directive_acts a JOIN directives d ON d.id = a.directive
         JOIN directive_addressees f ON f.directive = a.directive AND f.unit = a.unit
       WHERE ${range('a')} AND a.act = 'acknowledge'`,
      values,
    ),
    sql.query<HookFact & Place>(
      `SELECT 'round.closed' AS kind, 'round-closed-' || r.id || '-' || a.version AS event, ${iso('a.at')} AS at,
         r.id AS round, r.briefing, r.nr, r.question, r.scope, a.seal, a.leaf
       FROM round_acts a JOIN rounds r ON r.id = a.round WHERE ${range('a')} AND a.act = 'close'`,
      values,
    ),
  ]);
  return found.flat().toSorted((a, b) => Number(a.seal) - Number(b.seal) || a.leaf - b.leaf);
}

/** WH3: directives of which somebody was behind when their deadline had passed. */
export const readOverdue = (sql: Sql, sinceMs: string): Promise<readonly HookFact[]> =>
  sql.query<HookFact>(
    `SELECT 'directive.overdue' AS kind, 'directive-overdue-' || d.id AS event, ${iso('m.done_at')} AS at, ${DIRECTIVE}
     FROM directive_moments m JOIN directives d ON d.id = m.directive
     WHERE m.moment = 'deadline' AND m.done_at > to_timestamp($1::float8 / 1000)
       AND EXISTS (SELECT FROM directive_reminders r WHERE r.directive = m.directive AND r.moment = 'deadline')
     ORDER BY m.done_at`,
    [sinceMs],
  );

/** How many units of a territory a fact is about. */
export async function countWithin(sql: Sql, fact: HookFact, path: string): Promise<number> {
  const [row] = await sql.query<{ units: number }>(...countOf(fact, path));
  return row?.units ?? 0;
}

function countOf(fact: HookFact, path: string): [string, readonly unknown[]] {
  switch (fact.kind) {
    case 'directive.given':
      return [
        `SELECT count(*)::int AS units FROM directive_addressees WHERE directive = $1 AND ${inSubtree('path', '$2')}`,
        [fact.directive, path],
      ];
    case 'directive.overdue':
      return [
        `SELECT count(*)::int AS units FROM directive_reminders r JOIN directive_addressees a USING (directive, unit)
         WHERE r.directive = $1 AND r.moment = 'deadline' AND ${inSubtree('a.path', '$2')}`,
        [fact.directive, path],
      ];
    case 'round.closed':
      return [
        `SELECT count(*)::int AS units FROM round_asked WHERE round = $1 AND ${inSubtree('path', '$2')}`,
        [fact.round, path],
      ];
    // It is of this territory, or not told.
    case 'figure.complete':
      return ['SELECT ($1 = $2)::int AS units', [fact.path, path]];
    default:
      return [`SELECT starts_with($1 || '.', $2 || '.')::int AS units`, [fact.path, path]];
  }
}

interface Place {
  readonly seal: string;
  readonly leaf: number;
}
