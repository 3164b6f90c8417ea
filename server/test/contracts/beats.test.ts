import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BEAT_WITHIN_MS } from '../../src/cluster/membership/Beats.ts';
import type { BeatStore } from '../../src/cluster/membership/ports.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgBeats } from '../../src/store/postgres/nodes/PgBeats.ts';
import { CutProxy } from '../support/CutProxy.ts';
import { MemoryBeats } from '../support/cluster/MemoryBeats.ts';
import { openAsServer, serverOf } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { within } from '../support/until.ts';

let stores: TestStores;
let postgres: Postgres;
before(async () => {
  stores = await openStores();
  postgres = await openAsServer(stores.databaseUrl);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const grounds: Readonly<Record<string, () => BeatStore>> = {
  PostgreSQL: () => new PgBeats(postgres),
  memory: () => new MemoryBeats(),
};

for (const [name, ground] of Object.entries(grounds))
  test(`CL66 ${name}: a node reads the beats of all, and one that has ended has none`, async () => {
    const store = ground();
    const [a, b] = ['a', 'b'].map((node) => ({ node, boot: randomUUID() })) as [Node, Node];
    type Node = { node: string; boot: string };
    const numberOf = async ({ boot }: Node) => (await store.all()).find((beat) => beat.boot === boot)?.number;
    await store.beat(a, 1);
    const read = await store.beat(b, 5);
    assert.deepEqual(
      read.find(({ boot }) => boot === a.boot),
      { ...a, number: 1 },
    );
    await store.beat(a, 2);
    assert.deepEqual([await numberOf(a), await numberOf(b)], [2, 5]);
    await store.end(a.boot);
    assert.equal(await numberOf(a), undefined);
    await store.beat(a, 3);
    assert.equal(await numberOf(a), 3, 'whose row was taken away writes it again');
  });

test('CL66 a beat that waits for a PostgreSQL that is gone without a word is given up, and the next one goes on another connection', async () => {
  const url = new URL(serverOf(stores.databaseUrl));
  // The embedded one is reached by a socket in a folder.
  const folder = url.searchParams.get('host');
  const port = url.searchParams.get('port') ?? (url.port || '5432');
  const dial = () => (folder ? connect(join(folder, `.s.PGSQL.${port}`)) : connect(Number(port), url.hostname));
  const relay = await CutProxy.to(dial);
  url.searchParams.delete('host');
  url.searchParams.delete('port');
  url.host = `127.0.0.1:${relay.port}`;
  let connection: Postgres | undefined;
  try {
    connection = await PgBeats.connect(url.href, () => undefined, BEAT_WITHIN_MS);
    const store = new PgBeats(connection);
    const self = { node: 'c', boot: randomUUID() };
    await store.beat(self, 1);
    relay.stall();
    await assert.rejects(within('it is given up', store.beat(self, 2), 6_000), { reason: 'store-unavailable' });
    await store.beat(self, 3);
    assert.equal((await store.all()).find(({ boot }) => boot === self.boot)?.number, 3);
  } finally {
    await relay.close();
    await connection?.close();
  }
});

test('CL69 AT3 attendance is alive by the beat, never earlier than it was, and not after its end', async () => {
  const store = new PgBeats(postgres);
  const [self, boot] = [{ node: 'a', boot: randomUUID() }, randomUUID()];
  const at = Date.UTC(2026, 8, 2);
  await postgres.query(`INSERT INTO attendance_boots (boot, node, started_at, alive_at) VALUES ($1, 'a', $2, $2)`, [
    boot,
    new Date(at),
  ]);
  const aliveAt = async () => {
    const [row] = await postgres.query<{ alive_at: Date }>('SELECT alive_at FROM attendance_boots WHERE boot = $1', [
      boot,
    ]);
    return row && row.alive_at.getTime() - at;
  };
  await store.beat(self, 1, { boot, aliveAt: at + 5_000 });
  await store.beat(self, 2);
  await store.beat(self, 3, { boot, aliveAt: at + 1_000 });
  assert.equal(await aliveAt(), 5_000);
  // Whoever writes it at this moment, and waits for a standby, keeps no beat waiting.
  await postgres.transaction(async (sql) => {
    await sql.query('UPDATE attendance_boots SET alive_at = alive_at WHERE boot = $1', [boot]);
    await store.beat(self, 4, { boot, aliveAt: at + 6_000 });
  });
  assert.equal(await aliveAt(), 5_000);
  assert.equal((await store.all()).find((beat) => beat.boot === self.boot)?.number, 4);
  await postgres.query('UPDATE attendance_boots SET ended_at = alive_at WHERE boot = $1', [boot]);
  await store.beat(self, 5, { boot, aliveAt: at + 7_000 });
  assert.equal(await aliveAt(), 5_000);
});
