import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AccountDesk } from '../../src/domain/organisation/AccountDesk.ts';
import { AccountNews } from '../../src/domain/organisation/AccountNews.ts';
import { Accounts } from '../../src/domain/organisation/Accounts.ts';
import { CodeSignIn } from '../../src/domain/organisation/CodeSignIn.ts';
import { CodeTries } from '../../src/domain/organisation/CodeTries.ts';
import { codeHashesBy } from '../../src/domain/organisation/codeHashes.ts';
import { newCode, writtenCode } from '../../src/domain/organisation/deviceCode.ts';
import type { EndedSession } from '../../src/domain/organisation/ports.ts';
import type { Caller } from '../../src/domain/organisation/Sessions.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { Account, Role } from '../../src/protocol/organisation.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { PgAccountDesk } from '../../src/store/postgres/organisation/PgAccountDesk.ts';
import { PgAccountNews } from '../../src/store/postgres/organisation/PgAccountNews.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgDeviceCodes } from '../../src/store/postgres/organisation/PgDeviceCodes.ts';
import { PgPeopleActs } from '../../src/store/postgres/organisation/peopleActs.ts';
import { administer } from '../support/administer.ts';
import { loadCountry } from '../support/country.ts';
import { openSession } from '../support/openSession.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const logger = createLogger('silent');
const free = { consume: async () => undefined, giveBack: async () => undefined };
const hashes = codeHashesBy(['the secret of a cluster that is in a test alone']);
const UNIT = '00001';

