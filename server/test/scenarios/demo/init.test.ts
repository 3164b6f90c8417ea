import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dh } from '../../support/dh.ts';
import { EmbeddedServer } from '../../support/EmbeddedServer.ts';
import { BrowserLike, Program, secretOf } from '../../support/TestNode.ts';

let server: EmbeddedServer;
before(async () => {
  server = await EmbeddedServer.create();
});
after(() => server?.close());

const FILES = {
  'roster.csv': 'code,parent,tier,name,valid_from\nvn,,nation,Việt Nam,2021-01-01\n01,vn,province,Hà Nội,2021-01-01\n',
  'tiers.csv': 'id,rank,name,name_en\nnation,0,Quốc gia,Nation\nprovince,1,Tỉnh,Province\n',
};

test('IN1 IN2 IN4 DE5 beside a service: dh init prints two links, one is opened at once, each signs in once, and the journal has neither', async () => {
  const service = { NODE_ENV: 'production', DEMO: 'off' };
  assert.ok((await server.start(service, { journal: true })).ready);
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(server.folder, name), text);
  const files = ['--roster', join(server.folder, 'roster.csv'), '--tiers', join(server.folder, 'tiers.csv')];
  const env = { DATA_DIR: server.folder, DATABASE_URL: '', REDIS_URL: '', PORT: String(server.port) };
  const { status, out, err } = await dh(
    'init/main',
    ['--principal', 'Chủ tịch', '--operator', 'Quản trị', ...files],
    env,
  );
  assert.equal(status, 0, err);
  const secrets = [...out.matchAll(/https?:\S+/g)].map(([url]) => secretOf(url));
  assert.equal(secrets.length, 2, out);
  const url = `http://127.0.0.1:${server.port}`;
  const early = new BrowserLike(url);
  const opened = await early.post('/api/session/link', { secret: secrets[0] });
  assert.deepEqual(
    [opened.status, opened.body.account?.unit.code],
    [200, 'vn'],
    'the server has not read the tree yet',
  );
  await server.stop();

  const { ready, said } = await server.start(service, { journal: true });
  assert.ok(ready, said);
  assert.doesNotMatch(said, /nobody has an account/);
  assert.deepEqual((await new Program(url).get('/api/installation')).body, { demo: false, supportTelephone: null });
  const told: string[] = [...secrets];
  for (const [i, secret] of secrets.entries()) {
    const browser = i === 0 ? early : new BrowserLike(url);
    const signed = i === 0 ? opened : await browser.post('/api/session/link', { secret });
    assert.deepEqual([signed.status, signed.body.account?.role], [200, ['principal', 'operator'][i]]);
    told.push(signed.body.session, ...browser.cookies.values());
    browser.session = signed.body.session;
    assert.equal((await browser.get('/api/session')).status, 200, 'the session outlives the link');
    const again = await browser.post('/api/session/link', { secret });
    assert.deepEqual([again.status, again.body.error?.reason], [403, 'link-over']);
  }
  await server.stop();
  for (const secret of told) assert.ok(!server.said.includes(secret), 'told in the journal');
});
