import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Witness } from '../../src/domain/record/ports.ts';
import { verifiedTables } from '../../src/store/postgres/record/liveProblems.ts';
import { contentTables, officialTables, projections } from '../../src/store/postgres/record/officialTables.ts';
import { areas } from '../support/official/areas.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { altered, type Column, Tamperer } from '../support/official/tamper.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let tamperer: Tamperer;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  for (const area of areas) await area(world);
  tamperer = await Tamperer.create(stores.databaseUrl);
});
after(async () => {
  await tamperer?.close();
  await world?.close();
  await stores?.close();
});

const official = officialTables.map(({ table }) => table);
const covered = officialTables.flatMap(({ covers = [] }) => covers.map(({ table }) => table));
const contents = contentTables.map(({ table }) => table);

test('AU3 nothing is wrong with a record that nobody touched', async () => {
  assert.deepEqual(await tamperer.after(async () => undefined), []);
});

test('AU8 every table that looks like a record is in the registry, guarded, with an index by chain', async () => {
  const found = await tamperer.columns(
    (await tamperer.query<{ table: string }>('SELECT tablename AS table FROM pg_tables')).map(({ table }) => table),
  );
  const looks = found.filter(({ column }) => column === 'leaf').map(({ table }) => table);
  assert.deepEqual(looks.sort(), [...official].sort());
  const indexed = await tamperer.query<{ table: string }>(
    `SELECT DISTINCT indrelid::regclass::text AS table FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
     AND a.attnum = i.indkey[0] WHERE a.attname = 'chain' AND i.indrelid::regclass::text = ANY ($1)`,
    [official],
  );
  assert.deepEqual(indexed.map(({ table }) => table).sort(), [...official].sort());
});

test('AU8 every table that verification reads has a row to try it on', async () => {
  for (const table of verifiedTables())
    assert.ok(
      (await tamperer.query(`SELECT FROM ${table} LIMIT 1`)).length > 0,
      `${table} has no row: let an area write one`,
    );
});

/** Alters one column of the row that stands last, which is one that a real act wrote. */
const alter = async ({ table, column, type }: Column) => {
  const rows = await tamperer.query(
    `UPDATE ${table} SET "${column}" = ${altered({ table, column, type })} WHERE (tableoid, ctid) =
       (SELECT tableoid, ctid FROM ${table} ORDER BY tableoid DESC, ctid DESC LIMIT 1)
     RETURNING 1`,
  );
  assert.equal(rows.length, 1);
};

test('AU3 one unit of any column of any official, covered or kept row is noticed, and its table is named', async (t) => {
  await tamperer.dropRules();
  const tables = ['chains', 'seals', 'unsealed_rows', ...official, ...covered, ...contents];
  const columns = await tamperer.columns(tables);
  assert.ok(columns.length > 30);
  for (const column of columns)
    await t.test(`${column.table}.${column.column}`, async () => {
      const problems = await tamperer.after(() => alter(column));
      assert.ok(problems.length > 0, 'nobody noticed');
      const named = problems.join('\n');
      // A row that says it stands elsewhere is missed where it stood.
      const place = ['chain', 'seal', 'leaf'].includes(column.column);
      const word =
        column.table === 'seals'
          ? 'seal'
          : covered.includes(column.table) || contents.includes(column.table) || !place
            ? column.table
            : 'seal';
      assert.ok(named.includes(word), named);
    });
});

test('AU6 one unit of any column of a current state is noticed, and its table is named', async (t) => {
  const free = new Set(projections.flatMap((projection) => projection.free ?? []));
  const columns = await tamperer.columns(projections.flatMap(({ tables }) => tables));
  for (const column of columns.filter((c) => !free.has(`${c.table}.${c.column}`)))
    await t.test(`${column.table}.${column.column}`, async () => {
      const problems = await tamperer.after(() => alter(column));
      assert.ok(problems.join('\n').includes(column.table), `not named: ${problems.join('\n')}`);
    });
});