let stores: TestStores;
let postgres: Postgres;
let store: PgAccounts;
let codes: PgDeviceCodes;
let units: Units;
let accounts: Accounts;
let desk: AccountDesk;
let door: CodeSignIn;
let office: Account;
let briefing: { id: string; title: string };
const over: EndedSession[] = [];
before(async () => {
  stores = await openStores({ country: true });
  await migrate(stores.databaseUrl);
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  units = await Units.create(await loadCountry(postgres));
  store = new PgAccounts(postgres);
  codes = new PgDeviceCodes(postgres);
  const ended = { tell: (sessions: readonly EndedSession[]) => void over.push(...sessions) };
  const news = { tell: async () => undefined };
  const parts = { units, ended, news, publicUrl: 'https://dh.example', logger };
  const hasher = { hash: async () => 'hash', verify: async () => false };
  accounts = new Accounts({ ...parts, store, hasher });
  const acts = new PgPeopleActs(postgres);
  desk = new AccountDesk({ ...parts, store: new PgAccountDesk(postgres), accounts: store, acts });
  const tries = new CodeTries({ codeUnit: free, codeBlock: free });
  door = new CodeSignIn({ store: codes, hashes, tries, address: free, logger });
  office = await person('moderator', '01');
  briefing = await new PgBriefings(postgres).create({
    ...{ title: 'Giao ban', scheduledAt: new Date(Date.now() + 3_600_000).toISOString(), stage: 'vn' },
    ...{ scope: ['vn.01'], expected: 1, createdBy: office.id },
  });
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

async function person(role: Role, code: string): Promise<Account> {
  const { id, name } = await store.create({ name: `${role} ${code}`, role, unit: code });
  return { id, name, role, unit: units.get(code) };
}
const issue = async (account: Account): Promise<string> => {
  const code = newCode();
  const hash = hashes.of(account.unit.code, code);
  const of = { briefing: briefing.id, title: briefing.title, unit: '01' };
  await codes.issue([{ account: account.id, hash }], of, { account: office.id });
  return code;
};
/** A device types a code. */
const enter = async (code: string, device: string, kept?: string) => {
  const signed = await door.byCode(UNIT, writtenCode(code).toLowerCase(), '203.0.113.7');
  return openSession(postgres, { account: signed.account.id, code: signed.code, device, kept });
};
const callerOf = (account: Account, session: string): Caller => ({ account, session, device: 'd', person: null });
const usedBy = async (code: string) =>
  (
    await postgres.query<{ device: string | null }>('SELECT device FROM device_codes WHERE code_hash = $1', [
      hashes.of(UNIT, code),
    ])
  )[0]?.device;
const newsOf = async (account: string, session: string) =>
  (
    await new AccountNews(new PgAccountNews(postgres), logger).unseen(callerOf({ ...office, id: account }, session))
  ).map(({ what, by }) => ({ act: what.act, session: 'session' in what ? what.session : undefined, by: by?.id }));

test('LK7 the store has a keyed hash alone, and a code fits its own unit', async () => {
  const seat = await person('seat', UNIT);
  const code = await issue(seat);
  const rows = await postgres.query('SELECT code_hash FROM device_codes');
  assert.ok(!JSON.stringify(rows).includes(code));
  await assert.rejects(door.byCode('00004', code, '203.0.113.7'), { reason: 'code-unknown' });
  await assert.rejects(door.byCode(UNIT, newCode(), '203.0.113.7'), { reason: 'code-unknown' });
  assert.equal((await door.byCode(` ${UNIT} `, code, '203.0.113.7')).account.id, seat.id);
  const [act] = await desk.history(office, '01');
  assert.deepEqual(act?.what, { act: 'codes.issued', briefing: briefing.id, title: 'Giao ban', codes: 1 });
  assert.equal(act?.by?.id, office.id);
});

test('LK8 of two devices at once one is in, and the same device may come again', async () => {
  const seat = await person('seat', UNIT);
  const code = await issue(seat);
  const opened = await Promise.all(['one', 'two'].map((device) => enter(code, device)));
  assert.deepEqual(opened.map(({ opening }) => opening).sort(), ['code-used', 'opened']);
  const device = opened[0]?.opening === 'opened' ? 'one' : 'two';
  const again = await enter(code, device);
  assert.equal(again.opening, 'opened');
  const open = await postgres.query<{ id: string }>('SELECT id FROM sessions WHERE account = $1 AND ended_at IS NULL', [
    seat.id,
  ]);
  assert.deepEqual(open, [{ id: again.id }], 'the one that it opened before ended');
});

test('LK8 a browser that is in already keeps its session, and the code stays unspent', async () => {
  const seat = await person('seat', UNIT);
  const code = await issue(seat);
  const { id: kept } = await openSession(postgres, { account: seat.id, device: 'd' });
  assert.equal((await enter(code, 'd', kept)).opening, 'kept');
  assert.equal(await usedBy(code), null);
});

for (const step of ['INSERT ON sessions', 'UPDATE ON device_codes', 'INSERT ON people_acts'])
  test(`LK8 a code stays unspent when "${step}" fails, and opens afterwards`, async () => {
    const code = await issue(await person('seat', UNIT));
    await administer(
      stores.databaseUrl,
      `CREATE FUNCTION goes_wrong() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a test lets this step fail'; END $$`,
    );
    await administer(
      stores.databaseUrl,
      `CREATE TRIGGER goes_wrong AFTER ${step} FOR EACH ROW EXECUTE FUNCTION goes_wrong()`,
    );
    try {
      await assert.rejects(enter(code, 'lost'));
    } finally {
      await administer(stores.databaseUrl, 'DROP FUNCTION goes_wrong CASCADE');
    }
    assert.equal(await usedBy(code), null);
    assert.equal((await enter(code, 'new')).opening, 'opened');
  });

test('LK8 LK9 AC4 the first device and the office are told who came in, and it is an act of the seat in both histories', async () => {
  const seat = await person('seat', UNIT);
  const first = await openSession(postgres, { account: seat.id, device: 'first' });
  const desktop = await openSession(postgres, { account: office.id, device: 'desktop' });
  const { id: session } = await enter(await issue(seat), 'new');
  const told = { act: 'code.used', session, by: seat.id };
  assert.deepEqual(await newsOf(seat.id, first.id), [told]);
  assert.deepEqual(await newsOf(office.id, desktop.id), [told]);
  for (const unit of [UNIT, '01']) {
    const [act] = await desk.history(office, unit);
    assert.deepEqual(act?.what, { act: 'code.used', name: seat.name, role: 'seat', account: seat.id, session }, unit);
  }
});

test('LK9 the first device and the office end what a code opened, with the code; what a code opened ends nobody', async () => {
  const seat = await person('seat', UNIT);
  const { id: first } = await openSession(postgres, { account: seat.id, device: 'first' });
  const codesOf = [await issue(seat), await issue(seat)];
  const [one = '', two = ''] = await Promise.all(codesOf.map(async (code, i) => (await enter(code, `new ${i}`)).id));
  await assert.rejects(desk.undoCode(callerOf(seat, one), first), { reason: 'forbidden' });
  await assert.rejects(desk.undoCode(callerOf(seat, one), two), { reason: 'forbidden' });
  await assert.rejects(desk.undoCode(callerOf(office, first), one), { reason: 'forbidden' });
  over.length = 0;
  await desk.undoCode(callerOf(seat, first), one);
  await desk.endSession(office, seat.id, two);
  assert.deepEqual(
    over.map(({ session }) => session),
    [one, two],
  );
  for (const [i, code] of codesOf.entries()) assert.equal((await enter(code, `new ${i}`)).opening, 'code-over');
  const stranger = await person('moderator', '79');
  await assert.rejects(desk.endSession(stranger, seat.id, one), { reason: 'outside-territory' });
  await desk.undoCode(callerOf(seat, first), one);
});

test('LK9 a new link, another role and a disabled account withdraw the codes and end what they opened', async () => {
  const operator = await person('operator', 'vn');
  const ways: readonly ((seat: Account) => Promise<unknown>)[] = [
    ({ id }) => accounts.issueLink(office, id),
    ({ id }) => desk.change(operator, id, { name: 'UBND', role: 'operator', unit: '01' }),
    ({ id }) => accounts.disable(office, id),
  ];
  for (const way of ways) {
    const seat = await person('seat', UNIT);
    const [spent, unspent] = [await issue(seat), await issue(seat)];
    const { id } = await enter(spent, 'new');
    const held = await door.byCode(UNIT, unspent, '203.0.113.7');
    await way(seat);
    const left = await postgres.query('SELECT FROM sessions WHERE id = $1 AND ended_at IS NULL', [id]);
    assert.equal(left.length, 0);
    const late = await openSession(postgres, { account: seat.id, code: held.code, device: 'late' });
    assert.match(late.opening, /^code-(over|unknown)$/);
  }
});

test('IV2 a first link is issued beside nothing: who has a good link, opened or not, keeps it', async () => {
  const seat = await person('seat', UNIT);
  const [one, two] = await Promise.all([1, 2].map(() => accounts.issueFirstLink(office, seat.id)));
  assert.equal([one, two].filter((url) => url !== undefined).length, 1, 'of two at once one');
  assert.equal(await accounts.issueFirstLink(office, seat.id), undefined);
  const principal = await person('principal', 'vn');
  await assert.rejects(accounts.issueFirstLink(office, principal.id), { reason: 'outside-territory' });
});
