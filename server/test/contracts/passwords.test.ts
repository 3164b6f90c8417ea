import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { hash, verify } from '@node-rs/argon2';
import type { Redis } from 'ioredis';
import { BoundedHasher } from '../../src/domain/organisation/BoundedHasher.ts';
import { SignIn } from '../../src/domain/organisation/SignIn.ts';
import { shortAddress } from '../../src/lib/shortAddress.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { limiters } from '../../src/store/redis/limiters.ts';
import { connectRedis } from '../../src/store/redis/Redis.ts';
import { openSession } from '../support/openSession.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const PASSWORD = 'một mật khẩu dài';
const HOME = '203.0.113.5';

/** The same function at the least cost: what is counted here is tries. */
const hasher = {
  hash: (password: string) => hash(password, { memoryCost: 64, timeCost: 1 }),
  verify: (stored: string, password: string) => verify(stored, password),
};

/** Who proves a password here opens no session. */
const NONE = {
  open: async () => undefined,
  recognise: async () => [],
  place: () => Promise.reject(new Error('no account is placed here')),
};

let stores: TestStores;
let postgres: Postgres;
let redis: Redis;
let accounts: PgAccounts;
let signIn: SignIn;
const said: string[] = [];
before(async () => {
  stores = await openStores();
  postgres = await openAsServer(stores.databaseUrl);
  await postgres.query(`INSERT INTO units (code) VALUES ('vn')`);
  redis = await connectRedis(stores.redisUrl, () => undefined);
  accounts = new PgAccounts(postgres);
  const logger = createLogger('info', { write: (line) => void said.push(line) });
  signIn = new SignIn({ accounts, sessions: NONE, hasher: new BoundedHasher(hasher), limits: limiters(redis), logger });
});
after(async () => {
  redis?.disconnect();
  await postgres?.close();
  await stores?.close();
});

/** An account with the password; a login and an address that no other test uses. */
async function person() {
  const { id } = await accounts.create({ name: 'Người', role: 'operator', unit: 'vn' });
  const login = `nguoi.${randomBytes(4).toString('hex')}`;
  await accounts.setPassword(id, login, await hasher.hash(PASSWORD));
  return { id, login };
}
const remember = (account: string, device: string) => openSession(postgres, { account, device, remember: true });
let networks = 0;
const elsewhere = () => `2001:db8:0:${(++networks).toString(16)}::5`;
const reasonOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'in',
    (error: { reason?: string }) => error.reason ?? String(error),
  );
const tries = async (login: string, address: string, times: number, device?: string) => {
  const answers: string[] = [];
  for (let i = 0; i < times; i++) answers.push(await reasonOf(signIn.byPassword(login, 'x', { address, device })));
  return answers;
};

test('PW1 wrong passwords are counted by login at an address, also those that come at the same moment', async () => {
  const { login } = await person();
  const address = elsewhere();
  const all = await Promise.all(Array.from({ length: 40 }, () => reasonOf(signIn.byPassword(login, 'x', { address }))));
  assert.equal(all.filter((reason) => reason === 'wrong-credentials').length, 10);
  assert.equal(all.filter((reason) => reason === 'rate-limited').length, 30);
  const neighbour = address.replace('::5', ':1:2:3:4');
  assert.equal(await reasonOf(signIn.byPassword(login, PASSWORD, { address: neighbour })), 'rate-limited');
  assert.equal(await reasonOf(signIn.byPassword(login, PASSWORD, { address: elsewhere() })), 'in');
});

test('PW1 the right password uses up no try', async () => {
  const { login } = await person();
  const address = elsewhere();
  for (let i = 0; i < 12; i++) assert.equal(await reasonOf(signIn.byPassword(login, PASSWORD, { address })), 'in');
  assert.deepEqual(new Set(await tries(login, address, 10)), new Set(['wrong-credentials']));
});

test('PW3 nobody locks out a known device, from its own address or from everywhere', async () => {
  const { id, login } = await person();
  await remember(id, 'a browser');
  await tries(login, HOME, 11);
  for (let i = 0; i < 10; i++) await tries(login, elsewhere(), 10);
  assert.equal(await reasonOf(signIn.byPassword(login, PASSWORD, { address: elsewhere() })), 'rate-limited');
  assert.equal(await reasonOf(signIn.byPassword(login, PASSWORD, { address: HOME, device: 'new' })), 'rate-limited');
  const own = { address: HOME, device: 'a browser' };
  assert.equal(await reasonOf(signIn.byPassword(login, PASSWORD, own)), 'in');
  assert.deepEqual((await tries(login, HOME, 11, 'a browser')).at(-1), 'rate-limited', 'who stole it has ten tries');
});

test('PW3 a device is known to the account that it signed in to, until the account is disabled', async () => {
  const [one, other] = [await person(), await person()];
  await remember(one.id, 'shared');
  await remember(one.id, 'shared');
  assert.deepEqual(
    [await accounts.knowsDevice(one.login, 'shared'), await accounts.knowsDevice(other.login, 'shared')],
    [true, false],
  );
  await accounts.disable(one.id);
  await accounts.enable(one.id);
  assert.equal(await accounts.knowsDevice(one.login, 'shared'), false);
});

test('PW2 HT18 failures and successes are logged with their network, and never what was typed', async () => {
  const { id, login } = await person();
  const address = elsewhere();
  said.length = 0;
  await tries(login, address, 1);
  await reasonOf(signIn.byPassword('mật khẩu gõ nhầm chỗ', 'x', { address }));
  await signIn.byPassword(login, PASSWORD, { address });
  const lines = said.map((line) => JSON.parse(line));
  const network = shortAddress(address);
  assert.notEqual(network, address);
  assert.deepEqual(
    lines.map((line) => [line.level, line.account, line.address]),
    [
      ['warn', id, network],
      ['warn', null, network],
      ['info', id, network],
    ],
  );
  for (const typed of [login, PASSWORD, 'gõ nhầm']) assert.ok(!said.join('').includes(typed));
});