for (const table of official) {
  const last = `(SELECT ctid FROM ${table} WHERE seal IS NOT NULL ORDER BY ctid DESC LIMIT 1)`;
  test(`AU3 a row of ${table} that is deleted is missed`, async () => {
    const [row] = await tamperer.query<{ chain: string; seal: string; leaf: number }>(
      `SELECT chain, seal, leaf FROM ${table} WHERE ctid = ${last}`,
    );
    const problems = await tamperer.after(() => tamperer.query(`DELETE FROM ${table} WHERE ctid = ${last}`));
    assert.match(
      problems.join('\n'),
      new RegExp(`${row?.chain}: a row at place ${row?.leaf} under seal ${row?.seal} is gone`),
    );
  });

  for (const [how, change] of [
    ['at a new place', 'leaf = leaf + 1000'],
    ['under a seal to come', 'seal = seal + 1000'],
    ['without a seal', 'chain = NULL, seal = NULL, leaf = NULL'],
    ['on a chain of its own', `chain = 'briefing:foreign'`],
  ])
    test(`AU3 a row slipped into ${table} ${how} is named`, async () => {
      const problems = await tamperer.after(async () => {
        await tamperer.allowDoubles(table);
        await tamperer.query(`CREATE TEMP TABLE foreign_row AS SELECT * FROM ${table} WHERE ctid = ${last}`);
        await tamperer.query(`UPDATE foreign_row SET ${change}`);
        await tamperer.query(`INSERT INTO ${table} SELECT * FROM foreign_row`);
      });
      assert.ok(problems.join('\n').includes(table), problems.join('\n'));
    });
}

for (const { table: by, covers = [] } of officialTables)
  for (const { table } of covers) {
    const vouched = (problems: readonly string[]) =>
      assert.match(problems.join('\n'), new RegExp(`rows of ${table} are not those that ${by} \\(.*\\) vouches for`));

    test(`AU4 a row of ${table} that is deleted is missed, and one that is slipped in is noticed`, async () => {
      const one = `(SELECT tableoid, ctid FROM ${table} ORDER BY tableoid DESC, ctid DESC LIMIT 1)`;
      vouched(await tamperer.after(() => tamperer.query(`DELETE FROM ${table} WHERE (tableoid, ctid) = ${one}`)));
      const doubled = async () => {
        await tamperer.allowDoubles(table);
        await tamperer.query(`INSERT INTO ${table} SELECT * FROM ${table} WHERE (tableoid, ctid) = ${one}`);
      };
      vouched(await tamperer.after(doubled));
    });
  }

for (const table of contents)
  test(`AU5 contents of ${table} that are deleted are missed by the row that speaks of them`, async () => {
    const problems = await tamperer.after(() => tamperer.query(`DELETE FROM ${table}`));
    assert.match(problems.join('\n'), /speaks of the content [0-9a-f]{64}, which is gone/);
  });

/** The chain with the most seals, and its last. */
const longest = async () => {
  const [last] = await tamperer.query<{ chain: string; nr: string; hash: Buffer }>(
    'SELECT chain, nr, hash FROM seals ORDER BY nr DESC, chain LIMIT 1',
  );
  assert.ok(last);
  return { chain: last.chain, nr: Number(last.nr), hash: last.hash.toString('hex') };
};

test('AU3 two rows of one seal that change places, and two of different seals, are named', async () => {
  const pair = await tamperer.query<{ id: string }>(
    'SELECT ctid AS id FROM floor_acts WHERE seal IS NOT NULL ORDER BY seal LIMIT 2',
  );
  const [a, b] = pair.map(({ id }) => id);
  const problems = await tamperer.after(() =>
    tamperer.query(
      `UPDATE floor_acts t SET act = o.act, changes = o.changes, at = o.at FROM floor_acts o
       WHERE (t.ctid, o.ctid) IN (('${a}'::tid, '${b}'::tid), ('${b}'::tid, '${a}'::tid))`,
    ),
  );
  assert.match(problems[0] ?? '', /floor_acts \(briefing .*\) was altered; it stands at place 0/);
  const seals = await tamperer.after(async () => {
    await tamperer.query('DROP INDEX floor_acts_seal');
    await tamperer.query('UPDATE floor_acts SET seal = CASE seal WHEN 4 THEN 5 WHEN 5 THEN 4 ELSE seal END');
  });
  assert.match(seals[0] ?? '', /seal 4/);
});

