import type { FigureDefinitions } from '../../../domain/figure/facts.ts';
import { type FigureTree, type IntakeGround, startsOfPeriods } from '../../../domain/figure/placeRows.ts';
import { isOfToday, type UnitTerm, type UnitTerms } from '../../../domain/figure/unitTerms.ts';
import type { FigureRow } from '../../../protocol/figureBatch.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import { ms } from '../base/columns.ts';
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

/**
 * Versions of all codes that are closed, and of living ones that a row names for a period before their present version. Most batches
 * have neither, and ask nothing. (FG167, FG168)
 */
export async function unitTerms(
  sql: Sql,
  rows: readonly Pick<FigureRow, 'indicator' | 'unit' | 'period'>[],
  { indicators }: Pick<FigureDefinitions, 'indicators'>,
  { tree, closed }: { readonly tree: FigureTree; readonly closed: IntakeGround['closed'] },
): Promise<UnitTerms> {
  const starts = startsOfPeriods();
  const codes = new Set<UnitCode>(closed.keys());
  for (const { indicator, unit, period } of rows) {
    const every = indicators.get(indicator)?.every;
    const start = every && starts(every, period);
    if (every === undefined || start === undefined) continue;
    const known = tree.find(unit);
    for (const each of known ? [{ ...known, code: unit }] : tree.named(unit))
      if (!isOfToday(each, every, start)) codes.add(each.code);
  }
  if (codes.size === 0) return new Map();
  const found = await sql.query<UnitTerm & { code: UnitCode }>(
    `SELECT v.code, v.name, v.path, ${ms(midnight('v.valid_from'))} AS "from", ${ms(midnight('v.valid_to'))} AS until,
       NOT EXISTS (SELECT FROM unit_versions b WHERE b.parent = v.code
         AND b.valid_from < coalesce(v.valid_to, 'infinity') AND v.valid_from < coalesce(b.valid_to, 'infinity')) AS "isBase"
     FROM unit_versions v WHERE v.code = ANY ($1)`,
    [[...codes]],
  );
  return Map.groupBy(found, ({ code }) => code);
}

/** Units change at midnight in Viet Nam. */
const midnight = (day: string): string => `(${day}::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')`;
