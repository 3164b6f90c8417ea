import type { FigureDefinitions } from '../../../domain/figure/facts.ts';
import type { FigureTree, IntakeGround } from '../../../domain/figure/placeRows.ts';
import type { FigureRow } from '../../../protocol/figureBatch.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import type { Sql } from '../base/Postgres.ts';

/**
 * Of the codes that rows name, or their indicators list (FG90), and that are no unit today: those that once were, with
 * whoever took their place, also where that was closed in turn.
 */
export async function closedUnits(
  sql: Sql,
  rows: readonly Pick<FigureRow, 'indicator' | 'unit'>[],
  { indicators }: Pick<FigureDefinitions, 'indicators'>,
  tree: FigureTree,
): Promise<IntakeGround['closed']> {
  const named = new Set<string>();
  const unknown = new Set<UnitCode>();
  for (const { indicator, unit } of rows) {
    named.add(indicator);
    if (!tree.find(unit)) unknown.add(unit);
  }
  for (const code of named)
    for (const listed of indicators.get(code)?.reporters ?? []) if (!tree.find(listed)) unknown.add(listed);
  if (unknown.size === 0) return new Map();
  const found = await sql.query<{ code: string; heirs: string[] }>(
    `WITH RECURSIVE heirs AS (SELECT code, code AS heir FROM units WHERE code = ANY ($1)
       UNION SELECT h.code, s.successor FROM heirs h JOIN unit_successors s ON s.unit = h.heir)
     SELECT code, array_agg(heir ORDER BY heir) AS heirs FROM heirs GROUP BY code`,
    [[...unknown]],
  );
  return new Map(found.map(({ code, heirs }) => [code, heirs.filter((heir) => tree.find(heir))]));
}
