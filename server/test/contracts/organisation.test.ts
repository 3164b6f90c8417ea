import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { countryRows, southern, tiers } from '../../src/demo/country.ts';
import { Accounts } from '../../src/domain/organisation/Accounts.ts';
import { planRoster } from '../../src/domain/organisation/planRoster.ts';
import type { KnownSession } from '../../src/domain/organisation/ports.ts';
import type { RosterRow } from '../../src/domain/organisation/roster.ts';
import { Sessions } from '../../src/domain/organisation/Sessions.ts';
import { hashSecret, newId, newSecret } from '../../src/domain/organisation/secrets.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgSessions } from '../../src/store/postgres/organisation/PgSessions.ts';
import { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { openSession } from '../support/openSession.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
let unitStore: PgUnits;
let accounts: PgAccounts;
let sessions: PgSessions;
before(async () => {
  stores = await openStores();
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  unitStore = new PgUnits(postgres);
  accounts = new PgAccounts(postgres);
  sessions = new PgSessions(postgres);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

test('PG1 nodes that start at once migrate once', async () => {
  const applied = await Promise.all([
    migrate(stores.databaseUrl),
    migrate(stores.databaseUrl),
    migrate(stores.databaseUrl),
  ]);
  assert.equal(applied.filter((names) => names.length > 0).length, 1);
  assert.deepEqual(await migrate(stores.databaseUrl), []);
});

test('PG2 a database of a newer program is refused', async () => {
  await postgres.query(`INSERT INTO migrations (name) VALUES ('9999-future.sql')`);
  await assert.rejects(migrate(stores.databaseUrl), /newer than this program: it has 9999-future/);
  await postgres.query(`DELETE FROM migrations WHERE name = '9999-future.sql'`);
});

test('OS1 the whole country is written and read, and again changes nothing', async (t) => {
  const rows = await countryRows();
  const from = performance.now();
  await unitStore.change((now) => planRoster(now, tiers, rows));
  const { units, version } = await unitStore.load();
  const seconds = (performance.now() - from) / 1000;
  assert.equal(units.length, 10_811);
  t.diagnostic(`${seconds.toFixed(2)} s for 10,811 units`);
  const again = await unitStore.change((now) => planRoster(now, tiers, rows));
  assert.equal(again.added.length, 0);
  assert.equal((await unitStore.load()).version, version);
});

const change = (rows: Partial<RosterRow>[]) =>
  unitStore.change((now) =>
    planRoster(
      now,
      [],
      rows.map((r, i) => ({
        line: i + 2,
        parent: null,
        tier: 'commune',
        name: '',
        validFrom: '',
        validTo: null,
        code: '',
        ...r,
      })),
    ),
  );

test('OS2 a change that begins today is seen by `refresh`, one of the future is not yet', async () => {
  const units = await Units.create(unitStore);
  const before = units.get('00001');
  assert.equal(await units.refresh(), false);
  await change([{ ...before, name: 'Phường Mới', validFrom: '2025-01-01' }]);
  await change([{ ...units.get('00004'), name: 'Phường Sau', validFrom: '2999-01-01' }]);
  assert.equal(await units.refresh(), true);
  assert.equal(units.get('00001').name, 'Phường Mới');
  assert.notEqual(units.get('00004').name, 'Phường Sau');
});

test('OS3 a closed code stays closed, in the plan and in the database', async () => {
  await change([{ ...(await Units.create(unitStore)).get('00006'), validTo: '2025-07-01' }]);
  assert.equal((await Units.create(unitStore)).index.find('00006'), undefined);
  await assert.rejects(
    change([{ code: '00006', parent: '001', name: 'Lại', validFrom: '2026-01-01' }]),
    /never reissued/,
  );
  await assert.rejects(postgres.query(`UPDATE units SET closed_on = NULL WHERE code = '00006'`), /never reissued/);
  await assert.rejects(postgres.query(`DELETE FROM units WHERE code = '00006'`), /never deleted/);
});

test('OS4 a refused import writes nothing', async () => {
  const { version } = await unitStore.load();
  const good = { code: 'new-1', parent: '001', name: 'Good', validFrom: '2025-01-01' };
  await assert.rejects(
    change([good, { ...good, code: 'new-2', parent: 'nowhere' }]),
    /line 3: there is no parent nowhere/,
  );
  assert.equal((await unitStore.load()).version, version);
});

test('OS5 two imports at once: the second sees the first', async () => {
  const row = { code: 'new-3', parent: '001', name: 'Once', validFrom: '2025-01-01' };
  const results = await Promise.all([change([row]), change([row])]);
  assert.deepEqual(results.map((r) => r.added.length).sort(), [0, 1]);
});

test('OS6 saved lists are replaced whole', async () => {
  await unitStore.saveList({ ...southern, owner: 'vn' });
  await unitStore.saveList({ name: southern.name, owner: 'vn', units: ['79', '74'] });
  assert.deepEqual(await unitStore.lists(), [{ name: southern.name, owner: 'vn', units: ['74', '79'] }]);
});

test('AC1 ten thousand accounts in one statement, once', async () => {
  const everybody = (await Units.create(unitStore)).index
    .baseUnits(['vn'])
    .map((u) => ({ name: u.name, role: 'seat' as const, unit: u.code }));
  assert.equal(await accounts.createMissing(everybody), everybody.length);
  assert.equal(await accounts.createMissing(everybody), 0);
});

test('RT8 a moderator of a commune, or of an island district without communes, is refused, and gets no new link', async () => {
  const units = await Units.create(unitStore);
  const hasher = { hash: async () => '', verify: async () => false };
  const logger = createLogger('silent');
  const domain = new Accounts({
    store: accounts,
    units,
    hasher,
    ended: { tell: () => undefined },
    news: { tell: async () => undefined },
    publicUrl: 'https://dh.example',
    logger,
  });
  const { path, tier, name } = units.get('vn');
  const pm = { id: randomUUID(), name: 'PM', role: 'principal', unit: { code: 'vn', path, tier, name } } as const;
  const alone = units.index.units.filter(({ code }) => units.index.children(code).length === 0);
  const commune = alone.find((unit) => unit.tier === 'commune')?.code ?? '';
  const island = alone.find((unit) => unit.tier === 'district')?.code ?? '';
  for (const unit of [commune, island]) {
    await assert.rejects(domain.create(pm, { name: 'x', role: 'moderator', unit }), { reason: 'bad-request' });
    assert.equal((await domain.create(pm, { name: 'x', role: 'seat', unit })).unit.code, unit);
    const before = await accounts.create({ name: 'x', role: 'moderator', unit });
    await assert.rejects(domain.issueLink(pm, before.id), { reason: 'bad-request' });
  }
  assert.equal((await domain.create(pm, { name: 'x', role: 'moderator', unit: '79' })).role, 'moderator');
});

test('LK1 of two devices at once exactly one binds the link', async () => {
  const [first] = await accounts.ofUnit('00001');
  const account = first?.account.id ?? '';
  const secret = newSecret();
  const { link } = await accounts.replaceLink(account, hashSecret(secret), null);
  const devices = Array.from({ length: 8 }, (_, i) => `device-${i}`);
  const tried = await Promise.all(
    devices.map(async (device) => ({ device, ...(await openSession(postgres, { account, link, device })) })),
  );
  const inside = tried.filter(({ opening }) => opening === 'opened');
  assert.deepEqual([inside.length, tried.filter(({ opening }) => opening === 'link-used').length], [1, 7]);
  assert.equal((await accounts.linkBySecret(hashSecret(secret)))?.boundDevice, inside[0]?.device);
});

test('LK2 two moderators reissue at once: one link is left', async () => {
  const [first] = await accounts.ofUnit('00004');
  const account = first?.account.id ?? '';
  await Promise.all([0, 1, 2].map(() => accounts.replaceLink(account, hashSecret(newSecret()), null)));
  assert.equal((await accounts.ofUnit('00004'))[0]?.links.length, 1);
});

test('LK3 withdrawing a link ends its sessions and nobody else’s; the store holds no secret', async () => {
  const [first] = await accounts.ofUnit('00007');
  const account = first?.account.id ?? '';
  const secret = newSecret();
  const link = await accounts.addLink(account, hashSecret(secret));
  const open = async (from: string | null) => {
    const id = newId();
    await sessions.create({ id, secretHash: hashSecret(secret), account, link: from, device: 'd', lifeSeconds: 60 });
    return id;
  };
  const [byLink, byPassword] = [await open(link), await open(null)];
  const ended = [{ session: byLink, account, unit: '00007', device: 'd' }];
  assert.deepEqual(await accounts.revokeLink(link), ended, 'the sessions that were opened with it');
  assert.deepEqual(await accounts.revokeLink(link), []);
  assert.equal((await openSession(postgres, { account, link, device: 'd' })).opening, 'link-revoked');
  assert.deepEqual(
    (await sessions.find([byLink, byPassword])).map((s) => s.id),
    [byPassword],
  );
  const [row] = await postgres.query<{ text: string }>(
    'SELECT links::text || (SELECT string_agg(sessions::text, $1) FROM sessions) AS text FROM links WHERE id = $2',
    ['', link],
  );
  assert.ok(row && !row.text.includes(secret));
});

test('LK3 SE2 a link that is withdrawn, or a password that is changed, after it was looked at opens no session', async () => {
  const [first] = await accounts.ofUnit('00007');
  const account = first?.account.id ?? '';
  const open = async (by: { link: string | null; password?: string }) =>
    (await openSession(postgres, { account, device: 'd', ...by })).opening;
  const link = await accounts.addLink(account, hashSecret(newSecret()));
  assert.equal(await open({ link }), 'opened');
  await accounts.setPassword(account, 'xa.09', 'hash of the first');
  assert.equal(await open({ link: null, password: 'hash of the first' }), 'opened');
  await accounts.setPassword(account, 'xa.09', 'hash of the second');
  await accounts.revokeLink(link);
  assert.equal(await open({ link }), 'link-revoked');
  assert.equal(await open({ link: null, password: 'hash of the first' }), 'password-changed');

  const again = await accounts.addLink(account, hashSecret(newSecret()));
  const both = await Promise.all([open({ link: again }), accounts.revokeLink(again)]);
  const [{ open: left } = { open: -1 }] = await postgres.query<{ open: number }>(
    'SELECT count(*)::int AS open FROM sessions WHERE account = $1 AND ended_at IS NULL',
    [account],
  );
  assert.equal(left, 0, `in the same moment, too: ${JSON.stringify(both)}`);
});

test('SE1 a session ends by its time and by hand, and the sweep forgets old ones', async () => {
  const [first] = await accounts.ofUnit('00008');
  const account = first?.account.id ?? '';
  const open = async (lifeSeconds: number) => {
    const id = newId();
    await sessions.create({ id, secretHash: hashSecret('s'), account, link: null, device: 'd', lifeSeconds });
    return id;
  };
  const [living, expired, ended, old] = [await open(60), await open(-1), await open(60), await open(-100 * 24 * 3600)];
  await sessions.end(ended);
  assert.deepEqual(
    (await sessions.find([living, expired, ended, old])).map((s) => s.id),
    [living],
  );
  const never = newId();
  const known = (id: string, more: Partial<KnownSession> = {}): KnownSession => ({
    ...{ id, name: first?.account.name ?? '', role: 'seat', unit: '00008' },
    ...more,
  });
  const told = [known(living), known(living), known(expired), known(ended), known(never)];
  assert.deepEqual([...(await sessions.changed(told))].sort(), [expired, ended, never].sort());
  for (const other of [{ name: 'UBND' }, { role: 'moderator' as const }, { unit: '00009' }])
    assert.deepEqual(await sessions.changed([known(living, other)]), [living], JSON.stringify(other));
  await sessions.sweep();
  const left = await postgres.query<{ id: string }>('SELECT id FROM sessions WHERE id = ANY ($1)', [
    [living, expired, ended, old],
  ]);
  assert.deepEqual(left.map((r) => r.id).sort(), [living, expired, ended].sort());
});

test('DL9 who acts at the same moment is looked up in one query, and anew at the next act', async () => {
  const [first] = await accounts.ofUnit('00008');
  assert.ok(first);
  let queries = 0;
  const store = {
    create: sessions.create.bind(sessions),
    endedSince: sessions.endedSince.bind(sessions),
    changed: sessions.changed.bind(sessions),
    introduce: sessions.introduce.bind(sessions),
    end: sessions.end.bind(sessions),
    sweep: sessions.sweep.bind(sessions),
  };
  const find = (ids: readonly string[]) => {
    queries += 1;
    return sessions.find(ids);
  };
  const doors = new Sessions({ ...store, find }, await Units.create(unitStore), systemClock, { tell: () => undefined });
  const proofs = await Promise.all(['a', 'b', 'c'].map((device) => doors.open(first.account, device, { link: null })));
  const bad = { ...proofs[0], secret: newSecret() } as (typeof proofs)[number];
  const callers = await Promise.allSettled([...proofs, bad].map((proof) => doors.authenticate(proof)));
  assert.deepEqual(
    callers.map((one) => (one.status === 'fulfilled' ? one.value.device : one.reason.reason)),
    ['a', 'b', 'c', 'unauthenticated'],
  );
  assert.equal(queries, 1);
  await doors.end(await doors.authenticate(proofs[0]));
  await assert.rejects(doors.authenticate(proofs[0]), { reason: 'unauthenticated' });
  assert.equal((await doors.authenticate(proofs[1])).device, 'b');
});

test('PS2 who sits at a device is kept with its session until somebody else says so, of all who say it at once', async () => {
  const [first] = await accounts.ofUnit('00008');
  assert.ok(first);
  const doors = new Sessions(sessions, await Units.create(unitStore), systemClock, { tell: () => undefined });
  const callers = [];
  for (const device of ['a', 'b', 'c'])
    callers.push(await doors.authenticate(await doors.open(first.account, device, { link: null })));
  const people = [{ name: 'Lê Thị Bình', title: '' }, { name: '', title: 'Phó Chủ tịch' }, null];
  const introduced = await Promise.all(callers.map((caller, i) => doors.introduce(caller, people[i] ?? null)));
  const known = () => Promise.all(introduced.map(async ({ session }) => (await doors.byId(session)).person));
  assert.deepEqual(await known(), people);
  await doors.introduce(introduced[0] as (typeof introduced)[number], null);
  assert.deepEqual(await known(), [null, people[1], null]);
});

test('SE2 AC2 a node hears which sessions ended since it last asked: by hand, by link, by password, by time, by account', async () => {
  const [first] = await accounts.ofUnit('00004');
  const account = first?.account.id ?? '';
  const open = async (lifeSeconds = 60, link: string | null = null) => {
    const id = newId();
    await sessions.create({ id, secretHash: hashSecret('s'), account, link, device: id, lifeSeconds });
    return id;
  };
  const { mark, sessions: none } = await sessions.endedSince(undefined);
  assert.deepEqual(none, [], 'who asks for the first time has let nobody in');
  const since = async () => (await sessions.endedSince(mark)).sessions.filter((s) => s.account === account);
  const ids = async () => (await since()).map((s) => s.session).sort();
  const stays = await open();
  const [byHand, expired] = [await open(), await open(-1)];
  await sessions.end(byHand);
  assert.deepEqual(await ids(), [byHand, expired].sort());
  assert.deepEqual((await since())[0]?.unit, '00004');
  const ahead = (await sessions.endedSince('2999-01-01T00:00:00Z')).sessions.filter((s) => s.account === account);
  assert.deepEqual(
    ahead.map((s) => s.session).sort(),
    [byHand, expired].sort(),
    'the clock was set back since it last asked',
  );

  const link = await accounts.addLink(account, hashSecret(newSecret()));
  const byLink = await open(60, link);
  const { ended } = await accounts.replaceLink(account, hashSecret(newSecret()), null);
  assert.deepEqual(ended, [{ session: byLink, account, unit: '00004', device: byLink }]);
  assert.deepEqual(await ids(), [byHand, expired, byLink].sort(), 'the others go on');

  const again = await open();
  const out = (await accounts.setPassword(account, `se2-${account}`, 'hash')).map((s) => s.session);
  assert.deepEqual([...out].sort(), [stays, expired, again].sort(), 'a new password ends them all');

  const last = await open();
  assert.deepEqual(
    (await accounts.disable(account)).map((s) => s.session),
    [last],
  );
  assert.deepEqual(await accounts.disable(account), [], 'again');
  // Whoever had proved a password just before is not let in either.
  assert.equal((await openSession(postgres, { account, device: 'd' })).opening, 'password-changed');
  assert.equal(await accounts.find(account), undefined);
  assert.equal(await accounts.credentials(`se2-${account}`), undefined);
  const [shown] = await accounts.ofUnit('00004');
  assert.deepEqual([shown?.disabled, shown?.links], [true, []], 'officials see it, without links');

  await accounts.enable(account);
  assert.equal((await accounts.credentials(`se2-${account}`))?.account.id, account);
  assert.deepEqual(await sessions.find([byLink, last]), [], 'nothing of before comes back to life');
});
