import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Caller } from '../../src/domain/organisation/Sessions.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { listTable } from '../../src/domain/readiness/listTable.ts';
import { ReadinessBoard } from '../../src/domain/readiness/ReadinessBoard.ts';
import type { Briefing } from '../../src/protocol/briefing.ts';
import type { Account, Role, UnitCode } from '../../src/protocol/organisation.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgContacts } from '../../src/store/postgres/organisation/PgContacts.ts';
import { PgChecks } from '../../src/store/postgres/readiness/PgChecks.ts';
import { loadCountry } from '../support/country.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const CHROME = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const good = { camera: true, microphone: true, voice: true, sound: true, downKbps: 5000, upKbps: 2000 };

let stores: TestStores;
let postgres: Postgres;
let units: Units;
let readiness: ReadinessBoard;
let store: PgChecks;
let account: string;
before(async () => {
  stores = await openStores({ country: true });
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  units = await Units.create(await loadCountry(postgres));
  account = (await new PgAccounts(postgres).create({ name: 'S', role: 'seat', unit: '27163' })).id;
  store = new PgChecks(postgres);
  const contacts = new PgContacts(postgres);
  const briefing = { scope: ['vn.79', 'vn.96'] } as unknown as Briefing;
  const clock = { now: () => new Date() };
  readiness = new ReadinessBoard({ store, units, contacts, clock, readBriefing: async () => briefing });
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const person = (role: Role, code: UnitCode): Account => ({ id: account, name: code, role, unit: units.get(code) });
const seat = (code: UnitCode, device = 'd'): Caller => ({
  session: 's',
  device,
  person: null,
  account: person('seat', code),
});
const all = { root: undefined, state: undefined, after: undefined, limit: 500 };

test('RY1, RY3 what a device found is read by officials over it, as far as the briefing expects the unit', async () => {
  await readiness.tell(seat('27163'), { ...good, camera: false }, CHROME);
  await readiness.tell(seat('27163', 'other'), good, CHROME);
  await readiness.tell(seat('27163', 'other'), { ...good, upKbps: 10 }, CHROME);
  const { counts, rows } = await readiness.page(person('moderator', '79'), '', { ...all, state: 'weak' });
  const [row] = rows;
  assert.equal(rows.length, 1);
  assert.partialDeepStrictEqual(row, { unit: '27163', state: 'weak', check: { browser: 'Chrome 130, Windows' } });
  assert.equal(row?.check?.upKbps, 10, 'the last one, of whichever device');
  assert.partialDeepStrictEqual(counts[0], { unit: '79', ready: 0, weak: 1, lacking: 0 });
  assert.equal(counts[0]?.expected, units.index.countBase(['vn.79']));
  const nation = await readiness.page(person('principal', 'vn'), '', { ...all, limit: 1 });
  assert.equal(nation.counts[0]?.expected, units.index.countBase(['vn.79', 'vn.96']), 'of the scope alone');
  assert.notEqual(nation.next, null);
  const refused = { reason: 'outside-territory' };
  await assert.rejects(readiness.page(person('moderator', '79'), '', { ...all, root: '96' }), refused);
  await assert.rejects(readiness.page(person('moderator', '01'), '', all), { reason: 'not-found' });
  await assert.rejects(readiness.page(person('seat', '27163'), '', all), { reason: 'forbidden' });
  await assert.rejects(readiness.tell({ ...seat('79'), account: person('moderator', '79') }, good, ''), {
    reason: 'forbidden',
  });
});

test('RY4 a page in a loop is stopped, and others are not', async () => {
  const busy = { ...seat('27160'), account: { ...person('seat', '27160'), id: crypto.randomUUID() } };
  const told = Array.from({ length: 40 }, () =>
    readiness.tell(busy, good, '').catch((e: { reason?: string }) => e.reason),
  );
  // An account that does not exist can't be written; what counts here is who is let through to it.
  const limited = (await Promise.all(told)).filter((reason) => reason === 'rate-limited');
  assert.equal(limited.length, 10);
});

test('RY1 a whole country that tries its devices in one moment is written in a few statements', async (t) => {
  const codes = units.index.baseUnits(['vn']).map(({ code }) => code);
  let statements = 0;
  const counted = new ReadinessBoard({
    ...{ units, contacts: { of: async () => [] }, clock: { now: () => new Date() } },
    readBriefing: async () => ({ scope: ['vn'] }) as unknown as Briefing,
    store: {
      latest: (those) => store.latest(those),
      sweep: () => store.sweep(),
      write: (checks) => {
        statements += 1;
        // One account is enough for the rows; its budget is another test's affair.
        return store.write(checks.map((check) => ({ ...check, account })));
      },
    },
  });
  const began = performance.now();
  await Promise.all(
    codes.map((code) => counted.tell({ ...seat(code), account: { ...person('seat', code), id: code } }, good, CHROME)),
  );
  t.diagnostic(
    `${codes.length} checks written in ${Math.round(performance.now() - began)} ms, ${statements} statements`,
  );
  assert.ok(statements <= Math.ceil(codes.length / 500) + 1);
  const read = performance.now();
  const { counts } = await counted.page(person('principal', 'vn'), '', all);
  t.diagnostic(`read in ${Math.round(performance.now() - read)} ms`);
  assert.equal(counts[0]?.ready, codes.length);
});

test('RY1 five devices of a unit are kept', async () => {
  for (let i = 0; i < 7; i++) await store.write([{ ...good, unit: '27163', account, device: `d${i}`, browser: '' }]);
  await store.sweep();
  const [row] = await postgres.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM device_checks WHERE unit = '27163'`,
  );
  assert.equal(row?.n, 5);
});

test('RY5 the list to ring has a row for each unit of the state, and names the state in words', async () => {
  const { total, rows } = await readiness.list(person('moderator', '96'), '', { root: undefined, state: 'ready' });
  assert.equal(total, units.index.countBase(['vn.96']), 'all of them were tried above');
  const written: unknown[][] = [];
  for await (const page of listTable('vi', { total, rows }).rows) written.push(...page.map((row) => [...row]));
  assert.equal(written.length, total);
  assert.deepEqual([...new Set(written.map((row) => row[3]))], ['Sẵn sàng']);
  const none = await readiness.list(person('moderator', '96'), '', { root: undefined, state: 'never' });
  assert.equal(none.total, 0);
});
