import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import express from 'express';
import { AccountDesk } from '../../src/domain/organisation/AccountDesk.ts';
import { AccountNews } from '../../src/domain/organisation/AccountNews.ts';
import { Accounts } from '../../src/domain/organisation/Accounts.ts';
import { ContactBook } from '../../src/domain/organisation/ContactBook.ts';
import { Lists } from '../../src/domain/organisation/Lists.ts';
import { PasswordLinks } from '../../src/domain/organisation/PasswordLinks.ts';
import { RosterDesk } from '../../src/domain/organisation/RosterDesk.ts';
import { type Caller, Sessions } from '../../src/domain/organisation/Sessions.ts';
import { hashSecret } from '../../src/domain/organisation/secrets.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { mount } from '../../src/edge/http/mount.ts';
import { contactRoutes } from '../../src/edge/http/organisation/contactRoutes.ts';
import { peopleRoutes } from '../../src/edge/http/organisation/peopleRoutes.ts';
import { rosterRoutes } from '../../src/edge/http/organisation/rosterRoutes.ts';
import { accountRoutes, listRoutes, unitRoutes } from '../../src/edge/http/organisation/routes.ts';
import { problemHandler } from '../../src/edge/http/problems.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { Role } from '../../src/protocol/organisation.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccountDesk } from '../../src/store/postgres/organisation/PgAccountDesk.ts';
import { PgAccountNews } from '../../src/store/postgres/organisation/PgAccountNews.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgContacts } from '../../src/store/postgres/organisation/PgContacts.ts';
import { PgSessions } from '../../src/store/postgres/organisation/PgSessions.ts';
import { PgPeopleActs } from '../../src/store/postgres/organisation/peopleActs.ts';
import { loadCountry } from '../support/country.ts';
import { openStores, type TestStores } from '../support/stores.ts';

// The routes over HTTP as they are served, on the real store; only who calls is said by a header.
const logger = createLogger('silent');
const hasher = { hash: async () => '', verify: async () => false };
const free = { consume: async () => undefined, giveBack: async () => undefined };
const callers = new Map<string, Caller>();

let stores: TestStores;
let postgres: Postgres;
let units: Units;
let server: Server;
let url: string;
/** Of Hà Nội, who attacks; of Thành phố Hồ Chí Minh, who is attacked; a commune of the attacked. */
let stranger: Program;
let owner: Program;
let seat: Program;
let target: { id: string; link: string; session: string };
before(async () => {
  stores = await openStores({ country: true });
  await migrate(stores.databaseUrl);
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  const unitStore = await loadCountry(postgres);
  units = await Units.create(unitStore);
  const [store, desk, acts] = [new PgAccounts(postgres), new PgAccountDesk(postgres), new PgPeopleActs(postgres)];
  const news = new AccountNews(new PgAccountNews(postgres), logger);
  const parts = { units, news, ended: { tell: () => undefined }, publicUrl: 'http://dh.example', logger };
  const limits = { address: free, link: free };
  const sessions = new Sessions(new PgSessions(postgres), units, { now: () => new Date() }, parts.ended);
  const routes = [
    ...unitRoutes(units),
    ...contactRoutes(new ContactBook(new PgContacts(postgres), units, logger)),
    ...accountRoutes(new Accounts({ ...parts, store, hasher })),
    ...peopleRoutes(
      new AccountDesk({ ...parts, store: desk, accounts: store, acts }),
      new PasswordLinks({ ...parts, sessions, store: desk, hasher, limits }),
      news,
    ),
    ...rosterRoutes(new RosterDesk(unitStore, acts, units, logger)),
    ...listRoutes(new Lists(unitStore, units)),
  ];
  const authenticate = async ({ headers }: { headers: NodeJS.Dict<string | string[]> }) => {
    const caller = callers.get(String(headers['x-as']));
    if (!caller) throw refuse('unauthenticated', 'sign in first');
    return caller;
  };
  const app = express().set('query parser', 'simple');
  app.use(mount(routes, { publicUrl: 'http://dh.example', secure: false, authenticate }), problemHandler(logger));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stranger = await signedInAs('moderator', '01');
  owner = await signedInAs('moderator', '79');
  seat = await signedInAs('seat', '26737');
  const link = await store.addLink(seat.account, hashSecret('link'));
  const session = { id: 'attacked-one', secretHash: hashSecret('session'), account: seat.account, link, device: 'd' };
  await new PgSessions(postgres).create({ ...session, lifeSeconds: 600 });
  target = { id: seat.account, link, session: session.id };
});
after(async () => {
  server?.closeAllConnections();
  server?.close();
  await postgres?.close();
  await stores?.close();
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly error?: { readonly reason: string };
    readonly acts?: readonly unknown[];
    readonly people?: readonly unknown[];
    readonly accounts?: readonly { disabled: boolean; links: readonly unknown[]; sessions: readonly unknown[] }[];
  };
}

