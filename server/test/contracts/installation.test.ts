import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { decideDemo } from '../../src/compose/demo.ts';
import { readConfig } from '../../src/config.ts';
import { loadDemo } from '../../src/demo/loadDemo.ts';
import { Sessions } from '../../src/domain/organisation/Sessions.ts';
import { SignIn } from '../../src/domain/organisation/SignIn.ts';
import { hashSecret, newSecret } from '../../src/domain/organisation/secrets.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { Closer } from '../../src/lib/Closer.ts';
import { Health } from '../../src/observability/health.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { Metrics } from '../../src/observability/metrics.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgInstallation } from '../../src/store/postgres/organisation/PgInstallation.ts';
import { PgSessions } from '../../src/store/postgres/organisation/PgSessions.ts';
import { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { administer } from '../support/administer.ts';
import { loadCountry } from '../support/country.ts';
import { dh } from '../support/dh.ts';
import { openSession } from '../support/openSession.ts';
import { demoParts } from '../support/seedDemo.ts';
import { openAsServer } from '../support/serverOf.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';
import { secretOf } from '../support/TestNode.ts';

const URL_OF_PAGE = 'http://127.0.0.1:8080';
const logger = createLogger('silent');
const noLimit = { consume: async () => undefined, giveBack: async () => undefined };
const limits = {
  ...{ address: noLimit, link: noLimit, wrongHere: noLimit },
  ...{ loginHere: noLimit, device: noLimit, login: noLimit },
};
const hasher = { hash: async () => '', verify: async () => false };

let stores: TestStores;
let database: Awaited<ReturnType<typeof createDatabase>>;
let folder: string;
let postgres: Postgres;
let accounts: PgAccounts;
let installation: PgInstallation;
before(async () => {
  stores = await openStores();
});
after(() => stores?.close());
beforeEach(async () => {
  database = await createDatabase(stores.databaseUrl);
  folder = await mkdtemp(join(tmpdir(), 'dh-demo-'));
  postgres = await openAsServer(database.databaseUrl);
  accounts = new PgAccounts(postgres);
  installation = new PgInstallation(postgres);
});
afterEach(async () => {
  await postgres?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

const decide = (env: NodeJS.ProcessEnv) => {
  const config = readConfig({ DATA_DIR: folder, ...env });
  const base = { config, logger, metrics: new Metrics('test'), health: new Health(), closer: new Closer(() => {}) };
  return decideDemo(base, installation);
};
const load = async () => loadDemo(await demoParts(postgres, URL_OF_PAGE, folder));
async function signIn(secret: string, device = 'a') {
  const sessions = new Sessions(
    new PgSessions(postgres),
    await Units.create(new PgUnits(postgres)),
    { now: () => new Date() },
    { tell: () => undefined },
  );
  const door = new SignIn({ accounts, sessions, hasher, limits, logger });
  const signed = await door.byLink(secret, device, '127.0.0.1');
  await door.enter(signed, device, { address: '127.0.0.1' });
  return signed;
}

test('DE1 data become a demo once, when there is nothing, and are served nowhere else from then on', async () => {
  assert.equal(await decide({ NODE_ENV: 'production' }), 'none');
  assert.equal(await decide({ DEMO: 'off' }), 'none');
  assert.equal(await installation.kind(), undefined, 'nothing was said by those');
  assert.equal(await decide({}), 'on');
  assert.equal(await decide({ DEMO: 'on' }), 'on');
  assert.equal(await decide({ DEMO: 'off' }), 'quiet');
  for (const env of [{ HOST: '0.0.0.0' }, { NODE_ENV: 'production' }, { DATABASE_URL: 'postgresql://h/d', DEMO: '0' }])
    await assert.rejects(decide(env), /^StartRefusal: the data were made as a demo, and [^\n]+dh -- init$/);
  for (const change of [`UPDATE installation SET kind = 'real'`, 'DELETE FROM installation'])
    await assert.rejects(administer(database.databaseUrl, change), /are a record/);
  assert.equal(await installation.declare('real'), 'demo');
});

test('DE1 what was begun by hand, or was made real, is never a demo', async () => {
  await postgres.query(`INSERT INTO units (code) VALUES ('vn')`);
  assert.equal(await decide({}), 'none');
  await assert.rejects(decide({ DEMO: 'on' }), /^StartRefusal: DEMO=on is refused, since [^\n]+another DATA_DIR$/);
  assert.equal(await installation.declare('real'), 'real');
  assert.equal(await decide({}), 'none');
  await assert.rejects(decide({ DEMO: 'on' }), /DEMO=on is refused/);
});

test('DE2 a withdrawn link of the demo stays withdrawn, whatever starts', async () => {
  const links = await load();
  assert.equal(links.length, 5);
  const [pm] = links;
  assert.equal(pm?.who, 'Prime Minister');
  const { link } = await signIn(secretOf(pm?.url ?? ''));
  assert.deepEqual(await load(), links, 'the next start prints the same');
  await accounts.revokeLink(link ?? '');
  assert.deepEqual(await load(), links.slice(1));
  await rm(join(folder, 'demo-links.json'));
  assert.deepEqual(await load(), [], 'nor are there new ones for whoever removes the file');
  const [row] = await postgres.query<{ links: number }>('SELECT count(*)::int AS links FROM links');
  assert.equal(row?.links, 5);
});

test('DE3 an account that the demo did not make is left alone, also one of the same name', async () => {
  await loadCountry(postgres);
  const real = await accounts.create({ name: 'Thủ tướng Chính phủ', role: 'principal', unit: 'vn' });
  const links = await load();
  assert.deepEqual(
    links.map(({ who }) => who).filter((who) => who.startsWith('Prime')),
    [],
    'no link of theirs',
  );
  const [found] = (await accounts.ofUnit('vn')).filter(({ account }) => account.role === 'principal');
  assert.deepEqual([found?.account.id, found?.links], [real.id, []]);
  const acts = await postgres.query('SELECT FROM briefing_acts');
  assert.equal(acts.length, 0, 'and nothing is opened in their name');
});

test('IN2 of two devices one uses a link for one use, and then it is over, for that device too', async () => {
  await postgres.query(`INSERT INTO units (code) VALUES ('vn')`);
  const { id } = await accounts.create({ name: 'Quản trị', role: 'operator', unit: 'vn' });
  const secret = newSecret();
  await accounts.addLink(id, hashSecret(secret), { seconds: 60 });
  const tries = await Promise.allSettled(['a', 'b'].map((device) => signIn(secret, device)));
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const device of ['a', 'b']) await assert.rejects(signIn(secret, device), { reason: 'link-over' });
  assert.deepEqual((await accounts.ofUnit('vn'))[0]?.links, []);
});

test('IN2 a link for one use that nobody used ends by its time', async () => {
  await postgres.query(`INSERT INTO units (code) VALUES ('vn')`);
  const { id } = await accounts.create({ name: 'Quản trị', role: 'operator', unit: 'vn' });
  const secret = newSecret();
  const link = await accounts.addLink(id, hashSecret(secret), { seconds: 0 });
  await assert.rejects(signIn(secret), { reason: 'link-over' });
  assert.equal((await openSession(postgres, { account: id, link, device: 'a' })).opening, 'link-over');
});

const ROSTER = 'code,parent,tier,name,valid_from\nvn,,nation,Việt Nam,2021-01-01\n01,vn,province,Hà Nội,2021-01-01\n';
const TIERS = 'id,rank,name,name_en\nnation,0,Quốc gia,Nation\nprovince,1,Tỉnh,Province\n';

test('IN1 dh init: roster, principal and operator, a link each for one use; once, and never on a demo', async () => {
  const [roster, tiers] = [join(folder, 'roster.csv'), join(folder, 'tiers.csv')];
  await writeFile(roster, ROSTER);
  await writeFile(tiers, TIERS);
  const init = (...more: string[]) =>
    dh('init/main', ['--principal', 'Chủ tịch', '--operator', 'Quản trị', ...more], {
      DATABASE_URL: database.databaseUrl,
      PUBLIC_URL: URL_OF_PAGE,
      DATA_DIR: folder,
    });
  const early = await init();
  assert.deepEqual([early.status, early.err], [1, 'there is no unit yet: give --roster FILE and --tiers TIERS.csv\n']);

  const { status, out, err } = await init('--roster', roster, '--tiers', tiers);
  assert.equal(status, 0, err);
  const link = `(${URL_OF_PAGE}/#l=\\S+)`;
  const id = '\\(account [0-9a-f-]{36}\\)';
  const printed = new RegExp(
    `^roster: 2 opened, 0 changed, 0 closed\nprincipal Chủ tịch ${id}: ${link}\noperator Quản trị ${id}: ${link}\n$`,
  ).exec(out);
  assert.ok(printed, out);
  assert.equal(await installation.kind(), 'real');
  const lives = await postgres.query<{ seconds: number }>(
    'SELECT round(extract(epoch FROM expires_at - issued_at))::int AS seconds FROM links',
  );
  assert.deepEqual(
    lives.map(({ seconds }) => seconds),
    [86_400, 86_400],
  );
  for (const [i, role] of ['principal', 'operator'].entries()) {
    const secret = secretOf(printed[i + 1] ?? '');
    const { account } = await signIn(secret);
    assert.deepEqual([account.role, account.unit], [role, 'vn']);
    await assert.rejects(signIn(secret), { reason: 'link-over' });
  }

  const again = await init();
  assert.equal(again.status, 1);
  assert.match(
    again.err,
    /^this installation is made already; a new link: npm run dh -- account link \S+ \(principal\), /,
  );
});

test('IN1 dh init refuses data that were made as a demo', async () => {
  await installation.declare('demo');
  const { status, err } = await dh('init/main', ['--principal', 'A', '--operator', 'B'], {
    DATABASE_URL: database.databaseUrl,
    DATA_DIR: folder,
  });
  assert.deepEqual(
    [status, err],
    [1, 'these data were made as a demo and stay one: set another DATA_DIR for a real installation\n'],
  );
});
