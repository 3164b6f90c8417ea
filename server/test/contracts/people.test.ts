import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { AccountDesk } from '../../src/domain/organisation/AccountDesk.ts';
import { AccountNews } from '../../src/domain/organisation/AccountNews.ts';
import { Accounts } from '../../src/domain/organisation/Accounts.ts';
import { ContactBook } from '../../src/domain/organisation/ContactBook.ts';
import { Lists } from '../../src/domain/organisation/Lists.ts';
import { PasswordLinks } from '../../src/domain/organisation/PasswordLinks.ts';
import { planRoster } from '../../src/domain/organisation/planRoster.ts';
import type { EndedSession } from '../../src/domain/organisation/ports.ts';
import { Sessions } from '../../src/domain/organisation/Sessions.ts';
import { hashSecret } from '../../src/domain/organisation/secrets.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { Role, Tier } from '../../src/protocol/organisation.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccountDesk } from '../../src/store/postgres/organisation/PgAccountDesk.ts';
import { PgAccountNews } from '../../src/store/postgres/organisation/PgAccountNews.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgContacts } from '../../src/store/postgres/organisation/PgContacts.ts';
import { PgSessions } from '../../src/store/postgres/organisation/PgSessions.ts';
import { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { PgPeopleActs } from '../../src/store/postgres/organisation/peopleActs.ts';
import { loadCountry } from '../support/country.ts';
import { openSession as openDevice } from '../support/openSession.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const SECRET = /#[lp]=([\w-]{43})$/;
const secretOf = (url: string): string => SECRET.exec(url)?.[1] ?? '';
const logger = createLogger('silent');
const hasher = { hash: async (password: string) => `hash of ${password}`, verify: async () => false };
const free = { consume: async () => undefined, giveBack: async () => undefined };

let stores: TestStores;
let postgres: Postgres;
let store: PgAccounts;
let units: Units;
let lists: Lists;
let accounts: Accounts;
let desk: AccountDesk;
let passwords: PasswordLinks;
let news: AccountNews;
let sessions: Sessions;
let contacts: ContactBook;
const over: EndedSession[] = [];
before(async () => {
  stores = await openStores({ country: true });
  await migrate(stores.databaseUrl);
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  const unitStore: PgUnits = await loadCountry(postgres);
  units = await Units.create(unitStore);
  store = new PgAccounts(postgres);
  const deskStore = new PgAccountDesk(postgres);
  const ended = { tell: (sessions: readonly EndedSession[]) => void over.push(...sessions) };
  sessions = new Sessions(new PgSessions(postgres), units, { now: () => new Date() }, ended);
  news = new AccountNews(new PgAccountNews(postgres), logger);
  const parts = { units, ended, news, publicUrl: 'https://dh.example', logger };
  accounts = new Accounts({ ...parts, store, hasher });
  desk = new AccountDesk({ ...parts, store: deskStore, accounts: store, acts: new PgPeopleActs(postgres) });
  passwords = new PasswordLinks({
    ...parts,
    sessions,
    store: deskStore,
    hasher,
    limits: { address: free, link: free },
  });
  lists = new Lists(unitStore, units);
  contacts = new ContactBook(new PgContacts(postgres), units, logger);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const official = async (role: Role, unit: string) => {
  const account = await store.create({ name: `${role} ${unit}`, role, unit });
  const { code, path, tier, name } = units.get(unit);
  return { ...account, unit: { code, path, tier, name } };
};
const openSession = async (account: string) => {
  const id = randomUUID().slice(0, 16);
  const more = { secretHash: hashSecret(id), link: null, device: id, lifeSeconds: 60 };
  await new PgSessions(postgres).create({ id, account, ...more });
  return id;
};
const actsOf = async (unit: string) => {
  const pm = await official('principal', 'vn');
  return (await desk.history(pm, unit)).map(({ what }) => what.act);
};

test('PE1 the same press twice makes one account, and every act is on record with who did it', async () => {
  const moderator = await official('moderator', '79');
  const wanted = { name: 'UBND Phường Một', role: 'seat' as const, unit: '26737', key: randomUUID() };
  const made = await accounts.create(moderator, wanted);
  assert.equal((await accounts.create(moderator, wanted)).id, made.id);
  const { linkId } = await accounts.issueLink(moderator, made.id);
  await accounts.revokeLink(moderator, linkId);
  await accounts.revokeLink(moderator, linkId);
  await accounts.disable(moderator, made.id);
  await accounts.disable(moderator, made.id);
  await accounts.enable(moderator, made.id);
  assert.deepEqual(await actsOf('26737'), [
    ...['account.enabled', 'account.disabled', 'link.withdrawn', 'link.issued', 'account.made'],
  ]);
  const [newest] = await desk.history(moderator, '26737');
  assert.deepEqual(newest?.by, { id: moderator.id, name: moderator.name });
  const older = await desk.history(moderator, '26737', newest?.at);
  assert.equal(older.length, 4, 'the rest of the page');
});

test('PE2 the history of a unit is for officials above it', async () => {
  await assert.rejects(desk.history(await official('moderator', '01'), '26737'), { reason: 'outside-territory' });
  await assert.rejects(desk.history(await official('seat', '26737'), '26737'), { reason: 'forbidden' });
});

test('RT9 another name, role or unit: only by who may give both, never to oneself, and sessions end', async () => {
  const [principal, moderator] = [await official('principal', '79'), await official('moderator', '79')];
  const seat = await official('seat', '26740');
  const to = { name: 'Tên mới', role: 'seat' as const, unit: '26740' };
  const session = await openSession(seat.id);
  assert.equal((await desk.change(moderator, seat.id, to)).name, 'Tên mới');
  assert.deepEqual(over.splice(0), [], 'another name ends nothing');
  await assert.rejects(desk.change(moderator, seat.id, { ...to, unit: '00001' }), { reason: 'outside-territory' });
  await assert.rejects(desk.change(moderator, seat.id, { ...to, role: 'moderator', unit: '760' }), {
    reason: 'forbidden',
  });
  await assert.rejects(desk.change(principal, seat.id, { ...to, role: 'principal', unit: '760' }), {
    reason: 'forbidden',
  });
  await assert.rejects(desk.change(principal, seat.id, { ...to, role: 'moderator' }), { reason: 'bad-request' });
  await assert.rejects(desk.change(moderator, principal.id, { ...to, unit: '79' }), { reason: 'forbidden' });
  await assert.rejects(desk.change(moderator, moderator.id, { ...to, role: 'principal', unit: '79' }), {
    reason: 'forbidden',
  });
  const moved = await desk.change(principal, seat.id, { ...to, role: 'moderator', unit: '760' });
  assert.deepEqual([moved.role, moved.unit.code], ['moderator', '760']);
  assert.deepEqual(
    over.splice(0).map((one) => one.session),
    [session],
  );
  assert.equal((await actsOf('760'))[0], 'account.changed');
  assert.equal((await actsOf('26740'))[0], 'account.changed', 'it is known where it went');
});

test('SE3 an official signs one device of an account out, and no other account’s', async () => {
  const moderator = await official('moderator', '79');
  const [one, other] = [await official('seat', '26743'), await official('seat', '26743')];
  const [first, second, foreign] = [await openSession(one.id), await openSession(one.id), await openSession(other.id)];
  await desk.endSession(moderator, one.id, foreign);
  assert.deepEqual(over.splice(0), []);
  await desk.endSession(moderator, one.id, first);
  assert.deepEqual(
    over.splice(0).map(({ session }) => session),
    [first],
  );
  const shown = (await accounts.ofUnit(moderator, '26743')).find(({ id }) => id === one.id);
  assert.deepEqual(
    shown?.sessions.map(({ id }) => id),
    [second],
  );
  await assert.rejects(desk.endSession(await official('moderator', '01'), one.id, second), {
    reason: 'outside-territory',
  });
});

test('PW5 PW6 a link sets a password once, opens no session, and a newer one withdraws it', async () => {
  const moderator = await official('moderator', '79');
  const seat = await official('seat', '26746');
  const first = secretOf((await desk.offerPassword(moderator, seat.id, 'phuong-26746')).url);
  assert.equal(await store.linkBySecret(hashSecret(first)), undefined, 'it is no link to sign in by');
  const { url, linkId } = await desk.offerPassword(moderator, seat.id, 'phuong-26746');
  assert.match(url, /#p=/);
  const tried = { account: seat.id, link: linkId, device: 'device' };
  assert.equal((await openDevice(postgres, tried)).opening, 'link-revoked');
  await assert.rejects(passwords.read(first, '::1'), { reason: 'link-revoked' });
  const secret = secretOf(url);
  const offer = await passwords.read(secret, '::1');
  assert.deepEqual([offer.name, offer.login], [seat.name, 'phuong-26746']);
  await assert.rejects(passwords.use(secret, 'short', '::1'), { reason: 'bad-request' });
  for (const weak of ['1234567890', 'Mật khẩu 123', 'phuong-26746', seat.name])
    await assert.rejects(passwords.use(secret, weak, '::1'), { reason: 'weak-password' }, weak);
  for (const weak of ['1234567890', 'phuong-26746'])
    await assert.rejects(accounts.setPassword(seat.id, 'phuong-26746', weak), { reason: 'weak-password' });
  const session = await openSession(seat.id);
  const tries = await Promise.allSettled(['mật khẩu một', 'mật khẩu hai'].map((p) => passwords.use(secret, p, '::1')));
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1, 'once');
  assert.deepEqual(
    over.splice(0).map((one) => one.session),
    [session],
  );
  assert.match((await store.credentials('phuong-26746'))?.hash ?? '', /^hash of mật khẩu/);
  await assert.rejects(passwords.read(secret, '::1'), { reason: 'link-over' });
  await assert.rejects(passwords.read('x'.repeat(43), '::1'), { reason: 'link-unknown' });
  const other = await official('seat', '26746');
  await assert.rejects(desk.offerPassword(moderator, other.id, 'phuong-26746'), { reason: 'conflict' });
  await assert.rejects(desk.offerPassword(await official('moderator', '01'), seat.id, 'x-26746'), {
    reason: 'outside-territory',
  });
  assert.deepEqual((await actsOf('26746')).slice(0, 3), ['password.set', 'password.offered', 'password.offered']);
});

test('AC4 what the person did, or was done before they first came, is no news; what the command line did is', async () => {
  const moderator = await official('moderator', '79');
  const seat = await official('seat', '26752');
  await accounts.issueLink(moderator, seat.id);
  const session = await openSession(seat.id);
  const caller = { account: seat, session, device: session, person: null };
  const unseen = async () => (await news.unseen(caller)).map(({ what, by }) => [what.act, by?.id ?? null]);
  assert.deepEqual(await unseen(), [], 'the first link');
  const heard: string[] = [];
  news.on('news', (acts) => void heard.push(...acts.filter((a) => a.account === seat.id).map((a) => a.act.what.act)));
  await news.sweep();
  const secret = secretOf((await desk.offerPassword(moderator, seat.id, 'phuong-26752')).url);
  await passwords.use(secret, 'mật khẩu của riêng tôi', '::1');
  await store.disable(seat.id, { account: null });
  await store.enable(seat.id, { account: null });
  await news.sweep();
  await news.sweep();
  assert.deepEqual(heard, ['password.offered', 'account.disabled', 'account.enabled'], 'each once');
  assert.deepEqual(await unseen(), [
    ['password.offered', moderator.id],
    ['account.disabled', null],
    ['account.enabled', null],
  ]);
});

test('NM4 a title of a higher tier is refused in whatever is entered for a lower one', async () => {
  const [moderator, commune] = [await official('moderator', '79'), '26755'];
  const seat = await official('seat', commune);
  const reserved = { reason: 'name-reserved' };
  const as = (name: string) => ({ name, role: 'seat' as const, unit: commune });
  for (const title of [
    'Thủ tướng Chính phủ',
    'ВỘ TRƯỞNG Bộ Y tế'.replace('В', 'B'),
    'Chủ tịch UBND tỉnh',
    'Thu tuоng Сhinh phu',
  ]) {
    await assert.rejects(accounts.create(moderator, as(title)), reserved, title);
    await assert.rejects(desk.change(moderator, seat.id, as(title)), reserved, title);
    const people = [{ name: 'Nguyễn Văn A', title, telephone: null, deputy: true }];
    await assert.rejects(contacts.change(moderator, commune, { telephone: null, people, version: 0 }), reserved, title);
    const caller = { account: seat, session: await openSession(seat.id), device: 'd', person: null };
    await assert.rejects(sessions.introduce(caller, { name: 'Nguyễn Văn A', title }), reserved, title);
    assert.equal((await sessions.introduce(caller, { name: 'A', title: 'Chủ tịch UBND xã' })).person?.name, 'A');
  }
  assert.equal((await official('principal', 'vn')).unit.code, 'vn');
  const operator = await official('operator', 'vn');
  const pm = { name: 'Thủ tướng Chính phủ', role: 'principal' as const, unit: 'vn' };
  assert.equal((await accounts.create(operator, pm)).name, pm.name);
  assert.equal((await accounts.create(moderator, as('UBND phường, Chủ tịch'))).unit.code, commune);
});

test('NM4 a unit opens under no title of a tier above, nor under one of the file of tiers', async () => {
  const store = new PgUnits(postgres);
  const row = { line: 2, code: '99001', parent: '760', tier: 'commune', validFrom: '2021-01-01', validTo: null };
  const open = (name: string, more: readonly Tier[] = []) =>
    store.change((now) => ({ ...planRoster(now, more, [{ ...row, name }]), tiers: more, added: [] }));
  await assert.rejects(open('Văn phòng Chính phủ'), /title of a tier above: Văn phòng Chính phủ/);
  const province = (await store.load()).tiers.find(({ id }) => id === 'province');
  assert.ok(province);
  const titled = { ...province, titles: ['Chánh Văn phòng Điều phối'] };
  await assert.rejects(open('Chánh văn phòng điều phối', [titled]), /title of a tier above/);
  await open('Phường Chín', [titled]);
  assert.deepEqual((await store.load()).tiers.find(({ id }) => id === 'province')?.titles, titled.titles);
});

test('AC3 seats and links for those that have none, in one statement, and again for nobody', async (t) => {
  const moderator = await official('moderator', '01');
  await store.create({ name: 'đã có', role: 'seat', unit: '00001' });
  const from = performance.now();
  const { made, links } = await desk.makeSeats(moderator, '01');
  const base = units.index.countBase(['vn.01']);
  t.diagnostic(`${Math.round(performance.now() - from)} ms for ${base} units`);
  assert.deepEqual([made, links.length], [base - 1, base]);
  const [first] = links;
  assert.equal((await store.linkBySecret(hashSecret(secretOf(first?.url ?? ''))))?.account.unit, first?.unit);
  assert.deepEqual(await desk.makeSeats(moderator, '01'), { made: 0, links: [] });
  await assert.rejects(desk.makeSeats(moderator, '79'), { reason: 'outside-territory' });
  assert.deepEqual(await actsOf('01'), ['seats.made']);
});

test('LI1 of two provinces that take a name in the same moment one has it, and the other does not write into its list', async () => {
  const [north, south] = [await official('moderator', '01'), await official('moderator', '79')];
  const saved = await Promise.allSettled([
    lists.save(north, 'Ven biển', ['01']),
    lists.save(south, 'Ven biển', ['79']),
  ]);
  assert.deepEqual(
    saved.flatMap((each) => (each.status === 'rejected' ? each.reason.reason : [])),
    ['outside-territory'],
  );
  const owned = [...(await lists.all(north)), ...(await lists.all(south))].filter(({ name }) => name === 'Ven biển');
  assert.deepEqual(
    owned.map(({ units: of }) => of),
    [[owned[0]?.owner]],
  );
  await lists.remove(owned[0]?.owner === '01' ? north : south, 'Ven biển');
});

test('LI1 a list is renamed and deleted by who may change it; a name is one list’s', async () => {
  const [moderator, stranger] = [await official('moderator', '79'), await official('moderator', '01')];
  const before = await lists.save(moderator, 'Ba quận', ['760', '761']);
  await lists.save(moderator, 'Quận khác', ['764']);
  await assert.rejects(lists.rename(moderator, 'Ba quận', 'Quận khác'), { reason: 'conflict' });
  await assert.rejects(lists.rename(stranger, 'Ba quận', 'x'), { reason: 'outside-territory' });
  await assert.rejects(lists.remove(stranger, 'Ba quận'), { reason: 'outside-territory' });
  await lists.rename(moderator, 'Ba quận', 'Hai quận');
  assert.deepEqual(
    (await lists.all(moderator)).map(({ name, units: of }) => [name, of]),
    [
      ['Hai quận', before.units],
      ['Quận khác', ['764']],
    ],
  );
  await lists.remove(moderator, 'Hai quận');
  await assert.rejects(lists.remove(moderator, 'Hai quận'), { reason: 'not-found' });
  assert.deepEqual((await actsOf('79')).slice(0, 2), ['list.deleted', 'list.renamed']);
});
