import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ContactBook } from '../../src/domain/organisation/ContactBook.ts';
import { decideContacts } from '../../src/domain/organisation/contacts.ts';
import { planRoster } from '../../src/domain/organisation/planRoster.ts';
import { formatRoster, parseRoster } from '../../src/domain/organisation/rosterCsv.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { Role } from '../../src/protocol/organisation.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgContacts, writeContacts } from '../../src/store/postgres/organisation/PgContacts.ts';
import type { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { loadCountry } from '../support/country.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
let unitStore: PgUnits;
let store: PgContacts;
let book: ContactBook;
before(async () => {
  stores = await openStores({ country: true });
  await migrate(stores.databaseUrl);
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  unitStore = await loadCountry(postgres);
  store = new PgContacts(postgres);
  book = new ContactBook(store, await Units.create(unitStore), createLogger('silent'));
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const person = { name: 'Nguyễn Văn A', title: 'Chủ tịch', telephone: '0000 111 222', deputy: false };
const official = async (role: Role, unit: string) => {
  const account = await new PgAccounts(postgres).create({ name: `${role} ${unit}`, role, unit });
  return { ...account, unit: { path: (await Units.create(unitStore)).get(unit).path } };
};

test('CT4 a change is decided on what was on the screen, and the same twice is harmless', async () => {
  const moderator = await official('moderator', '79');
  const before = await book.read(moderator, '26734');
  const wanted = { telephone: '0000 333 444', people: [person], version: before.version };
  const after = await book.change(moderator, '26734', wanted);
  assert.deepEqual([after.version, after.telephone, after.people], [before.version + 1, '0000 333 444', [person]]);
  assert.deepEqual(await book.change(moderator, '26734', wanted), after, 'pressed twice');
  await assert.rejects(book.change(moderator, '26734', { ...wanted, telephone: null }), { reason: 'conflict' });
  assert.deepEqual(await book.read(moderator, '26734'), after);
});

test('CT7 with a unit that is closed its contacts go, and no others', async () => {
  const kept = () => postgres.query('SELECT unit FROM unit_contacts ORDER BY 1');
  const given = (unit: string) => ({ unit, telephone: '0000 555', people: [person] });
  await postgres.transaction((sql) => writeContacts(sql, [given('26743'), given('26746'), given('26749')], null));
  const before = await kept();
  const day = (shift: number) => `(clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + ${shift}`;
  await postgres.query(`UPDATE units SET closed_on = ${day(0)} WHERE code = '26743'`);
  await postgres.query(`UPDATE units SET closed_on = ${day(1)} WHERE code = '26746'`);
  await store.forgetClosed();
  assert.deepEqual(
    await kept(),
    before.filter(({ unit }) => unit !== '26743'),
  );
});

test('CT4 of two first changes at once one is told that the other was quicker', async () => {
  await postgres.query(`DELETE FROM unit_contacts WHERE unit = '26737'`);
  const moderator = await official('moderator', '79');
  assert.equal((await book.read(moderator, '26737')).version, 0);
  const tries = await Promise.allSettled(
    ['0000 1', '0000 2', '0000 3'].map((telephone) =>
      book.change(moderator, '26737', { telephone, people: [], version: 0 }),
    ),
  );
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await book.read(moderator, '26737')).version, 1);
});

test('CT4 the verdict itself, without a database', () => {
  const now = { unit: 'a', telephone: '123', people: [], version: 4, changedAt: null };
  assert.equal(decideContacts(now, 2, { telephone: '123', people: [] }), undefined);
  assert.deepEqual(decideContacts(now, 4, { telephone: '456', people: [] }), { telephone: '456', people: [] });
  assert.throws(() => decideContacts(now, 3, { telephone: '456', people: [] }), { reason: 'conflict' });
});

test('CT2 the unit itself and officials above it see whom to ring, nobody else', async () => {
  const home = '26734';
  for (const [role, unit] of [
    ['seat', home],
    ['moderator', '760'],
    ['moderator', '79'],
    ['operator', '79'],
    ['principal', 'vn'],
  ] as const)
    assert.equal((await book.read(await official(role, unit), home)).people.length, 1, `${role} of ${unit}`);
  for (const [role, unit] of [
    ['seat', '26737'],
    ['moderator', '01'],
    ['operator', '01'],
    ['principal', '80'],
  ] as const) {
    const stranger = await official(role, unit);
    await assert.rejects(book.read(stranger, home), { reason: 'outside-territory' }, `${role} of ${unit}`);
    await assert.rejects(book.readMany(stranger, [unit, home]), { reason: 'outside-territory' });
  }
  const seat = await official('seat', home);
  await assert.rejects(book.readMany(seat, ['760']), { reason: 'outside-territory' }, 'nor the one above it');
  await assert.rejects(book.change(seat, home, { telephone: null, people: [], version: 0 }), { reason: 'forbidden' });
});

test('CT5 an export has the contacts, an import changes those of rows that differ, in one act with the tree', async (t) => {
  const text = formatRoster(await unitStore.current(), await unitStore.contacts());
  const from = performance.now();
  const again = await unitStore.change((now) => planRoster(now, [], parseRoster(text)));
  t.diagnostic(`${Math.round(performance.now() - from)} ms for ${text.length} characters that change nothing`);
  assert.deepEqual([again.added, again.contacts], [[], []]);
  const [line] = text.split('\n').filter((row) => row.startsWith('26740,'));
  const changed = `${text.split('\n')[0]}\n${line?.replaceAll(/0000 \d{3} \d{3}/g, '0000 999 999')}\n`;
  const { contacts } = await unitStore.change((now) => planRoster(now, [], parseRoster(changed)));
  assert.deepEqual(
    contacts.map(({ unit }) => unit),
    ['26740'],
  );
  const [now] = await store.of(['26740']);
  assert.equal(now?.telephone, '0000 999 999');
  assert.equal(now?.version, 2);
});
