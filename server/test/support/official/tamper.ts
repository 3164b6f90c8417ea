import assert from 'node:assert/strict';
import { Client } from 'pg';
import type { Witness } from '../../../src/domain/record/ports.ts';
import { type RecordLine, recordLineSchema } from '../../../src/domain/record/recordLine.ts';
import { verifyRecord } from '../../../src/domain/record/verifyRecord.ts';
import { migrationNames } from '../../../src/store/postgres/base/migrationFiles.ts';
import { SESSION } from '../../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { liveProblems } from '../../../src/store/postgres/record/liveProblems.ts';
import { officialTables } from '../../../src/store/postgres/record/officialTables.ts';
import { recordLines } from '../../../src/store/postgres/record/recordLines.ts';

export interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

interface Look {
  readonly witnesses: readonly Witness[];
  readonly since: string | undefined;
  /** Whether what stands around the tables is looked at, which takes as long as everything else. */
  readonly isAround: boolean;
}

/** Someone with all rights to the database, who would like the record to be another. What they do is undone after each look. */
export class Tamperer {
  readonly #client: Client;
  /** A line as it is in a file -> as it is read from there: most are the same after each deed, and to check a shape takes longer than to find it. */
  readonly #exported = new Map<string, RecordLine>();

  private constructor(client: Client) {
    this.#client = client;
  }

  static async create(url: string): Promise<Tamperer> {
    const client = new Client({ connectionString: url, options: SESSION });
    await client.connect();
    return new Tamperer(client);
  }

