import { hash } from 'node:crypto';
import type { Succession } from '../../../domain/figure/former/formerUnits.ts';
import type { UnitVersion } from '../../../domain/organisation/roster.ts';
import type { SuccessorRow } from '../../../domain/organisation/successors.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
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
    await holdRoster(sql);
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
    await recordChange(sql, 'units.succeeded', file, rows);
  });
}

/**
 * FG61: of the named units nobody took the place after all; by the command line, and on record as such.
 * @throws Error that names those of which nothing is on record
 */
export async function withdrawSuccessors(
  postgres: Postgres,
  { file, units }: { readonly file: string; readonly units: readonly UnitCode[] },
): Promise<void> {
  await postgres.transaction(async (sql) => {
    await holdRoster(sql);
    const gone = await sql.query<Succeeded & Record<string, unknown>>(
      'DELETE FROM unit_successors WHERE unit = ANY ($1) RETURNING unit, successor, share',
      [units],
    );
    const known = new Set(gone.map(({ unit }) => unit));
    const wrong = units.filter((unit) => !known.has(unit));
    if (wrong.length > 0) throw new Error(`nobody is on record who took the place of ${wrong.join(', ')}`);
    await recordChange(sql, 'units.successors-withdrawn', file, gone);
  });
}

type Succeeded = Pick<SuccessorRow, 'unit' | 'successor' | 'share'>;

const holdRoster = (sql: Sql): Promise<unknown> => sql.query('SELECT 1 FROM roster_version FOR UPDATE');

/** Running nodes take it over by the version of the roster. */
async function recordChange(
  sql: Sql,
  act: 'units.succeeded' | 'units.successors-withdrawn',
  file: string,
  rows: readonly Succeeded[],
): Promise<void> {
  await sql.query('UPDATE roster_version SET version = version + 1');
  const plan = hash('sha256', JSON.stringify(rows.map(({ unit, successor, share }) => [unit, successor, share])));
  const what = { act, file, plan, units: new Set(rows.map(({ unit }) => unit)).size };
  const [root] = await sql.query<{ code: UnitCode }>('SELECT code FROM unit_versions WHERE parent IS NULL LIMIT 1');
  await recordPeopleAct(sql, { account: null }, { what, unit: root?.code ?? null });
}