test('AU3 a seal in the middle that is taken out, and one that is written anew', async () => {
  const { chain } = await longest();
  const gone = await tamperer.after(() => tamperer.query('DELETE FROM seals WHERE chain = $1 AND nr = 3', [chain]));
  assert.match(gone[0] ?? '', /seal 3 is gone|stands under seal 3, which is gone/);
  const foreign = await tamperer.after(() =>
    tamperer.query('UPDATE seals SET root = hash WHERE chain = $1 AND nr = 3', [chain]),
  );
  assert.equal(foreign[0], `${chain}: seal 3 was altered: column root of seals does not agree with the rest`);
});

const shorten = async (chain: string, nr: number) => {
  for (const table of [...official.map((t) => `${t} WHERE chain = $1 AND seal`), 'seals WHERE chain = $1 AND nr'])
    await tamperer.query(`DELETE FROM ${table} >= $2`, [chain, nr]);
  await tamperer.query(
    'UPDATE chains SET nr = s.nr, hash = s.hash FROM seals s WHERE id = s.chain AND s.chain = $1 AND s.nr = $2',
    [chain, nr - 1],
  );
};

test('AU9 newest seals that are taken away with all that hangs on them are missed by whoever has seen one', async () => {
  const { chain, nr, hash } = await longest();
  const witness: Witness = { source: 'receipt.json', chain, nr, hash };
  assert.deepEqual(await tamperer.after(async () => undefined, [witness]), []);
  const record = (problems: readonly string[]) => problems.filter((problem) => problem.startsWith(chain));
  assert.deepEqual(record(await tamperer.after(() => shorten(chain, nr))), [], 'nobody can know');
  assert.deepEqual(record(await tamperer.after(() => shorten(chain, nr), [witness])), [
    `${chain}: it ends with seal ${nr - 1}, while receipt.json has seen seal ${nr}: the newest seals are gone`,
  ]);
  const other = { ...witness, hash: 'f'.repeat(64) };
  assert.match(
    (await tamperer.after(async () => undefined, [other]))[0] ?? '',
    /another than the one that receipt.json/,
  );
});

test('AU7 a guard that is taken away is named', async () => {
  for (const table of [...official, 'seals'])
    for (const guard of ['record_stays', 'record_stays_whole']) {
      const problems = await tamperer.after(() => tamperer.query(`ALTER TABLE ${table} DISABLE TRIGGER ${guard}`));
      assert.deepEqual(problems.length, 1);
      assert.match(problems[0] ?? '', new RegExp(`^${table}: the trigger ${guard},`));
    }
});

test('AU10 what was recorded before there were seals cannot be altered, taken away, or grow', async () => {
  for (const table of ['briefing_acts', 'floor_acts']) {
    const old = `ctid = (SELECT min(ctid) FROM ${table} WHERE chain IS NULL)`;
    for (const [deed, told] of [
      [`UPDATE ${table} SET at = at + interval '1 second' WHERE ${old}`, /one of the \d+ rows .* was altered/],
      [`DELETE FROM ${table} WHERE ${old}`, /\d+ rows have no seal, \d+ were recorded before sealing began/],
      [`INSERT INTO ${table} SELECT * FROM ${table} WHERE ${old}`, /\d+ rows have no seal, \d+ were recorded/],
    ] as const) {
      const problems = await tamperer.after(async () => {
        await tamperer.allowDoubles(table);
        await tamperer.query(`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${table}_sealed`);
        await tamperer.query(deed);
      });
      const found = problems.filter((problem) => problem.startsWith(`${table}: `)).join('\n');
      assert.match(found, told, deed);
    }
  }
});
