import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Contradictions } from '../../src/domain/contradiction/Contradictions.ts';
import { compareSeal } from '../../src/domain/contradiction/compareSeal.ts';
import type { StoredAccount } from '../../src/domain/organisation/ports.ts';
import type { RecordRow } from '../../src/domain/record/seal.ts';
import { stamperOf } from '../../src/domain/record/stamp.ts';
import type { NewRound } from '../../src/domain/rollcall/ports.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { SealPlace } from '../../src/protocol/contradiction.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import type { Receipt } from '../../src/protocol/record.ts';
import { Snapshot } from '../../src/store/postgres/base/Snapshot.ts';
import { PgContradictions } from '../../src/store/postgres/contradiction/PgContradictions.ts';
import { receiptsOf } from '../../src/store/postgres/record/receipts.ts';
import { Batch, chainOfBriefing, SYSTEM } from '../../src/store/postgres/record/sealed.ts';
import { verifyDatabase } from '../../src/store/postgres/record/verifyDatabase.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { Resealer } from '../support/official/Resealer.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const keys = [{ id: '2026-01-01T00:00:00.000Z-aaaaaa', secret: Buffer.alloc(32, 1) }];

let stores: TestStores;
let world: OfficialWorld;
let resealer: Resealer;
let contradictions: Contradictions;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  resealer = await Resealer.create(stores.databaseUrl);
  contradictions = new Contradictions({
    ...{ store: new PgContradictions(world.postgres), keys, logger: createLogger('silent') },
    ...{ nameOf: (unit) => unit, count: () => undefined },
  });
});
after(async () => {
  await resealer?.close();
  await world?.close();
  await stores?.close();
});

const accountOf = ({ unit: code, ...rest }: StoredAccount): Account => {
  const { path, tier, name } = world.units.get(code);
  return { ...rest, unit: { code, path, tier, name } };
};
const seat = (nr: number) => accountOf(world.seats[nr] as StoredAccount);
const placeOf = ({ table, chain, seal, leaf, at }: Receipt) => ({ table, chain, seal, leaf, at }) as SealPlace;
/** As a page does: it asks for places alone, and holds what it hears against its receipts. */
const seen = async (who: Account, receipts: readonly Receipt[]) => {
  const found = await contradictions.compare(who, receipts.map(placeOf));
  return receipts.map((receipt, i) => compareSeal(receipt, found[i] as (typeof found)[number]));
};
const report = (who: Account, receipt: Receipt) =>
  contradictions.report({ account: who, identity: '10001.a', address: '10.0.0.1', received: new Date() }, receipt);
const problemsOf = async (chain: string) => {
  const snapshot = await Snapshot.create(stores.databaseUrl);
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  return problems.filter((problem) => problem.chain === chain).map(({ text }) => text);
};

/** A round that two communes answered twice, with the receipts of each. */
async function answered() {
  const briefing = await world.liveBriefing();
  const rounds = new RoundsUnderLaw(new PgRounds(world.postgres));
  const receipts: [Receipt[], Receipt[]] = [[], []];
  for (let nr = 0; nr < 2; nr += 1) {
    const wanted: NewRound = {
      ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60, lateSeconds: 60 },
      ...{ repromptSeconds: 30, answerers: ['chair', 'deputy'], proof: 'tap', challenge: null, quorum: null },
      by: { account: world.pm.id, name: world.pm.name },
    };
    const { id: round } = (await rounds.open(wanted)).opened.round;
    const entries = [0, 1].map((i) => {
      const { id, name, unit } = seat(i);
      const by = { account: id, name, identity: `${unit.code}.a`, address: '10.0.0.1' };
      const rest = { name: null, note: null, challenge: null, received: new Date() };
      return {
        round,
        unit: unit.code,
        kind: 'answer' as const,
        key: randomUUID(),
        by,
        answerer: 'chair' as const,
        ...rest,
      };
    });
    await rounds.enter(briefing, entries);
    const rows = await world.postgres.query<{ row: RecordRow }>(
      'SELECT to_jsonb(e) AS row FROM round_entries e WHERE round = $1 ORDER BY unit',
      [round],
    );
    const made = await receiptsOf(
      world.postgres,
      'round_entries',
      rows.map(({ row }) => row),
    );
    for (const [i, receipt] of made.entries())
      receipts[i]?.push({ ...receipt, stamp: stamperOf(keys)?.(receipt.hash) });
  }
  return { chain: chainOfBriefing(briefing), receipts };
}

test('AU22 a page is told the seals of its own rows, computed anew, in the order in which it asks, and of nobody else', async () => {
  const { receipts } = await answered();
  const [own, others] = receipts;
  assert.deepEqual(await seen(seat(0), own), ['stands', 'stands']);
  assert.deepEqual(await seen(seat(1), others), ['stands', 'stands']);
  const found = await contradictions.compare(seat(0), [...others, ...own.toReversed()].map(placeOf));
  assert.deepEqual(
    found.slice(0, 2),
    Array(2).fill({ seal: null, row: null }),
    'of another unit as if it were not there',
  );
  assert.deepEqual(
    found.slice(2).map(({ seal }) => seal),
    own.toReversed().map(({ hash }) => hash),
  );
  const nowhere = { ...placeOf(own[0] as Receipt), chain: `briefing:${randomUUID()}` };
  assert.deepEqual(await contradictions.compare(seat(0), [nowhere]), [{ seal: null, row: null }]);
});

test('AU22 however many pages ask at once, they cost a few statements', async (t) => {
  const { receipts } = await answered();
  const spy = t.mock.method(world.postgres, 'query');
  const asks = await Promise.all(Array.from({ length: 200 }, (_, i) => seen(seat(i % 2), receipts[(i % 2) as 0 | 1])));
  assert.ok(asks.flat().every((one) => one === 'stands'));
  // Four groups of fifty, each with its rows and its seals.
  assert.equal(spy.mock.callCount(), 8);
});

