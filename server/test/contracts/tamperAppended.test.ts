import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { RecordRow } from '../../src/domain/record/seal.ts';
import { PgContradictions } from '../../src/store/postgres/contradiction/PgContradictions.ts';
import { sealed } from '../../src/store/postgres/record/sealed.ts';
import { areas } from '../support/official/areas.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { Tamperer } from '../support/official/tamper.ts';
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

/** Somebody with all rights who appends rows under seals of his own, which are in order. */
const append = (chain: string, table: string, row: (at: string) => RecordRow) =>
  sealed({ query: (text, values) => tamperer.query(text, values ?? []) }, chain, (batch) =>
    batch.insert(table, [row(batch.at)]),
  );

test('AU36 an entry that is appended after the closing of its round is named, though its seal is in order', async () => {
  const problems = await tamperer.after(async () => {
    const [entry] = await tamperer.query<{ row: RecordRow; seq: number }>(
      `SELECT to_jsonb(e) AS row, s.seq FROM round_entries e JOIN round_acts a ON a.round = e.round AND a.act = 'close'
       JOIN round_states s ON s.round = e.round WHERE e.kind = 'answer' LIMIT 1`,
    );
    const { chain, seal, leaf, ...row } = entry?.row ?? {};
    const more = { unit: '10003', kind: 'official', answerer: null, key: randomUUID(), seq: (entry?.seq ?? 0) + 1 };
    await append(String(chain), 'round_entries', () => ({ ...row, ...more }));
    await tamperer.query('UPDATE round_states SET seq = $2 WHERE round = $1', [row.round, more.seq]);
  });
  assert.match(
    problems.join('\n'),
    /^round_entries \(round .*\): 10003 has an entry \(official\) after the round was closed$/m,
  );
});

const restore = (at: string): RecordRow => ({
  ...{ id: randomUUID(), at, backup_at: '2020-01-01T00:00:00+00:00', backup_sha256: '0'.repeat(64) },
  ...{ seals: 1_000_000, numbers: 1 },
});

test('AU16 a restore that passed over no numbers, though it says so, is named', async () => {
  const problems = await tamperer.after(async () => {
    const [row] = await tamperer.query<{ chain: string }>('SELECT chain FROM round_entries LIMIT 1');
    await append(row?.chain ?? '', 'restores', restore);
  });
  assert.match(problems.join('\n'), /restores \(.*\) says that 1000000 numbers were passed over, and 0 were/);
});

test('AU25 a row that is gone is contradicted, and not lost, while the seal of its number stands', async () => {
  const [place] = await world.postgres.query<{ chain: string; seal: number; leaf: number; unit: string; at: string }>(
    `SELECT e.chain, e.seal::int, e.leaf, e.unit, to_jsonb(s.at) #>> '{}' AS at FROM round_entries e
     JOIN seals s ON (s.chain, s.nr) = (e.chain, e.seal) LIMIT 1`,
  );
  assert.ok(place);
  await sealed(world.postgres, place.chain, (batch) => batch.insert('restores', [restore(batch.at)]));
  const [found] = await new PgContradictions(world.postgres).found([
    { ...place, table: 'round_entries', leaf: place.leaf + 50 },
  ]);
  assert.deepEqual(found, { seal: null, row: null });
});
