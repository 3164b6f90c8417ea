import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkWords } from '../../../web/src/briefing/words/check.vi.ts';
import { InvitationDesk, type InvitationParts } from '../../src/domain/invitation/InvitationDesk.ts';
import type { SheetsElsewhere } from '../../src/domain/invitation/ports.ts';
import { SLIPS_A_PAGE } from '../../src/domain/invitation/slips.ts';
import { Accounts } from '../../src/domain/organisation/Accounts.ts';
import { codeHashesBy } from '../../src/domain/organisation/codeHashes.ts';
import { readCode } from '../../src/domain/organisation/deviceCode.ts';
import { hashSecret } from '../../src/domain/organisation/secrets.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { Briefing } from '../../src/protocol/briefing.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { Account, Role, UnitCode } from '../../src/protocol/organisation.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { PgInvitations } from '../../src/store/postgres/invitation/PgInvitations.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgDeviceCodes } from '../../src/store/postgres/organisation/PgDeviceCodes.ts';
import { loadCountry } from '../support/country.ts';
import { openSession } from '../support/openSession.ts';
import { pdfTexts } from '../support/pdfTexts.ts';
import { pdfCodes, pdfTags } from '../support/readPdf.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

const codeHashes = codeHashesBy(['the secret of a cluster that is in a test alone']);
const PUBLIC_URL = 'https://hop.example.vn';
const nowhere: SheetsElsewhere = {
  isMaking: async () => false,
  told: async () => undefined,
  file: async () => undefined,
  taken: async () => undefined,
};

let stores: TestStores;
let postgres: Postgres;
let units: Units;
let store: PgAccounts;
let parts: Omit<InvitationParts, 'elsewhere'> & { readonly codes: PgDeviceCodes };
let desk: InvitationDesk;
let moderator: Account;
let briefing: Briefing;
before(async () => {
  stores = await openStores({ country: true });
  await migrate(stores.databaseUrl);
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  units = await Units.create(await loadCountry(postgres));
  store = new PgAccounts(postgres);
  const seats = units.index.baseUnits(['vn.01']);
  await store.createMissing(seats.map(({ code, name }) => ({ name, role: 'seat' as const, unit: code })));
  await store.create({ name: 'Thủ tướng Chính phủ', role: 'principal', unit: 'vn' });
  moderator = await person('moderator', '01');
  const ended = { tell: () => undefined };
  const hasher = { hash: async () => '', verify: async () => false };
  const logger = createLogger('silent');
  const accounts = new Accounts({
    store,
    units,
    hasher,
    ended,
    news: { tell: async () => undefined },
    publicUrl: PUBLIC_URL,
    logger,
  });
  const briefings = new PgBriefings(postgres);
  briefing = await briefings.create({
    ...{ title: 'Giao ban về ứng phó bão số 10 và mưa lũ', scheduledAt: '2026-11-27T07:00:00.000Z', stage: 'vn' },
    ...{ scope: ['vn.01', 'vn.79'], expected: 1, rehearsal: true, createdBy: moderator.id },
    agenda: [{ title: 'Tình hình mưa lũ', by: 'Cục Khí tượng', minutes: 10 }, { title: 'Các xã báo cáo' }],
  });
  const readBriefing = async () => briefing;
  parts = {
    ...{ store: new PgInvitations(postgres), units, accounts, codes: new PgDeviceCodes(postgres), codeHashes },
    ...{ publicUrl: PUBLIC_URL, supportTelephone: '1900 1234', log: logger, readBriefing },
  };
  desk = new InvitationDesk({ ...parts, elsewhere: nowhere });
});
after(async () => {
  await desk?.close();
  await postgres?.close();
  await stores?.close();
});

async function person(role: Role, code: UnitCode): Promise<Account> {
  const { id, name } = await store.create({ name: `Ban ${code}`, role, unit: code });
  return { id, name, role, unit: units.get(code) };
}

/** Another node, with what it is told of the first. */
const another = (of: Partial<SheetsElsewhere> = {}) =>
  new InvitationDesk({ ...parts, elsewhere: { ...nowhere, ...of } });

async function make(territory: UnitCode, who = moderator) {
  const asked = await desk.ask(who, briefing.id, { territory });
  let told = asked;
  while (told.state === 'making') {
    await new Promise(setImmediate);
    told = await desk.read(who, asked.id);
  }
  assert.equal(told.state, 'ready');
  return told;
}
async function take(id: string, from = desk): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of (await from.take(moderator, id)).bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
/** Units and codes as they stand on slips. */
const typedOn = (text: string) =>
  [...text.matchAll(/Mã đơn vị ?(\d{5}) ?Mã vào họp ?([2-9A-Z]{4}-[2-9A-Z]{4})/g)].map(([, unit = '', code = '']) => ({
    unit,
    code,
  }));
const unitOfCode = async (unit: UnitCode, code: string) =>
  (await parts.codes.find(unit, codeHashes.all(unit, readCode(code) ?? '')))?.account.unit;