test('AU23 AU24 a row that was altered and sealed anew is in order for verification, and not for the page that has its receipt', async () => {
  const { chain, receipts } = await answered();
  const [[first, second]] = receipts as [[Receipt, Receipt], Receipt[]];
  await resealer.do(`UPDATE round_entries SET answerer = 'deputy' WHERE key = '${first.record.key}'`);
  assert.deepEqual(await seen(seat(0), [first]), ['contradicted'], 'before the seal is written anew as well');
  await resealer.reseal(chain, first.seal);
  assert.deepEqual(await problemsOf(chain), [], 'nobody can know who has not seen it');
  assert.deepEqual(
    await seen(seat(0), [first, second]),
    ['contradicted', 'contradicted'],
    'every later seal is another one',
  );
  assert.deepEqual(
    await seen(seat(1), receipts[1]),
    ['contradicted', 'contradicted'],
    'so all see it who answered then',
  );

  assert.equal(await report(seat(0), first), 'contradicted');
  assert.equal(await report(seat(0), first), 'contradicted');
  const { stamp: _, ...unstamped } = second;
  assert.equal(await report(seat(0), unstamped), 'contradicted');
  const [above, aside] = [accountOf(world.pm), accountOf(world.moderator)];
  for (const official of [above, aside]) {
    const list = await contradictions.list(official, 10);
    assert.deepEqual(
      list.map(({ unit, proven, by, receipt }) => [unit, proven, by, receipt.hash]).sort(),
      [
        ['10001', false, 'Chủ tịch 10001', second.hash],
        ['10001', true, 'Chủ tịch 10001', first.hash],
      ].sort(),
    );
  }
  await assert.rejects(contradictions.list(seat(1), 10), { reason: 'forbidden' });
});

test('AU23 a chain whose seals were all written anew is in order for verification, and not for a page', async () => {
  const { chain, receipts } = await answered();
  await resealer.do(
    `UPDATE round_entries SET at = at - interval '1 hour' WHERE chain = '${chain}'`,
    `UPDATE seals SET at = at - interval '1 hour' WHERE chain = '${chain}'`,
  );
  await resealer.reseal(chain);
  assert.deepEqual(await problemsOf(chain), []);
  assert.deepEqual(await seen(seat(0), receipts[0]), ['contradicted', 'contradicted']);
  assert.deepEqual(await seen(seat(1), receipts[1]), ['contradicted', 'contradicted']);
});

test('AU23 a chain that was cut off, or taken away as a whole, contradicts the receipts of it', async () => {
  const { chain, receipts } = await answered();
  const [own] = receipts;
  const from = own[1]?.seal;
  await resealer.do(
    `DELETE FROM round_entries WHERE chain = '${chain}' AND seal >= ${from}`,
    `DELETE FROM seals WHERE chain = '${chain}' AND nr >= ${from}`,
  );
  assert.deepEqual(await seen(seat(0), own), ['stands', 'contradicted']);
});

test('AU24 what holds no receipt, is of another unit, or agrees with the record, is kept nowhere', async () => {
  const { receipts } = await answered();
  const [[own], [other]] = receipts as [[Receipt], [Receipt]];
  const before = (await contradictions.list(accountOf(world.pm), 100)).length;
  assert.equal(await report(seat(0), own), 'stands');
  await assert.rejects(report(seat(0), { ...own, hash: 'f'.repeat(64) }), { reason: 'bad-request' });
  await assert.rejects(report(seat(0), other), { reason: 'outside-territory' });
  await assert.rejects(report(seat(0), { ...own, table: 'rounds' }), { reason: 'bad-request' });
  assert.equal((await contradictions.list(accountOf(world.pm), 100)).length, before);
});

test('AU25 what a restore has lost is told with that restore, and contradicts nothing', async () => {
  const { chain, receipts } = await answered();
  const [own] = receipts as [[Receipt, Receipt], Receipt[]];
  const before = own[0].seal;
  // As a backup from before the second answer leaves it.
  await resealer.do(
    `DELETE FROM round_entries WHERE chain = '${chain}' AND seal > ${before}`,
    `DELETE FROM seals WHERE chain = '${chain}' AND nr > ${before}`,
    `UPDATE chains SET nr = ${before}, hash = (SELECT hash FROM seals WHERE chain = '${chain}' AND nr = ${before}) WHERE id = '${chain}'`,
  );
  assert.deepEqual(await seen(seat(0), own), ['stands', 'contradicted']);
  const restored = { id: randomUUID(), backup_at: own[0].at, backup_sha256: 'a'.repeat(64), seals: 1_000, numbers: 0 };
  for (const id of [SYSTEM, chain])
    await world.postgres.transaction(async (sql) => {
      const batch = await Batch.open(sql, id, restored.seals);
      await batch.insert('restores', [{ ...restored, at: batch.at }]);
      await batch.close();
    });
  assert.deepEqual(await seen(seat(0), own), ['stands', 'lost']);
  const [, lost] = await contradictions.compare(seat(0), own.map(placeOf));
  assert.equal(lost?.restore?.id, restored.id);
  assert.equal(await report(seat(0), own[1]), 'lost');
  // A chain that began after the backup is gone with it.
  const whole = { ...placeOf(own[1]), chain: `briefing:${randomUUID()}` };
  const [gone] = await contradictions.compare(seat(0), [whole]);
  assert.equal(gone?.restore?.id, restored.id);
  const [older] = await contradictions.compare(seat(0), [{ ...whole, at: '2020-01-01T00:00:00+00:00' }]);
  assert.equal(older?.restore, undefined);
});
