import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { placeHeader } from '../../../src/protocol/briefing.ts';
import { embeddedUrls } from '../../../src/store/embedded/index.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { dh } from '../../support/dh.ts';
import { EmbeddedServer, linksIn } from '../../support/EmbeddedServer.ts';
import { setPassword } from '../../support/people.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { BrowserLike, Program, secretOf } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const PASSWORD = 'một mật khẩu rất dài';

let server: EmbeddedServer;
before(async () => {
  server = await EmbeddedServer.create();
});
after(() => server?.close());

/** What nobody may find in a log -> what it is. */
const secrets = new Map<string, string>();
const keep = (what: string, secret: unknown): string => {
  assert.ok(typeof secret === 'string' && secret.length >= 8, `${what} was told`);
  secrets.set(secret, what);
  return secret;
};

async function signIn(url: string, secret: string): Promise<Program> {
  const program = new Program(url);
  const { body } = await program.post('/api/session/link', { secret, transport: 'bearer' });
  program.token = keep('bearer token', body.token);
  keep('session', body.session);
  return program;
}

/** @returns the status of what is asked by that name in the address bar */
const askBy = (host: string, url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });

test('DE5 DC7 no link, token, session, password or key is in any log of a whole run', async () => {
  const { said } = await server.start();
  const url = `http://127.0.0.1:${server.port}`;
  const links = linksIn(said);
  for (const [who, link] of links) keep(`link of ${who}`, secretOf(link));

  // DC7: what its first page is told are those links, and they are told nowhere else.
  const offered = await new Program(url).get('/api/demo/roles');
  assert.deepEqual(
    offered.body.roles.map((role: { url: string }) => role.url),
    [...links.values()],
  );
  const byForeignName = await askBy('rebound.example', `${url}/api/demo/roles`);
  assert.equal(byForeignName, 403);

  const pm = await signIn(url, secretOf(links.get('Prime Minister') ?? ''));
  const browser = new BrowserLike(url);
  const page = await browser.post('/api/session/link', { secret: secretOf([...links.values()][2] ?? '') });
  browser.session = keep('session of a page', page.body.session);
  for (const [name, value] of browser.cookies) keep(`cookie ${name}`, value);
  const home = { stores: { databaseUrl: embeddedUrls({ DATA_DIR: server.folder }).databaseUrl } };
  await setPassword(home, 'moderator', '79', 'dieu.hanh', PASSWORD);
  keep('password', PASSWORD);
  const byPassword = { login: 'dieu.hanh', password: PASSWORD };
  const moderator = await new BrowserLike(url).post('/api/session/password', byPassword);
  keep('session by password', moderator.body.session);
  const wrong = keep('a wrong password', 'gần đúng mật khẩu');
  assert.equal((await new Program(url).post('/api/session/password', { ...byPassword, password: wrong })).status, 401);
  const unknown = keep('a link that nobody gave', 'q'.repeat(43));
  assert.equal((await new Program(url).post('/api/session/link', { secret: unknown })).status, 401);

  const { accounts } = (await pm.get('/api/accounts?unit=79')).body;
  const issued = (await pm.post(`/api/accounts/${accounts[0].id}/links`)).body;
  const second = await signIn(url, keep('an issued link', secretOf(issued.url)));
  const [briefing] = (await pm.get('/api/briefings')).body.briefings;
  const channel = await ChannelClient.open({ url }, second, briefing.id);
  const token = keep('media token', channel.joined.token);
  const media = await SignalClient.open(channel.joined.url, token);
  await media.saw('join');
  const place = keep('place at the door', channel.joined.place);
  const joins = `/api/briefings/${briefing.id}/join`;
  for (const kept of [place, keep('no place', `${place}x`), keep('what is too long for one', 'p'.repeat(5_000))])
    await second.post(joins, {}, { [placeHeader]: kept });
  const wall = new BrowserLike(url);
  await wall.post('/api/screens/here');
  for (const [name, value] of wall.cookies) keep(`cookie ${name} of a screen`, value);
  await assert.rejects(SignalClient.open(channel.joined.url, `${token.slice(0, -6)}tamper`));
  await assert.rejects(
    ChannelClient.open({ url }, Object.assign(new Program(url), { token: `${second.token}x` }), briefing.id),
  );
  assert.equal((await pm.send('DELETE', `/api/links/${issued.linkId}`)).status, 204);
  await media.ended();
  channel.close();

  const env = { DATA_DIR: server.folder, DATABASE_URL: '', REDIS_URL: '', PORT: String(server.port) };
  const made = await dh('token/main', ['create', '--room', 'phong', '--identity', 'may-quay', '--admin'], env);
  const api = keep('API token', made.out.trim());
  const twirp = Object.assign(new Program(`http://127.0.0.1:${server.internalPort}`), { token: api });
  assert.equal((await twirp.post('/twirp/livekit.RoomService/ListRooms')).status, 200);
  const relinked = await dh('account/main', ['link', accounts[0].id], env);
  keep('a link of the command line', secretOf(relinked.out.trim()));
  const added = await dh('keys/main', ['add', 'archive', '--room', 'archive-*'], env);
  assert.equal(added.status, 0, added.err);
  const fileOf = (name: string) => JSON.parse(readFileSync(join(server.folder, name), 'utf8'));
  for (const [name, secret] of Object.entries(fileOf('stores.secret.json'))) keep(`${name} of the stores`, secret);
  for (const [name, secret] of Object.entries(fileOf('receipt-keys.json'))) keep(`key of receipts ${name}`, secret);
  keep('secret of the cluster', readFileSync(join(server.folder, 'cluster-secret'), 'utf8').trim());
  for (const { name, secrets: kept } of fileOf('api-keys.json').keys) keep(`secret of ${name}`, kept[0].secret);
  await until('the server has read the new key', () => server.said.includes('API keys changed'));
  await server.stop();

  const printed = [...links].map(([who, link]) => `  ${who}: ${link}`);
  const logs = {
    server: server.said
      .split('\n')
      .filter((line) => !printed.includes(line))
      .join('\n'),
    postgres: server.logOf('postgres'),
    redis: server.logOf('redis'),
  };
  assert.match(logs.server, /"signed in by link"/, 'the log of the server is there');
  assert.match(logs.postgres, /ready to accept connections/);
  assert.match(logs.redis, /Ready to accept connections/);
  for (const [secret, what] of secrets)
    for (const [name, log] of Object.entries(logs))
      for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]))
        assert.ok(!log.includes(form), `${what} is in the log of ${name}: ${lineWith(log, form)}`);
});

const lineWith = (log: string, text: string): string => log.split('\n').find((line) => line.includes(text)) ?? '';
