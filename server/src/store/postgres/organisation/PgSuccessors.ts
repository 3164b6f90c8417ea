import { hash } from 'node:crypto';
import type { Succession } from '../../../domain/figure/former/formerUnits.ts';
import type { UnitVersion } from '../../../domain/organisation/roster.ts';
import type { SuccessorRow } from '../../../domain/organisation/successors.ts';
import { ms } from '../base/columns.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { recordPeopleAct } from './peopleActs.ts';

/** Units change at midnight in Viet Nam. */
const midnight = (day: string): string => `${day}::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'`;

/** Who took the place of units that are closed by now. */
export function successionsOf(sql: Sql): Promise<readonly Succession[]> {
  return sql.query<Succession & Record<string, unknown>>(
    `SELECT s.unit, s.successor, s.share, ${ms(`(${midnight('u.closed_on')})`)} AS closed,
       ${ms(`(SELECT min(${midnight('v.valid_from')}) FROM unit_versions v WHERE v.code = s.successor)`)} AS began
     FROM unit_successors s JOIN units u ON u.code = s.unit
     WHERE ${midnight('u.closed_on')} <= clock_timestamp() ORDER BY s.unit, s.successor`,
  );
}

/**
 * In the place of what the named units had; by the command line, and on record as such.
 * @param faults what is wrong with them @throws Error that says all of it
 */
export async function replaceSuccessors(
  postgres: Postgres,
  { file, rows }: { readonly file: string; readonly rows: readonly SuccessorRow[] },
  faults: (versions: readonly UnitVersion[]) => readonly string[],
): Promise<void> {
  await postgres.transaction(async (sql) => {
    await sql.query('SELECT 1 FROM roster_version FOR UPDATE');
    const versions = await sql.query<UnitVersion & Record<string, unknown>>(
      `SELECT code, parent, path, tier, name, valid_from::text AS "validFrom", valid_to::text AS "validTo" FROM unit_versions`,
    );
    const wrong = faults(versions);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    const units = rows.map(({ unit }) => unit);
    await sql.query('DELETE FROM unit_successors WHERE unit = ANY ($1)', [units]);
    await sql.query(
      'INSERT INTO unit_successors (unit, successor, share) SELECT * FROM unnest($1::text[], $2::text[], $3::int[])',
      [units, rows.map(({ successor }) => successor), rows.map(({ share }) => share)],
    );
    await sql.query('UPDATE roster_version SET version = version + 1');
    const said = rows.map(({ unit, successor, share }) => [unit, successor, share]);
    const plan = hash('sha256', JSON.stringify(said));
    const what = { act: 'units.succeeded', file, plan, units: new Set(units).size } as const;
    await recordPeopleAct(sql, { account: null }, { what, unit: rootOf(versions) });
  });
}

const rootOf = (versions: readonly UnitVersion[]): string | null =>
  versions.find(({ parent }) => parent === null)?.code ?? null;