const linkOf = (code: string) => store.linkBySecret(hashSecret(code.split('#l=')[1] ?? ''));

test('IV5 a province is printed with a slip for each unit, whose text and code are read back', async (t) => {
  const expected = units.index.baseUnits(['vn.01']);
  const began = performance.now();
  const told = await make('01');
  t.diagnostic(`${expected.length} slips in ${Math.round(performance.now() - began)} ms`);
  assert.deepEqual([told.done, told.of, told.issued], Array(3).fill(expected.length));
  const pdf = await take(told.id);
  t.diagnostic(`${Math.round(pdf.length / 1024)} kB`);
  const { pages, texts } = await pdfTexts(pdf, 1);
  assert.equal(pages, Math.ceil(expected.length / SLIPS_A_PAGE));
  const [first = ''] = texts;
  for (const said of ['GIẤY MỜI HỌP TRỰC TUYẾN', 'Giao ban về ứng phó bão số 10', '14:00, thứ Sáu ngày 27/11/2026'])
    assert.ok(first.includes(said), `${said} in ${first}`);
  assert.ok(first.includes('UBND phường Phúc Xá, quận Ba Đình, thành phố Hà Nội'), first);
  assert.equal(first.match(/DIỄN TẬP/g)?.length, SLIPS_A_PAGE, 'RH4 each slip says that it is a rehearsal');
  // Looking for codes in pictures is slow: those of the first two pages stand for all.
  const codes = pdfCodes(pdf, SLIPS_A_PAGE, 2);
  const links = await Promise.all(codes.map(linkOf));
  assert.deepEqual(
    links.map((link) => [link?.account.unit, link?.revoked]),
    expected.slice(0, SLIPS_A_PAGE * 2).map(({ code }) => [code, false]),
  );
  const units1 = expected.slice(0, SLIPS_A_PAGE).map(({ code }) => code);
  const typed = typedOn(first);
  assert.deepEqual(
    typed.map(({ unit }) => unit),
    units1,
    'unit and code stand there for whoever has no camera',
  );
  for (const { unit, code } of typed) assert.equal(await unitOfCode(unit, code), unit);
  for (const said of [
    'Chủ trì: Thủ tướng Chính phủ',
    '1. Tình hình mưa lũ - Cục Khí tượng - 10 phút',
    '1900 1234',
    '14:00 26/11/2026',
  ])
    assert.equal(first.split(said).length - 1, SLIPS_A_PAGE, `${said} in ${first}`);
  const { title, language, tags } = await pdfTags(pdf, 1);
  assert.deepEqual([title.includes(briefing.title), language], [true, 'vi']);
  assert.equal(tags[0]?.filter((tag) => tag === 'Sect').length, SLIPS_A_PAGE, 'it can be read aloud, slip by slip');
  assert.ok(tags[0]?.includes(`Figure QR: ${codes[0]}`), String(tags[0]));
});

test('IV2 LK7 printing again withdraws nothing: the link, the device and the code of the first slip stay good', async () => {
  const [one] = units.index.baseUnits(['vn.01.002']);
  const read = async () => {
    const { id, issued, of } = await make('002');
    const pdf = await take(id);
    const [typed] = typedOn((await pdfTexts(pdf, 1)).texts[0] ?? '');
    const [scanned = ''] = pdfCodes(pdf, SLIPS_A_PAGE, 1);
    return { scanned, typed, issued, of };
  };
  await postgres.query(
    'UPDATE links SET revoked_at = now() WHERE account IN (SELECT id FROM accounts WHERE unit = $1)',
    [one?.code],
  );
  const first = await read();
  assert.equal(first.issued, 1);
  const link = await linkOf(first.scanned);
  assert.equal(link?.account.unit, one?.code);
  const second = await read();
  assert.equal(second.issued, 0, 'a link that was not opened yet is a way in');
  assert.ok(second.typed && second.scanned === `${PUBLIC_URL}/#c=${one?.code}.${readCode(second.typed.code)}`);
  const account = link?.account.id ?? '';
  const its = { account, link: link?.id ?? '', device: 'device' };
  assert.equal((await openSession(postgres, its)).opening, 'opened');
  const third = await read();
  assert.equal((await linkOf(first.scanned))?.revoked, false);
  const found = [first, second, third].map(({ typed }) => typed && unitOfCode(typed.unit, typed.code));
  assert.deepEqual(await Promise.all(found), Array(3).fill(one?.code));
});

test('IV8 a slip names the button that has to be pressed before the page enters by itself', async () => {
  const [one] = units.index.baseUnits(['vn.01.002']);
  const { id } = await make(one?.code ?? '');
  const [text = ''] = (await pdfTexts(await take(id), 1)).texts;
  assert.ok(
    text.includes(`Bấm “${checkWords.in('vi').enter}”, rồi để trang mở: khi phòng họp mở, trang tự vào.`),
    text,
  );
});