class Program {
  readonly account: string;
  constructor(account: string) {
    this.account = account;
  }
  async send(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answer> {
    const answer = await fetch(url + path, {
      method,
      headers: { 'x-as': this.account, 'content-type': type },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, body: answer.status === 204 ? {} : ((await answer.json()) as Answer['body']) };
  }
  get(path: string) {
    return this.send('GET', path);
  }
}

async function signedInAs(role: Role, unit: string): Promise<Program> {
  const account = await new PgAccounts(postgres).create({ name: `${role} ${unit}`, role, unit });
  const { code, path, tier, name } = units.get(unit);
  callers.set(account.id, {
    session: 's',
    device: 'd',
    person: null,
    account: { ...account, unit: { code, path, tier, name } },
  });
  return new Program(account.id);
}

const csv = 'code,parent,tier,name,valid_from\n26737,760,commune,Cướp,2025-07-01\n';
/** Every route that reads or changes people, as it would be used on what is another's. */
const routes: readonly (readonly [method: string, path: () => string, body?: unknown])[] = [
  ['GET', () => '/api/units/26737'],
  ['GET', () => '/api/units/26737/contacts'],
  ['GET', () => '/api/contacts?units=00001,26737'],
  ['GET', () => '/api/accounts?unit=26737'],
  ['GET', () => '/api/people-acts?unit=26737'],
  ['PUT', () => '/api/units/26737/contacts', { telephone: '113', people: [], version: 0 }],
  ['POST', () => '/api/accounts', { name: 'x', role: 'seat', unit: '26737' }],
  ['PUT', () => `/api/accounts/${target.id}`, { name: 'x', role: 'seat', unit: '00001' }],
  ['POST', () => `/api/accounts/${target.id}/links`],
  ['POST', () => `/api/accounts/${target.id}/password-links`, { login: 'cuop' }],
  ['POST', () => `/api/accounts/${target.id}/disable`],
  ['POST', () => `/api/accounts/${target.id}/enable`],
  ['DELETE', () => `/api/accounts/${target.id}/sessions/${target.session}`],
  ['DELETE', () => `/api/links/${target.link}`],
  ['POST', () => '/api/units/79/seats'],
  ['PUT', () => '/api/lists/Qu%E1%BA%ADn', { units: ['760'] }],
  ['POST', () => '/api/lists/Qu%E1%BA%ADn/rename', { name: 'x' }],
  ['DELETE', () => '/api/lists/Qu%E1%BA%ADn'],
];
const ask = async (who: Program, [method, path, body]: (typeof routes)[number]) => {
  const { status, body: answer } = await who.send(method, path(), body ?? (method === 'POST' ? {} : undefined));
  return [status, answer.error?.reason];
};

test('HT5 RT1 a moderator of one province reads and changes nothing of another, by any route', async () => {
  const made = await owner.send('PUT', '/api/lists/Qu%E1%BA%ADn', { units: ['760', '761'] });
  assert.equal(made.status, 200);
  for (const route of routes)
    assert.deepEqual(await ask(stranger, route), [403, 'outside-territory'], `${route[0]} ${route[1]()}`);
  const { body } = await owner.get('/api/people-acts?unit=26737');
  assert.deepEqual(body.acts, [], 'nothing was done');
  const [account] = (await owner.get('/api/accounts?unit=26737')).body.accounts ?? [];
  assert.deepEqual(
    [account?.disabled, account?.links.length, account?.sessions.length],
    [false, 1, 1],
    'nobody is out',
  );
});

test('CT2 a commune reads its own contacts, and nothing of the one beside it', async () => {
  assert.equal((await seat.get('/api/units/26737/contacts')).body.people?.length, 2);
  assert.deepEqual(await ask(seat, ['GET', () => '/api/units/26740/contacts']), [403, 'outside-territory']);
  assert.deepEqual(await ask(seat, ['GET', () => '/api/contacts?units=26737,26740']), [403, 'outside-territory']);
  for (const route of routes.slice(3)) {
    const [status] = await ask(seat, route);
    assert.equal(status, 403, `${route[0]} ${route[1]()}`);
  }
});

test('RT3 RT9 nobody gives what they may not, at their own door either', async () => {
  const wanted = (role: string, unit: string) => ({ name: 'x', role, unit, key: randomUUID() });
  for (const [role, unit, reason] of [
    ['moderator', '760', 'forbidden'],
    ['principal', '79', 'forbidden'],
    ['operator', '79', 'forbidden'],
    ['seat', 'vn', 'outside-territory'],
  ] as const) {
    assert.deepEqual(await ask(owner, ['POST', () => '/api/accounts', wanted(role, unit)]), [403, reason]);
    const { key: _, ...to } = wanted(role, unit);
    assert.deepEqual(await ask(owner, ['PUT', () => `/api/accounts/${target.id}`, to]), [403, reason]);
  }
  const me = owner.account;
  assert.deepEqual(
    await ask(owner, ['PUT', () => `/api/accounts/${me}`, { name: 'Thủ tướng', role: 'seat', unit: '79' }]),
    [403, 'forbidden'],
  );
});

test('IM5 who may not import sees no difference and no file', async () => {
  for (const who of [owner, stranger, seat]) {
    const upload = await who.send('POST', '/api/roster/plans?file=a.csv', csv, 'text/csv');
    assert.equal(upload.status, 403);
    for (const format of ['csv', 'xlsx'])
      assert.equal((await who.get(`/api/roster/file?format=${format}`)).status, 403);
  }
});
