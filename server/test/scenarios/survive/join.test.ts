import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { AccessToken } from 'livekit-server-sdk';
import { Client } from 'pg';
import { joinedSettings } from '../../../src/compose/joined.ts';
import { addKey, changeKeyFile, withdrawKey } from '../../../src/edge/livekit/keys/index.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { directiveSchema } from '../../../src/protocol/directive.ts';
import { embeddedUrls, startEmbedded } from '../../../src/store/embedded/index.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { EmbeddedServer } from '../../support/EmbeddedServer.ts';
import { Meeting } from '../../support/Meeting.ts';
import { Namespace, noNamespaces } from '../../support/Namespace.ts';
import { issueLinkFor } from '../../support/people.ts';
import { seedDemo } from '../../support/seedDemo.ts';
import { Program, secretOf } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** Where namespaces cannot be made, two addresses of this machine. */
const ns = noNamespaces() === undefined ? new Namespace() : undefined;
const net = `127.${64 + (process.pid % 64)}.${(process.pid >> 6) & 255}`;
const here = ns?.here ?? `${net}.1`;
const there = ns?.there ?? `${net}.2`;

let first: EmbeddedServer;
let second: EmbeddedServer;
let url: string;
let secretFile: string;
let meeting: Meeting;
let moderator: ChannelClient;
let far: ChannelClient;

/** Each machine has an authority of its own here; what is proven is proven by the secret. */
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
process.removeAllListeners('warning');

before(async () => {
  first = await EmbeddedServer.create();
  second = await EmbeddedServer.create();
  url = `https://${here}:${first.port}`;
  const stores = await startEmbedded({ DATA_DIR: first.folder }, createLogger('error'));
  const links = await seedDemo(stores.ownerUrl, url, first.folder).finally(() => stores.close());
  const { ready, said } = await first.start({ HOST: here, SHARE_STORES: here });
  assert.ok(ready, said);
  secretFile = join(second.folder, 'brought-over');
  const secret = (who: string) => secretOf(links.find((link) => link.who.startsWith(who))?.url ?? '');
  meeting = await Meeting.open({ url, links, secret, signIn: (link, device) => signIn(url, link, device) });
  moderator = await meeting.enter('moderator');
  await (await meeting.enter('Prime')).act('stage.goLive', {});
});
after(async () => {
  far?.close();
  meeting?.close();
  await second?.close();
  await first?.close();
  ns?.close();
});

async function signIn(at: string, secret: string, device = 'test'): Promise<Program> {
  const program = new Program(at);
  const { status, body } = await program.post('/api/session/link', { secret, transport: 'bearer', device });
  assert.equal(status, 200, JSON.stringify(body));
  program.token = body.token;
  return program;
}
const joins = (env: Record<string, string> = {}) =>
  second.start({ HOST: there, ...env }, ns ? { program: ns.program(process.execPath) } : {});
const asFirst = { JOIN_URL: '', CLUSTER_SECRET_FILE: '' };

test('NJ1 a node that may have others says what to type, and where its secret lies, and not the secret', () => {
  const file = join(first.folder, 'cluster-secret');
  assert.ok(first.said.includes(`npm start -- --join ${url}`));
  assert.ok(first.said.includes(file));
  assert.ok(!first.said.includes(readFileSync(file, 'utf8').trim()));
});

test('NJ2 without the secret, or with another one, nobody joins, and hears why', async () => {
  const without = await joins({ ...asFirst, JOIN_URL: url });
  assert.equal(without.ready, false);
  assert.match(without.said, /secret of the cluster is not here: bring the file/);
  writeFileSync(secretFile, 'what-no-node-of-this-cluster-was-ever-told', { mode: 0o600 });
  const wrong = await joins({ JOIN_URL: url, CLUSTER_SECRET_FILE: secretFile });
  assert.equal(wrong.ready, false);
  assert.match(wrong.said, /has another secret of the cluster: bring its file/);
});

test('CL65 a second machine that names no address of its own is told so, and does not serve', async () => {
  copyFileSync(join(first.folder, 'cluster-secret'), secretFile);
  const { ready, said } = await joins({ JOIN_URL: url, CLUSTER_SECRET_FILE: secretFile, HOST: '127.0.0.1' });
  assert.equal(ready, false);
  assert.match(said, /media from there would be sent to 127\.0\.0\.1, .* name its own address in HOST/);
});

test('NJ1 NJ3 a second machine joins by one line; an answer and a directive of each are seen at the other', async () => {
  const { ready, said } = await joins({ JOIN_URL: url, CLUSTER_SECRET_FILE: secretFile });
  assert.ok(ready, said);
  assert.ok(!said.includes(readFileSync(secretFile, 'utf8').trim()));
  const away = url.replace(`${here}:${first.port}`, `${there}:${second.port}`);
  const home = { stores: { databaseUrl: embeddedUrls({ DATA_DIR: first.folder }).ownerUrl } };
  const { rows } = await moderator.act('presence.list', { root: '79', limit: 1 });
  const unit = rows[0]?.unit ?? '';
  const link = await issueLinkFor(home, 'seat', unit);
  far = await ChannelClient.open({ url: away }, await signIn(away, link, 'far'), meeting.briefing);

  const round = await moderator.act('round.open', {
    ...{ key: randomUUID(), question: 'Có mặt?', scope: [unit], seconds: 600 },
  });
  await far.heardOf('round', (n) => n.round.id === round.id);
  await far.act('round.answer', { round: round.id, key: randomUUID(), answerer: 'chair' });
  await until('it is counted at the first', () =>
    moderator.all('round.tick').some((t) => t.round === round.id && t.counts.some((c) => c.answered === 1)),
  );

  const facts = { key: randomUUID(), title: 'Chống dịch', text: 'Lập chốt.', briefing: meeting.briefing };
  const { status, body } = await moderator.program.post('/api/directives', { ...facts, addressees: { to: [unit] } });
  assert.equal(status, 200, JSON.stringify(body));
  const directive = directiveSchema.parse(body);
  await far.heardOf('directive', ({ id }) => id === directive.id);
  const answer = { key: randomUUID(), act: 'acknowledge', name: 'A', words: 'Làm' };
  assert.equal((await far.program.post(`/api/directives/${directive.id}/acts`, answer)).status, 200);
  await moderator.heardOf(
    'directive.tick',
    (t) => t.directive === directive.id && t.counts.some(({ states }) => states.acknowledged === 1),
  );
});

