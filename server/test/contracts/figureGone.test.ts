import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { hashOfKey, newSourceKey } from '../../src/domain/figure/SourceKeys.ts';
import type { FigureSource } from '../../src/protocol/figureDefinition.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgSourceKeys } from '../../src/store/postgres/figure/PgSourceKeys.ts';
import { DirectiveWorld } from '../support/DirectiveWorld.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const better: FigureSource = { ...ministry, code: 'better', rank: 1 };
const push: FigureSource = { ...ministry, rank: 2 };
const keys = { better: hashOfKey(newSourceKey()), moh: hashOfKey(newSourceKey()) };
const keyOf = ({ code }: FigureSource) => (code === 'better' ? keys.better : keys.moh);

let stores: TestStores;
let world: DirectiveWorld;
let communes: readonly string[];
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  communes = world.communes('79', 40);
  const definitions = new PgFigureDefinitions(world.postgres);
  const by = { account: null, name: 'dh figures' };
  await definitions.putIndicator(freeBeds, by);
  for (const source of [better, push]) {
    await definitions.putSource(source, by);
    await new PgSourceKeys(world.postgres).add(source.code, keyOf(source));
  }
});
after(async () => {
  await world?.close();
  await stores?.close();
});

/** @returns held, and for which reason */
async function take(source: FigureSource, period: string, units: readonly string[], value: string | null) {
  const rows = units.map((unit, i) => ({ row: i + 1, indicator: freeBeds.code, unit, period, value }));
  const ask = { source, rows, key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64) } as const;
  const { held, doubts } = await new PgFigureIntake(world.postgres).take(
    { ...ask, by: source.name, keyHash: keyOf(source), reason: 'nguồn gửi lại' },
    world.units.index,
  );
  return [held, doubts?.map(({ reason }) => reason) ?? []];
}

test('FG144 a second batch of a period that ends most of what counts is held whole, and one that ends half is not', async () => {
  assert.deepEqual(await take(push, '2026-08-01', communes, '12'), [0, []]);
  assert.deepEqual(await take(push, '2026-08-01', communes.slice(0, 30), null), [30, ['gone']]);
  assert.deepEqual(await take(push, '2026-08-01', communes.slice(0, 20), null), [0, []]);
});

test('FG144 what stands from before counts, and what a better source would end of others', async () => {
  assert.deepEqual(await take(push, '2026-08-11', communes, '12'), [0, []]);
  assert.deepEqual(await take(push, '2026-08-12', communes, null), [40, ['gone']]);
  assert.deepEqual(await take(better, '2026-08-11', communes, null), [40, ['gone']]);
});