test('IV9 a long address stands whole on a slip, whatever size the slip has', async () => {
  const address = 'hoptructuyen.vanphongchinhphu.tinhthuathienhue.example.vn:8443';
  const far = new InvitationDesk({ ...parts, publicUrl: `https://${address}`, elsewhere: nowhere });
  const [one] = units.index.baseUnits(['vn.01.002']);
  for (const territory of [one?.code ?? '', '002']) {
    const asked = await far.ask(moderator, briefing.id, { territory });
    await until('the slips are made', async () => (await far.read(moderator, asked.id)).state !== 'making');
    const [text = ''] = (await pdfTexts(await take(asked.id, far), 1)).texts;
    assert.ok(text.includes(`hoặc mở ${address} và gõ:`), text);
  }
  await far.close();
});

test('IV7 what would be printed is told before anything is issued, to whoever may print', async () => {
  const rows = async () => (await postgres.query('SELECT FROM device_codes')).length;
  const before = await rows();
  const plan = await desk.plan(moderator, briefing.id, { territory: '01' });
  const expected = units.index.countBase(['vn.01']);
  assert.deepEqual(plan, { units: expected, links: 0, noSeat: 0, begins: '2026-11-26T07:00:00.000Z' });
  await assert.rejects(desk.plan(moderator, briefing.id, { territory: '79' }), { reason: 'outside-territory' });
  assert.equal(await rows(), before);
});

test('IV3 who had links issued, for whom and how many, is on the record of the briefing', async () => {
  const acts = await postgres.query<{
    chain: string;
    territory: string;
    links: string;
    units: number;
    by_name: string;
  }>('SELECT chain, territory, links, units, by_name FROM invitations ORDER BY at LIMIT 1');
  const expected = units.index.countBase(['vn.01']);
  const act = { territory: 'vn.01', links: 'missing', units: expected, by_name: 'Ban 01' };
  assert.deepEqual(acts, [{ chain: `rehearsal:${briefing.id}`, ...act }]);
});

test('IV1, IV4 only in the own territory, and only whoever asked takes them, once', async () => {
  await assert.rejects(desk.ask(moderator, briefing.id, { territory: '79' }), {
    reason: 'outside-territory',
  });
  const pm = await person('principal', 'vn');
  await assert.rejects(desk.ask(pm, briefing.id, { territory: '96' }), { reason: 'not-found' });
  const { id } = await make('001');
  await assert.rejects(desk.read(pm, id), { reason: 'not-found' });
  await take(id);
  await assert.rejects(desk.take(moderator, id), { reason: 'not-found' });
  const seat = await person('seat', '00001');
  await assert.rejects(desk.ask(seat, briefing.id, { territory: '00001' }), { reason: 'forbidden' });
});

test('IV1 of two that are asked for in the same moment one is made, since the links of the other would be withdrawn', async () => {
  const asks = ['01', '01'].map((territory) => desk.ask(moderator, briefing.id, { territory }));
  const done = await Promise.allSettled(asks);
  assert.deepEqual(
    done.map((one) => (one.status === 'fulfilled' ? one.value.state : one.reason.reason)),
    ['making', 'busy'],
  );
  const [{ value } = { value: undefined }] = done.filter((one) => one.status === 'fulfilled');
  while ((await desk.read(moderator, value?.id ?? '')).state === 'making') await new Promise(setImmediate);
});

test('IV1 IV4 nodes are one: nothing is made while another node makes some, and sheets are read and taken at any', async () => {
  const other = another({
    isMaking: async (account) => desk.isMaking(account),
    told: async (account, id) => desk.toldHere(account, id),
    file: async (account, id) => desk.fileHere(account, id),
    taken: async (account, id) => desk.takenHere(account, id),
  });
  const asked = await desk.ask(moderator, briefing.id, { territory: '001' });
  const again = other.ask(moderator, briefing.id, { territory: '001' });
  await assert.rejects(again, { reason: 'busy' });
  assert.equal(other.isMaking(moderator.id), false, 'it may be asked again');
  const far = async () => (await other.read(moderator, asked.id)).state;
  while ((await far()) === 'making') await new Promise(setImmediate);
  assert.equal(await far(), 'ready');
  await assert.rejects(other.read(await person('moderator', '01'), asked.id), { reason: 'not-found' });
  assert.equal((await take(asked.id, other)).subarray(0, 5).toString(), '%PDF-');
  for (const node of [desk, other]) await assert.rejects(node.take(moderator, asked.id), { reason: 'not-found' });
  await other.close();
});

test('IV1 while a node has not said whether it makes some, none are made', async () => {
  const silent = another({ isMaking: () => Promise.reject(refuse('store-unavailable', 'no answer from b')) });
  const asked = silent.ask(moderator, briefing.id, { territory: '001' });
  await assert.rejects(asked, { reason: 'store-unavailable' });
  await silent.close();
});
