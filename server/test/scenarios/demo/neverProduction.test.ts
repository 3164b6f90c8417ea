import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { embeddedUrls } from '../../../src/store/embedded/index.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../../src/store/postgres/organisation/PgAccounts.ts';
import { EmbeddedServer, linksIn } from '../../support/EmbeddedServer.ts';
import { Program, secretOf } from '../../support/TestNode.ts';

const SIX = ['Prime Minister', 'moderator of Thành phố Hồ Chí Minh', 'commune', 'commune', 'commune', 'operator'];
/** No loopback as far as settings go, and yet within this machine: TLS is on. */
const ELSEWHERE = '127.0.0.2';

let server: EmbeddedServer;
beforeEach(async () => {
  server = await EmbeddedServer.create();
});
afterEach(() => server?.close());

async function withAccounts<T>(work: (accounts: PgAccounts, postgres: Postgres) => Promise<T>): Promise<T> {
  const postgres = await Postgres.create(embeddedUrls({ DATA_DIR: server.folder }).databaseUrl, () => undefined, 1);
  return work(new PgAccounts(postgres), postgres).finally(() => postgres.close());
}

async function holdsNobody(): Promise<void> {
  await withAccounts(async (_, postgres) => {
    const rows = await postgres.query(
      'SELECT FROM accounts UNION ALL SELECT FROM units UNION ALL SELECT FROM briefings',
    );
    assert.equal(rows.length, 0, 'no account, no unit, no briefing');
  });
}

for (const [where, env, journal] of [
  ['with TLS and NODE_ENV=production', { HOST: ELSEWHERE, NODE_ENV: 'production' }, false],
  ['as a service whose output is the journal', {}, true],
] as const)
  test(`DE1 A demo is never a production: ${where} nothing is loaded, no link is told, and dh init is named`, async () => {
    const { ready, said } = await server.start(env, { journal });
    assert.ok(ready, said);
    assert.doesNotMatch(said, /#l=/);
    assert.match(said, /^nobody has an account yet: npm run dh -- init makes the first two, with a link for each$/m);
    await holdsNobody();
    await server.stop();
    const asked = await server.start({ ...env, DEMO: 'on' }, { journal });
    assert.ok(!asked.ready);
    assert.match(asked.said, /^\nDEMO=on is refused, since [^\n]+: unset it, and make a real installation [^\n]+\.\n$/);
  });

test('DE1 DE2 DE4 A demo is never a production: its pages say so, its withdrawn link stays so, and it is served nowhere else', async () => {
  const first = await server.start();
  const links = linksIn(first.said);
  assert.deepEqual(
    [...links.keys()].map((who, i) => who.startsWith(SIX[i] ?? '?')),
    SIX.map(() => true),
    [...links.keys()].join(),
  );
  const page = new Program(`http://127.0.0.1:${server.port}`);
  assert.deepEqual((await page.get('/api/installation')).body, { demo: true, supportTelephone: null });

  const secret = secretOf(links.get('Prime Minister') ?? '');
  const signed = await page.post('/api/session/link', { secret, transport: 'bearer' });
  assert.equal(signed.status, 200);
  await withAccounts(async (accounts) => {
    const [pm] = (await accounts.ofUnit('vn')).filter(({ account }) => account.role === 'principal');
    await accounts.revokeLink(pm?.links[0]?.id ?? '');
  });
  await server.stop();

  const second = await server.start();
  assert.deepEqual([...linksIn(second.said)], [...links].slice(1));
  const refused = await page.post('/api/session/link', { secret, transport: 'bearer' });
  assert.deepEqual([refused.status, refused.body.error.reason], [403, 'link-revoked']);
  await server.stop();

  for (const env of [{ HOST: ELSEWHERE }, { NODE_ENV: 'production' }, { HOST: ELSEWHERE, DEMO: 'off' }]) {
    const elsewhere = await server.start(env);
    assert.ok(!elsewhere.ready);
    const plain = elsewhere.said.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
    assert.deepEqual(plain.length, 1, plain.join('\n'));
    assert.match(plain[0] ?? '', /^the data were made as a demo, and .+ run npm run dh -- init\.$/);
  }
});
