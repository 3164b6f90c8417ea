import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FigureContacts } from '../../src/domain/figure/contact/FigureContacts.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { figureContactSchema } from '../../src/protocol/figureContact.ts';
import type { Account, Role } from '../../src/protocol/organisation.ts';
import { PgFigureContacts } from '../../src/store/postgres/figure/contact/PgFigureContacts.ts';
import { refusalOf } from '../support/DirectiveWorld.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const indicators = new Map<string, { readonly code: string; readonly seenBy?: number }>([
  ['beds-free', { code: 'beds-free' }],
  ['reserves', { code: 'reserves', seenBy: 1 }],
]);
let stores: TestStores;
let world: OfficialWorld;
let contacts: FigureContacts;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  contacts = new FigureContacts({
    ...{ store: new PgFigureContacts(world.postgres), logger: createLogger('silent') },
    ...{ tree: () => world.units.index, indicators: () => indicators },
  });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const person = ({ id, name, role }: { id: string; name: string; role: Role }, unit: string): Account => ({
  ...{ id, name, role, unit: world.units.get(unit) },
});
const an = { name: 'Trần Văn An', title: 'Trạm trưởng', telephone: '024 3804 5566' };

test('FG69 the unit, or whoever leads its territory, names who answers for a figure; these read it, and nobody else', async () => {
  const seat = person(world.seats[0] as OfficialWorld['seats'][number], '10001');
  const other = person(world.seats[1] as OfficialWorld['seats'][number], '10002');
  const moderator = person(world.moderator, '79');
  assert.equal(await contacts.read(seat, 'beds-free', '10001'), null);
  await contacts.name(seat, 'beds-free', '10001', an);
  assert.deepEqual(await contacts.read(moderator, 'beds-free', '10001'), an);
  const binh = { ...an, name: 'Lê Thị Bình', title: null };
  await contacts.name(moderator, 'beds-free', '10001', binh);
  assert.deepEqual(await contacts.read(seat, 'beds-free', '10001'), binh);
  assert.equal(await refusalOf(contacts.read(other, 'beds-free', '10001')), 'outside-territory');
  assert.equal(await refusalOf(contacts.name(other, 'beds-free', '10001', an)), 'outside-territory');
  assert.equal(await refusalOf(contacts.read(seat, 'no-such', '10001')), 'not-found');
  assert.equal(await refusalOf(contacts.read(person(world.pm, 'vn'), 'beds-free', '99999')), 'not-found');
  await contacts.name(seat, 'beds-free', '10001', null);
  assert.equal(await contacts.read(seat, 'beds-free', '10001'), null);
  assert.deepEqual(await world.postgres.query('SELECT FROM figure_contacts'), [], 'and nothing of them stays');
});

test('FG69 FG92 FG145 of a figure that is for few, neither leaders below them nor the unit itself read or name who answers for it', async () => {
  const seat = person(world.seats[0] as OfficialWorld['seats'][number], '10001');
  assert.equal(await refusalOf(contacts.name(seat, 'reserves', '10001', an)), 'not-found');
  assert.equal(await refusalOf(contacts.read(seat, 'reserves', '10001')), 'not-found');
  await contacts.name(person(world.pm, 'vn'), 'reserves', '10001', an);
  assert.deepEqual(await contacts.read(person(world.pm, 'vn'), 'reserves', '10001'), an);
  const moderator = person(world.moderator, '79');
  assert.equal(await refusalOf(contacts.read(moderator, 'reserves', '10001')), 'forbidden');
  assert.equal(await refusalOf(contacts.name(moderator, 'reserves', '10001', null)), 'forbidden');
  await contacts.name(person(world.pm, 'vn'), 'reserves', '10001', null);
});

test('FG69 CT7 who answered for figures of a unit that is closed is forgotten', async () => {
  const moderator = person(world.moderator, '79');
  for (const unit of ['10001', '10002']) await contacts.name(moderator, 'beds-free', unit, an);
  await world.postgres.query(
    `UPDATE units SET closed_on = (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date WHERE code = '10002'`,
  );
  await contacts.sweep();
  assert.deepEqual(await world.postgres.query('SELECT unit FROM figure_contacts'), [{ unit: '10001' }]);
});

test('FG69 CT3 nothing but name, title and telephone is taken of a person', () => {
  assert.ok(figureContactSchema.safeParse(an).success);
  for (const wrong of [
    { ...an, born: '1980' },
    { ...an, telephone: 'xin gọi' },
    { ...an, name: '' },
  ])
    assert.ok(!figureContactSchema.safeParse(wrong).success, JSON.stringify(wrong));
});
