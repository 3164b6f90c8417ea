import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { MerkleTree } from '../../src/domain/record/merkle.ts';
import { receiptOf } from '../../src/domain/record/receipt.ts';
import { NO_SEAL, type RecordRow, recordHash } from '../../src/domain/record/seal.ts';
import { stamperOf } from '../../src/domain/record/stamp.ts';
import { Resubmissions } from '../../src/domain/resubmission/Resubmissions.ts';
import type { NewRound } from '../../src/domain/rollcall/ports.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import type { Receipt } from '../../src/protocol/record.ts';
import { Batch, chainOfBriefing } from '../../src/store/postgres/record/sealed.ts';
import { PgResubmissions } from '../../src/store/postgres/resubmission/PgResubmissions.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { administer } from '../support/administer.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const keys = [{ id: '2026-01-01T00:00:00.000Z-aaaaaa', secret: Buffer.alloc(32, 1) }];
const stamper = stamperOf(keys);
const GAP = 1_000;

let stores: TestStores;
let world: OfficialWorld;
let resubmissions: Resubmissions;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  resubmissions = new Resubmissions({
    ...{ store: new PgResubmissions(world.postgres), keys, logger: createLogger('silent') },
    ...{ nameOf: (unit) => unit, count: () => undefined },
  });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const seat = (): Account => {
  const [{ unit: code, ...rest }] = world.seats as [(typeof world.seats)[number]];
  const { path, tier, name } = world.units.get(code);
  return { ...rest, unit: { code, path, tier, name } };
};
const offer = (...receipts: readonly Receipt[]) =>
  resubmissions.offer({ account: seat(), identity: '10001.a', address: '10.0.0.1', received: new Date() }, receipts);
const claims = async () =>
  (await world.postgres.query<{ reason: string }>('SELECT reason FROM resubmission_claims ORDER BY at')).map(
    ({ reason }) => reason,
  );

async function openRound() {
  const briefing = await world.liveBriefing();
  const rounds = new RoundsUnderLaw(new PgRounds(world.postgres));
  const wanted: NewRound = {
    ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60, lateSeconds: 60 },
    ...{ repromptSeconds: 30, answerers: ['chair', 'deputy'], proof: 'tap', challenge: null, quorum: null },
    by: { account: world.pm.id, name: world.pm.name },
  };
  const { id: round } = (await rounds.open(wanted)).opened.round;
  const answer = async (key: string = randomUUID()): Promise<Receipt> => {
    const { id, name } = seat();
    const by = { account: id, name, identity: '10001.a', address: '10.0.0.1' };
    const rest = { name: null, note: null, challenge: null, received: new Date() };
    await rounds.enter(briefing, [{ round, unit: '10001', kind: 'answer', key, by, answerer: 'chair', ...rest }]);
    const [row] = await world.postgres.query<{ row: RecordRow; previous: string; at: string; hashes: string }>(
      `SELECT to_jsonb(e) AS row, encode(s.previous, 'hex') AS previous, to_jsonb(s.at) #>> '{}' AS at, encode(s.hashes, 'hex') AS hashes
       FROM round_entries e JOIN seals s ON s.chain = e.chain AND s.nr = e.seal WHERE key = $1`,
      [key],
    );
    assert.ok(row);
    return stamped(row.row, { previous: row.previous, at: row.at });
  };
  return { chain: chainOfBriefing(briefing), round, answer };
}

/** The receipt of a row alone under its seal, as this installation gives it. */
function stamped(row: RecordRow, { previous = NO_SEAL, at }: { previous?: string; at: string }): Receipt {
  const tree = new MerkleTree([recordHash('round_entries', row)]);
  const { chain, seal: nr } = row as { chain: string; seal: number };
  return receiptOf(
    { seal: { chain, nr, previous, root: tree.root, leaves: 1, at }, tree, stamper },
    0,
    'round_entries',
    row,
  );
}

/** A restore passed over the numbers that follow, so what this installation gave there is lost. @returns the first of them */
async function restore(chain: string): Promise<number> {
  return world.postgres.transaction(async (sql) => {
    const batch = await Batch.open(sql, chain, GAP);
    const backup = { backup_at: '2026-09-02T01:00:00+00:00', backup_sha256: 'a'.repeat(64) };
    await batch.insert('restores', [{ id: randomUUID(), at: batch.at, ...backup, seals: GAP, numbers: 0 }]);
    await batch.close();
    return batch.seal - GAP;
  });
}

test('RS6 a receipt that was altered stands for nothing, though the key in it is one that is on record', async () => {
  const { answer } = await openRound();
  const genuine = await answer();
  assert.deepEqual(await offer(genuine), ['stands']);
  const { record } = genuine;
  const [, ...others] = [
    genuine,
    { ...genuine, record: { ...record, answerer: 'deputy' } },
    { ...genuine, record: { ...record, late: true } },
    { ...genuine, hash: 'f'.repeat(64) },
    { ...genuine, previous: 'f'.repeat(64) },
    { ...genuine, seal: genuine.seal + 1, record: { ...record, seal: genuine.seal + 1 } },
  ];
  for (const altered of others) assert.deepEqual(await offer(altered), ['claimed'], JSON.stringify(altered));
  assert.deepEqual(await claims(), ['broken']);
  // One that agrees with itself: its own tree, under another seal.
  const { stamp: _, ...invented } = stamped({ ...record, answerer: 'deputy' } as RecordRow, { at: genuine.at });
  assert.deepEqual(await offer(invented), ['claimed']);
  assert.deepEqual(await offer({ ...invented, stamp: genuine.stamp }), ['claimed']);
});

test('RS6 a row that was altered past the server does not stand for the receipt that was given of it', async () => {
  const { answer } = await openRound();
  const genuine = await answer();
  const alter = (answerer: string) =>
    administer(
      stores.databaseUrl,
      `ALTER TABLE round_entries DISABLE TRIGGER record_stays; UPDATE round_entries SET answerer = '${answerer}' WHERE key = '${genuine.record.key}';
       ALTER TABLE round_entries ENABLE TRIGGER record_stays`,
    );
  await alter('deputy');
  assert.deepEqual(await offer(genuine), ['claimed']);
  await alter('chair');
  assert.deepEqual(await offer(genuine), ['stands']);
});

test('RS7 what a unit said under the same key after a restore stays, and the receipt of then is on record beside it', async () => {
  const { chain, answer } = await openRound();
  const key = randomUUID();
  const seal = await restore(chain);
  const now = await answer(key);
  const then = { ...now.record, seal, at: '2026-09-02T01:30:00+00:00' } as RecordRow;
  const lost = [stamped(then, { at: '2026-09-02T01:30:00+00:00' })];
  lost.push(stamped({ ...then, seal: seal + 1, kind: 'correction' }, { at: '2026-09-02T01:31:00+00:00' }));
  assert.deepEqual(await offer(lost[1] as Receipt), ['overtaken'], 'a correction under the same key as well');
  assert.deepEqual(await offer(lost[1] as Receipt), ['overtaken'], 'twice');
  assert.deepEqual(await offer(...lost), ['overtaken', 'overtaken'], 'one of each key is recorded');
  const kept = await world.postgres.query<{ fate: string }>('SELECT fate FROM resubmissions WHERE key = $1', [key]);
  assert.deepEqual(kept, [{ fate: 'overtaken' }]);
  assert.deepEqual(await offer(now), ['stands']);
});
