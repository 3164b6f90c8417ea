import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CarrierStore } from '../../src/cluster/carrier/ports.ts';
import type { BeatStore } from '../../src/cluster/membership/ports.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgCarriers } from '../../src/store/postgres/carrier/PgCarriers.ts';
import { PgBeats } from '../../src/store/postgres/nodes/PgBeats.ts';
import { MemoryCarriers } from '../support/cluster/MemoryCarriers.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

interface Ground {
  readonly store: CarrierStore;
  readonly beats: BeatStore;
  /** Its doors are open. */
  briefing(): Promise<string>;
  close(briefing: string): Promise<void>;
}

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

const grounds: Readonly<Record<string, () => Ground>> = {
  PostgreSQL: () => ({
    store: new PgCarriers(postgres),
    beats: new PgBeats(postgres),
    briefing: async () => {
      const [row] = await postgres.query<{ id: string }>(
        `INSERT INTO briefings (title, state, stage, scope, scheduled_at, opened_at, expected)
         VALUES ('Test', 'open', 'vn', '{vn}', now(), now(), 2) RETURNING id`,
      );
      return row?.id ?? '';
    },
    close: async (briefing) => {
      await postgres.query(`UPDATE briefings SET state = 'closed', closed_at = now() WHERE id = $1`, [briefing]);
    },
  }),
  memory: () => {
    const store = new MemoryCarriers();
    const briefing = async () => {
      const id = randomUUID();
      store.isRunning.add(id);
      return id;
    };
    return { store, beats: store.beats, briefing, close: async (id) => void store.isRunning.delete(id) };
  },
};

const node = (name: string) => ({ node: name, boot: randomUUID() });
const [a, b, c] = [node('a'), node('b'), node('c')];

for (const [name, ground] of Object.entries(grounds)) {
  test(`CL30 ${name}: of many that would carry a briefing at once one does, and each that begins has an epoch of its own`, async () => {
    const { store, briefing } = ground();
    const id = await briefing();
    const taken = await Promise.all(
      [a, b, c].map((self) =>
        store.change(id, ({ tenure }) => (tenure?.carrier ? null : { carrier: self, standby: null })),
      ),
    );
    assert.equal(new Set(taken.map((tenure) => JSON.stringify(tenure?.carrier))).size, 1);
    assert.ok(taken.every((tenure) => tenure?.epoch === 1 && tenure.seq === 1));

    const first = taken[0]?.carrier ?? null;
    const second = await store.change(id, () => ({ carrier: first, standby: c }));
    assert.deepEqual([second?.seq, second?.epoch], [2, 1], 'another standby is no other carrier');
    const third = await store.change(id, () => ({ carrier: c, standby: null }));
    assert.deepEqual([third?.seq, third?.epoch], [3, 2]);
    const nobody = await store.change(id, () => ({ carrier: null, standby: null }));
    assert.deepEqual([nobody?.seq, nobody?.epoch, nobody?.carrier], [4, 2, null]);
    const again = await store.change(id, () => ({ carrier: c, standby: null }));
    assert.deepEqual([again?.seq, again?.epoch], [5, 3], 'also who has carried it before');
    assert.deepEqual((await store.change(id, () => null))?.seq, 5);
  });

  test(`CL32 CL66 ${name}: who carries is read with the beats of the nodes, in a look and in a decision alike`, async () => {
    const { store, beats, briefing, close } = ground();
    const id = await briefing();
    await store.change(id, () => ({ carrier: a, standby: b }));
    const read = async () => (await store.running()).find((row) => row.briefing === id);
    const numbers = async () => {
      const row = await read();
      return [row?.carrierBeat, row?.standbyBeat];
    };
    assert.deepEqual(await numbers(), ['', '']);
    await beats.beat(a, 1);
    await beats.beat(b, 7);
    assert.deepEqual(await numbers(), ['1', '7']);
    await beats.beat(a, 2);
    await beats.beat(c, 1);
    assert.deepEqual(await numbers(), ['2', '7'], 'one that beats no more stays as it is');
    let seen: unknown;
    await store.change(id, ({ tenure }) => {
      seen = [tenure?.carrierBeat, tenure?.standbyBeat];
      return { carrier: a, standby: c };
    });
    assert.deepEqual(seen, ['2', '7'], 'a decision sees the same beats');
    const then = await read();
    assert.deepEqual([then?.carrier, then?.standby, then?.standbyBeat], [a, c, '1']);
    await close(id);
    assert.equal(await read(), undefined);
    let running = true;
    await store.change(id, (moment) => {
      running = moment.running;
      return null;
    });
    assert.equal(running, false);
  });
}

test('CL30 PostgreSQL itself gives no epoch twice', async () => {
  const { store, briefing } = (grounds.PostgreSQL as () => Ground)();
  const id = await briefing();
  await store.change(id, () => ({ carrier: a, standby: null }));
  for (const set of [`boot = '${b.boot}'`, 'epoch = epoch - 1', 'seq = seq - 1'])
    await assert.rejects(
      postgres.query(`UPDATE briefing_carriers SET ${set} WHERE briefing = $1`, [id]),
      ({ cause, message }: Error) => /epoch 1 of briefing/.test(`${message} ${cause}`),
      set,
    );
});
