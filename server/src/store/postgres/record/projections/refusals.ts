import type { RecordRow } from '../../../../domain/record/seal.ts';
import { REFUSALS } from '../../../../domain/rollcall/limits.ts';
import type { Sql } from '../../base/Postgres.ts';
import { type RefusedDigests, refusalDigest } from '../../rollcall/refusalsOf.ts';

const SHOWN = 20;

/** AU35: what had been refused when a round was closed is still there, unless its unit was refused so often since that old ones went. */
export async function checkRefusals(sql: Sql): Promise<readonly string[]> {
  const closings = await sql.query<{ round: string; refused: number; refusals: RefusedDigests }>(
    'SELECT round, refused, refusals FROM public.round_closings ORDER BY round',
  );
  const full = new Set((await sql.query<{ unit: string }>(FULL, [REFUSALS.ofUnit])).map(({ unit }) => unit));
  const problems: string[] = [];
  for (const { round, refused, refusals } of closings) {
    if (problems.length >= SHOWN) break;
    const digests = await digestsNow(sql, round);
    const said = Object.values(refusals).reduce((sum, of) => sum + of.length, 0);
    if (said !== refused) problems.push(`round_closings (round ${round}): it says ${refused} and names ${said}`);
    for (const [unit, of] of Object.entries(refusals)) {
      if (full.has(unit)) continue;
      const gone = of.filter((digest) => !digests.get(unit)?.all.has(digest)).length;
      if (gone > 0)
        problems.push(
          `round_refusals (round ${round}, unit ${unit}): ${gone} of ${of.length} that were sealed when it was closed are gone or altered`,
        );
    }
    for (const [unit, { early }] of digests) {
      const more = [...early].filter((digest) => !refusals[unit]?.includes(digest)).length;
      if (more > 0)
        problems.push(
          `round_refusals (round ${round}, unit ${unit}): ${more} from before it was closed were not there when it was sealed`,
        );
    }
  }
  return problems.slice(0, SHOWN);
}

/** Units of which old refusals go (RC22). */
const FULL = 'SELECT unit FROM public.round_refusals GROUP BY unit HAVING count(*) >= $1';

interface OfUnit {
  readonly all: Set<string>;
  /** Of these it is certain that they were there when the round was closed: others may have been written a moment later. */
  readonly early: Set<string>;
}

async function digestsNow(sql: Sql, round: string): Promise<ReadonlyMap<string, OfUnit>> {
  const rows = await sql.query<{ unit: string; row: RecordRow; early: boolean }>(
    `SELECT r.unit, to_jsonb(r) - 'last_at' - 'times' AS row, r.at < c.at - interval '1 minute' AS early
     FROM public.round_refusals r JOIN public.round_closings c USING (round) WHERE r.round = $1`,
    [round],
  );
  const units = new Map<string, OfUnit>();
  for (const { unit, row, early } of rows) {
    const of = units.get(unit) ?? { all: new Set<string>(), early: new Set<string>() };
    units.set(unit, of);
    of.all.add(refusalDigest(row));
    if (early) of.early.add(refusalDigest(row));
  }
  return units;
}
