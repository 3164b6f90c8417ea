import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { officialTables } from '../../src/store/postgres/record/officialTables.ts';
import { sealed } from '../../src/store/postgres/record/sealed.ts';
import { administer } from '../support/administer.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
before(async () => {
  stores = await openStores();
  await administer(
    stores.databaseUrl,
    'CREATE TABLE notes (chain text, seal bigint, leaf int, id int, said text, at timestamptz, bytes bytea, PRIMARY KEY (chain, seal, leaf))',
  );
  postgres = await openAsServer(stores.databaseUrl);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const write = (chain: string, ids: readonly number[]) =>
  postgres.transaction((sql) =>
    sealed(sql, chain, (batch) =>
      batch.insert(
        'notes',
        ids.map((id) => ({ id, said: `điều ${id}`, at: batch.at, bytes: '\\x00ff' })),
      ),
    ),
  );

test('AU1 what a transaction appends is sealed with it, and each row gets a receipt that holds', async () => {
  const { result: leaves, sealed: done } = await write('briefing:one', [1, 2, 3, 4, 5]);
  assert.deepEqual(leaves, [0, 1, 2, 3, 4]);
  assert.ok(done);
  for (const leaf of leaves) {
    const receipt = done.receipt(leaf);
    assert.equal(receipt.record.id, leaf + 1);
    assert.ok(receiptHolds(receipt));
    assert.ok(!receiptHolds({ ...receipt, record: { ...receipt.record, said: 'x' } }));
  }
});

test('AU1 seals of a chain follow each other without a gap, however many write at once', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, i) => write('briefing:two', [i])));
  const seals = await postgres.query<{ nr: string; previous: Buffer; hash: Buffer; at: Date }>(
    `SELECT nr, previous, hash, at FROM seals WHERE chain = 'briefing:two' ORDER BY nr`,
  );
  assert.deepEqual(
    seals.map((s) => Number(s.nr)),
    Array.from({ length: 12 }, (_, i) => i + 1),
  );
  seals.forEach((seal, i) => {
    const before = seals[i - 1];
    assert.deepEqual(seal.previous, before?.hash ?? Buffer.alloc(32));
    assert.ok(!before || before.at <= seal.at);
  });
});

test('AU1 a transaction that fails leaves neither rows nor a seal', async () => {
  const failing = postgres.transaction((sql) =>
    sealed(sql, 'briefing:three', async (batch) => {
      await batch.insert('notes', [{ id: 1 }]);
      throw new Error('no');
    }),
  );
  await assert.rejects(failing, /no/);
  assert.deepEqual(await postgres.query(`SELECT nr FROM seals WHERE chain = 'briefing:three'`), []);
});

test('AU1 nothing appended, nothing sealed', async () => {
  assert.equal((await write('briefing:four', [])).sealed, undefined);
});

test('AU7 a table of the record is not emptied, neither by itself nor with what hangs on it', async () => {
  await write('briefing:five', [1]);
  const tables = await postgres.query<{ table: string }>(
    `SELECT tgrelid::regclass::text AS table FROM pg_trigger WHERE tgname = 'record_stays'`,
  );
  const kept = new Set(tables.map(({ table }) => table));
  for (const { table } of officialTables) assert.ok(kept.has(table), table);
  for (const table of [...kept, 'chains', 'briefings', 'accounts'])
    await assert.rejects(administer(stores.databaseUrl, `TRUNCATE ${table} CASCADE`), /are a record/, table);
  assert.equal((await postgres.query(`SELECT FROM seals WHERE chain = 'briefing:five'`)).length, 1);
});
