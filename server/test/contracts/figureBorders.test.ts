import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FigureBorders } from '../../src/domain/figure/borders/FigureBorders.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureBorders } from '../../src/store/postgres/figure/PgFigureBorders.ts';
import { refusalOf } from '../support/DirectiveWorld.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const none = () => undefined;

test('FG35 FG125 every node draws by the borders that were given last, none again after they were taken away, and nothing that was altered', async () => {
  const store = new PgFigureBorders(world.postgres);
  const [one, other] = [new FigureBorders(store, none), new FigureBorders(store, none)];
  const pm: Account = { ...world.pm, unit: world.units.get('vn') };
  const drawn = async () =>
    (await Promise.all([one, other].map((each) => each.read(pm)))).map((read) => JSON.parse(read.toString()).borders);
  assert.deepEqual(await drawn(), [null, null]);
  await store.put('{"ratio":1}', 3);
  assert.deepEqual(await drawn(), [{ ratio: 1 }, { ratio: 1 }]);
  assert.equal(await one.read(pm), await one.read(pm), 'FG107 written, and so packed, once for all who ask');
  const { sha256: former } = JSON.parse(`${await one.read(pm)}`);
  await store.put('{"ratio":2}', 3);
  assert.deepEqual(await drawn(), [{ ratio: 2 }, { ratio: 2 }]);
  const { sha256 } = JSON.parse(`${await one.read(pm)}`);
  assert.deepEqual(
    JSON.parse(`${await other.read(pm, sha256)}`),
    { sha256 },
    'FG125 who has them is told that they are the same',
  );
  assert.deepEqual(JSON.parse(`${await one.read(pm, former)}`), { sha256, borders: { ratio: 2 } });
  await world.postgres.query(`UPDATE figure_borders SET drawn = '{"ratio":9}' WHERE drawn = '{"ratio":2}'`);
  assert.equal(await refusalOf(new FigureBorders(store, none).read(pm)), 'not-found');
  await store.put(null, 0);
  assert.deepEqual(await drawn(), [null, null]);
});

test('FG160 until an operator has given borders, those of the program are read by leaders of the country, and none after they were taken away', async () => {
  await world.postgres.query('DELETE FROM figure_borders');
  const store = new PgFigureBorders(world.postgres);
  const shipped = { ratio: 3, steps: 1, arcs: [], units: [] };
  const borders = new FigureBorders(store, () => shipped);
  const pm: Account = { ...world.pm, unit: world.units.get('vn') };
  const read = async (known?: string) => JSON.parse(`${await borders.read(pm, known)}`);
  const { sha256, borders: told } = await read();
  assert.deepEqual(told, shipped);
  assert.deepEqual(await read(sha256), { sha256 });
  const province = { ...pm, unit: { ...pm.unit, path: 'vn.01' } };
  assert.deepEqual(JSON.parse(`${await borders.read(province)}`), { borders: null }, 'they are of provinces');
  const stage = { briefing: '00000000-0000-4000-8000-000000000000', version: 1 };
  assert.deepEqual(await (await borders.drawn(stage))?.read(), shipped);
  await store.put('{"ratio":1}', 3);
  assert.deepEqual((await read()).borders, { ratio: 1 });
  await store.put(null, 0);
  assert.deepEqual(await read(), { borders: null });
});