  /** Columns of these tables, from the catalogue. */
  async columns(tables: Iterable<string>): Promise<readonly Column[]> {
    const { rows } = await this.#client.query<Column>(
      `SELECT table_name AS table, column_name AS column, udt_name AS type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = ANY ($1) ORDER BY 1, ordinal_position`,
      [[...tables]],
    );
    return rows;
  }

  /** Takes away whatever would stop them: rules of the tables are no part of the proof. */
  async dropRules(): Promise<void> {
    const { rows } = await this.#client.query<{ statement: string }>(
      `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname) AS statement
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f') AND coninhcount = 0`,
    );
    for (const { statement } of rows) await this.#client.query(statement);
    const nullable = await this.#client.query<{ statement: string }>(
      `SELECT format('ALTER TABLE %I ALTER %I DROP NOT NULL', table_name, column_name) AS statement FROM information_schema.columns
       JOIN information_schema.tables USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
       AND is_nullable = 'NO' AND is_identity = 'NO'
       AND NOT (SELECT relispartition FROM pg_class WHERE oid = table_name::regclass) AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
         AND a.attnum = ANY (i.indkey) WHERE i.indisprimary AND i.indrelid = table_name::regclass AND a.attname = column_name)`,
    );
    for (const { statement } of nullable.rows) await this.#client.query(statement);
  }

  /** Takes away keys and unique indexes of one table, and what keeps its columns from being null. */
  async allowDoubles(table: string): Promise<void> {
    const { rows } = await this.#client.query<{ statement: string }>(
      `SELECT CASE WHEN c.conname IS NULL THEN format('DROP INDEX %s', i.indexrelid::regclass)
         ELSE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', i.indrelid::regclass, c.conname) END AS statement
       FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
       WHERE i.indrelid = $1::regclass AND i.indisunique`,
      [table],
    );
    for (const { statement } of rows) await this.#client.query(statement);
    const free = (await this.columns([table])).map(({ column }) => `ALTER "${column}" DROP NOT NULL`);
    await this.#client.query(`ALTER TABLE ${table} ${free.join(', ')}`);
  }

  query<R extends object>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    return this.#client.query(text, [...values]).then(({ rows }) => rows as R[]);
  }

  /**
   * Does it with all triggers off, and asks what verification says, of the database and of an export of it (AU11).
   * @param since FG111: nothing of before is read
   * @returns chain and text of each problem, but for what stands around the tables: whoever alters a row had to change that, and
   * a test of the rows wants to know whether it is noticed by them
   */
  async after(
    deed: () => Promise<unknown>,
    witnesses: readonly Witness[] = [],
    since?: string,
  ): Promise<readonly string[]> {
    return (await this.#found(deed, { witnesses, since, isAround: false })).rows;
  }

  /** AU30: the same of what stands around the tables alone. */
  async around(deed: () => Promise<unknown>): Promise<readonly string[]> {
    return (await this.#found(deed, { witnesses: [], since: undefined, isAround: true })).around;
  }

  async #found(
    deed: () => Promise<unknown>,
    { witnesses, since, isAround }: Look,
  ): Promise<{ readonly rows: readonly string[]; readonly around: readonly string[] }> {
    await this.#client.query('BEGIN');
    try {
      await this.#client.query('SET LOCAL session_replication_role = replica');
      await deed();
      const snapshot = Snapshot.within(this.#client);
      const lines: RecordLine[] = [];
      for await (const line of recordLines(snapshot, since, isAround)) lines.push(line);
      const options = { tables: officialTables, migrations: await migrationNames(), witnesses, since };
      const { problems } = await verifyRecord(each(lines), options);
      const exported = await verifyRecord(each(lines.map((line) => this.#throughExport(line))), options);
      assert.deepEqual(exported.problems, problems, 'an export says the same');
      const live = isAround ? [] : await liveProblems(snapshot, since);
      const told = problems.filter((problem) => !problem.isAround);
      return {
        rows: [...told.map(({ chain, text }) => (chain ? `${chain}: ${text}` : text)), ...live],
        around: problems.filter((problem) => problem.isAround).map(({ text }) => text),
      };
    } finally {
      await this.#client.query('ROLLBACK');
    }
  }

  /** A line as it is after it was written to a file and read from it. */
  #throughExport(line: RecordLine): RecordLine {
    const text = JSON.stringify(line);
    const read = this.#exported.get(text) ?? recordLineSchema.parse(JSON.parse(text));
    this.#exported.set(text, read);
    return read;
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The smallest other value that a column can have. */
export function altered({ column, type }: Column): string {
  const c = `"${column}"`;
  const other: Readonly<Record<string, string>> = {
    // One bit of the last character; an empty text gets one.
    text: `CASE WHEN ${c} = '' THEN ' ' ELSE left(${c}, -1) || chr(ascii(right(${c}, 1)) # 16) END`,
    uuid: `(left(${c}::text, 35) || to_hex(('x' || right(${c}::text, 1))::bit(4)::int # 1))::uuid`,
    int4: `${c} + 1`,
    int8: `${c} + 1`,
    int2: `${c} + 1`,
    float8: `${c} + 1`,
    bool: `NOT ${c}`,
    timestamptz: `${c} + interval '1 microsecond'`,
    date: `${c} + 1`,
    jsonb: `jsonb_build_array(${c})`,
    bytea: `set_bit(${c}, 0, 1 - get_bit(${c}, 0))`,
    _text: `array_append(${c}, 'x')`,
    _uuid: `array_append(${c}, '00000000-0000-4000-8000-000000000000')`,
    _int4: `array_append(${c}, 1)`,
  };
  const nothing: Readonly<Record<string, string>> = {
    text: `'x'`,
    uuid: `'00000000-0000-4000-8000-000000000000'`,
    int4: '1',
    int8: '1',
    int2: '1',
    float8: '1',
    bool: 'true',
    timestamptz: `'2026-01-01T00:00:00Z'`,
    date: `'2026-01-01'`,
    jsonb: `'{}'`,
    bytea: `'\\x00'`,
    _text: `'{x}'`,
    _uuid: `'{}'`,
    _int4: `'{}'`,
  };
  if (!other[type] || !nothing[type]) throw new Error(`no way is known to alter a ${type}: add one`);
  return `CASE WHEN ${c} IS NULL THEN ${nothing[type]} ELSE ${other[type]} END`;
}