test('NJ6 KY4 an API key that is made at the first machine is good at the second, and over there when it is withdrawn', async () => {
  const file = join(first.folder, 'api-keys.json');
  const made = await changeKeyFile(file, (keys) => addKey(keys, { name: 'archive', rooms: ['archive-*'] }));
  const secret = made.find(({ name }) => name === 'archive')?.secrets[0]?.secret ?? '';
  const token = new AccessToken('archive', secret, { identity: 'recorder' });
  token.addGrant({ roomJoin: true, room: 'archive-1' });
  const asked = `https://${there}:${second.port}/rtc/validate?access_token=${await token.toJwt()}`;
  const answered = async () => (await fetch(asked)).status;
  await until('it is good there', async () => (await answered()) === 200);
  await changeKeyFile(file, (keys) => withdrawKey(keys, 'archive'));
  await until('it is over there', async () => (await answered()) === 401);
});

test('NJ4 the shared stores let in other nodes alone, over TLS, with an account that cannot change the record', async () => {
  const { ownerUrl, redisUrl } = embeddedUrls({ DATA_DIR: first.folder });
  const password = new URL(ownerUrl).searchParams.get('password') ?? '';
  const enter = async (role: string, secret: string, tls: boolean) => {
    const ssl = tls && { rejectUnauthorized: false };
    const client = new Client({ host: here, user: role, password: secret, database: 'dieu_hanh', ssl });
    client.on('error', () => undefined);
    await client.connect().finally(() => client.end().catch(() => undefined));
  };
  await assert.rejects(enter('dieu_hanh', password, true), /no pg_hba.conf entry/);
  const { told } = JSON.parse(readFileSync(join(second.folder, 'joined/cluster.json'), 'utf8'));
  const joined = new URL(told.stores.databaseUrl);
  await enter(joined.username, joined.password, true);
  await assert.rejects(enter(joined.username, joined.password, false), /no pg_hba.conf entry/);
  const client = new Client({
    ...{ host: here, user: joined.username, password: joined.password, database: 'dieu_hanh' },
    ssl: { rejectUnauthorized: false },
  });
  await client.connect();
  await assert.rejects(client.query('DELETE FROM round_entries'), { code: '42501' });
  await client.end();

  const redis = new URL(told.stores.redisUrl);
  const asNode = new Redis({
    ...{ host: here, port: 6379, username: redis.username, password: redis.password },
    tls: { rejectUnauthorized: false },
  });
  assert.equal(await asNode.ping(), 'PONG');
  for (const command of [['CONFIG', 'GET', '*'], ['FLUSHALL'], ['ACL', 'LIST'], ['SHUTDOWN']] as const)
    await assert.rejects(asNode.call(command[0], ...command.slice(1)), /NOPERM/);
  asNode.disconnect();
  assert.ok(redisUrl.startsWith('unix:'));
});

test('NJ3 a node that has joined once knows by itself whom, and goes on with what it was told when that one is away', async () => {
  await second.stop();
  await first.stop();
  const set = (env: Record<string, string>) => joinedSettings({ DATA_DIR: second.folder, ...env }, { ask: false });
  await assert.rejects(set({ ATTENDANCE_PERCENT: '10' }), /ATTENDANCE_PERCENT is another one here/);
  await assert.rejects(set({ DATABASE_URL: 'postgresql://one/d' }), /DATABASE_URL is set, and this node joins/);
  assert.equal((await set({ PUBLIC_URL: 'https://two.example' })).PUBLIC_URL, 'https://two.example');
  const alone = await joins({ ...asFirst, CLUSTER_SECRET_FILE: secretFile });
  assert.equal(alone.ready, false);
  assert.match(alone.said, /does not answer \(ECONNREFUSED\); going on with what it said before/);
  assert.match(alone.said, /PostgreSQL at .* does not answer/);
});

test('NJ4 stores that are not shared any more let no other machine in', async () => {
  const stores = await startEmbedded({ DATA_DIR: first.folder }, createLogger('error'));
  try {
    assert.equal(stores.shared, undefined);
    const postgres = await Postgres.create(stores.ownerUrl, () => undefined, 1);
    const [row] = await postgres
      .query<{ at: string; may: boolean }>(
        `SELECT current_setting('listen_addresses') AS at, rolcanlogin AS may FROM pg_roles WHERE rolname = 'dieu_hanh_node'`,
      )
      .finally(() => postgres.close());
    assert.deepEqual(row, { at: '', may: false });
    const redis = new Redis(stores.redisUrl);
    assert.equal((await redis.acl('USERS')).includes('dieu_hanh_node'), false);
    redis.disconnect();
  } finally {
    await stores.close();
  }
});
