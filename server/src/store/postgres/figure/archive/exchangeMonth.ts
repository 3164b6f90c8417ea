import { spanOf } from '../../../../domain/figure/archive/months.ts';
import type { Sql } from '../../base/Postgres.ts';

interface Leaving {
  readonly month: string;
  /** Codes of the indicators whose rows leave. */
  readonly codes: readonly string[];
  /** The last N of what leaves. */
  readonly until: number;
}

/**
 * FG36: the table of a month gets another in its place, with what stays: rows of a record are never deleted. What stays is copied
 * beside everybody, since rows only grow; only the exchange itself keeps others waiting.
 * @returns makes the exchange, under the lock of N; it throws where something was said of what leaves meanwhile
 */
export async function copyStaying(sql: Sql, { month, codes, until }: Leaving): Promise<() => Promise<void>> {
  const table = `observations_${month.replace('-', '_')}`;
  const next = `${table}_next`;
  const { from, to } = spanOf(month);
  const [first, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const copy = (which: '<=' | '>') =>
    sql.query(`INSERT INTO ${next} SELECT * FROM ${table} WHERE indicator <> ALL ($1) AND batch ${which} $2`, [
      codes,
      until,
    ]);
  await sql.query(`CREATE TABLE ${next} (LIKE observations INCLUDING ALL)`);
  // By it the exchange need not look at each row again.
  await sql.query(`ALTER TABLE ${next} ADD CONSTRAINT of_month CHECK (period >= '${first}' AND period < '${end}')`);
  await sql.query(
    `CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON ${next} FOR EACH STATEMENT EXECUTE FUNCTION record_stays()`,
  );
  await copy('<=');
  return async () => {
    await sql.query('LOCK TABLE observations IN ACCESS EXCLUSIVE MODE');
    const said = await sql.query(`SELECT FROM ${table} WHERE indicator = ANY ($1) AND batch > $2 LIMIT 1`, [
      codes,
      until,
    ]);
    if (said.length > 0) throw new Error(`something was said of ${month} meanwhile: begin again`);
    await copy('>');
    await sql.query(`ALTER TABLE observations DETACH PARTITION ${table}`);
    await sql.query(`DROP TABLE ${table}`);
    await sql.query(`ALTER TABLE ${next} RENAME TO ${table}`);
    await sql.query(`ALTER TABLE observations ATTACH PARTITION ${table} FOR VALUES FROM ('${first}') TO ('${end}')`);
    await sql.query(`ALTER TABLE ${table} DROP CONSTRAINT of_month`);
  };
}
