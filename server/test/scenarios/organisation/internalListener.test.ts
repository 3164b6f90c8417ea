import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { request as requestTls } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { RoomServiceClient } from 'livekit-server-sdk';
import { administer } from '../../support/administer.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until, within } from '../../support/until.ts';

const key = 'devkey';
const secret = 'secret-of-more-than-thirty-two-characters';
let node: TestNode;
before(async () => {
  node = await TestNode.create({ LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret, ALLOW_SECOND_NODE: '1' });
});
after(() => node?.close());

const ask = async (base: string, path: string, init: RequestInit = {}) => {
  const answer = await fetch(base + path, { headers: { accept: 'text/html,*/*' }, ...init });
  return { status: answer.status, text: await answer.text() };
};

test('IL1 the public listener has no metrics, no OpenAPI text and no RoomService', async () => {
  for (const path of ['/metrics', '/metrics/', '/Metrics', '/api/openapi.json', '/twirp/livekit.RoomService/ListRooms'])
    for (const method of ['GET', 'POST'])
      assert.equal((await ask(node.url, path, { method })).status, 404, `${method} ${path}`);
  await assert.rejects(new RoomServiceClient(node.url, key, secret).listRooms(), { status: 404 });
});

test('CL6 ND10 a node of several says that it is ready when it can answer for all of them', async () => {
  await until('it is ready', async () => (await ask(node.url, '/readyz')).status === 200);
  assert.deepEqual(await new RoomServiceClient(node.internalUrl, key, secret).listRooms(), []);
});

test('IL1 in public, ready or not is all that is said', async () => {
  assert.deepEqual(await ask(node.url, '/readyz'), { status: 200, text: '{"ready":true}' });
});

test('IL2 the internal listener has all of it, and no page, no API and no socket', async () => {
  const { internalUrl } = node;
  assert.match((await ask(internalUrl, '/metrics')).text, /^dh_rooms\{.+\} \d+$/m);
  const { checks } = JSON.parse((await ask(internalUrl, '/readyz')).text);
  assert.deepEqual([checks.postgres, checks.redis], ['ok', 'ok']);
  assert.equal(JSON.parse((await ask(internalUrl, '/api/openapi.json')).text).openapi, '3.1.0');
  assert.deepEqual(await new RoomServiceClient(internalUrl, key, secret).listRooms(), []);
  assert.equal((await ask(internalUrl, '/healthz')).status, 200);
  for (const path of ['/', '/api/session', '/api/line', '/rtc/validate', '/socket.io/'])
    assert.equal((await ask(internalUrl, path)).status, 404, path);
  const upgrade = {
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'x',
  };
  assert.notEqual(await statusOf(`${internalUrl}/rtc`, upgrade), 101);
});

test('SV11 what is to be mended before it hurts stands beside readiness and in the metrics', async () => {
  const { ready, conditions } = JSON.parse((await ask(node.internalUrl, '/readyz')).text);
  assert.equal(ready, true);
  for (const name of ['clock', 'disk', 'durability', 'open-files', 'record-catalog', 'socket-buffers'])
    assert.ok(name in conditions, name);
  const { text } = await ask(node.internalUrl, '/metrics');
  for (const [name, said] of Object.entries<string>(conditions)) {
    const state = /^(ok|warning|unknown)(: .+|$)/.exec(said)?.[1];
    const value = { ok: '1', warning: '0', unknown: '-1' }[state ?? ''];
    assert.match(text, new RegExp(`^dh_condition\\{.*condition="${name}".*\\} ${value}$`, 'm'), said);
  }
  assert.equal(conditions['record-catalog'], 'ok');
});

test('AU31 a node that starts on a database which was changed around the record says by what, and serves', async (t) => {
  const { databaseUrl, redisUrl } = node.stores;
  await administer(databaseUrl, 'CREATE SCHEMA other');
  const other = await TestNode.create({
    ...databaseEnv(databaseUrl),
    ...{ REDIS_URL: redisUrl, ALLOW_SECOND_NODE: '1', NODE_ID: 'other' },
  });
  t.after(() => other.close());
  await until('it is ready', async () => (await ask(other.internalUrl, '/readyz')).status === 200);
  const { conditions } = JSON.parse((await ask(other.internalUrl, '/readyz')).text);
  assert.match(conditions['record-catalog'], /^warning: .*around the record.*schema other: it was not there/);
});

test('IL3 on loopback it answers no page that calls this machine by a name of its own', async () => {
  const named = (host: string) => statusOf(`${node.internalUrl}/metrics`, { host });
  assert.equal(await named('rebound.example:8081'), 403);
  assert.equal(await named('localhost:8081'), 200);
});

test('IL2 on any other address it speaks TLS alone', async (t) => {
  const { databaseUrl, redisUrl } = node.stores;
  const shared = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ALLOW_SECOND_NODE: '1' };
  const env = { ...shared, API_HOST: '127.0.0.2', NODE_ID: 'another' };
  const other = await TestNode.create(env);
  t.after(() => other.close());
  const { host } = new URL(other.internalUrl);
  const ca = await readFile(join(other.folder, 'tls/ca.pem'));
  assert.equal(await statusOf(`https://${host}/metrics`, {}, { ca }), 200);
  assert.equal(await statusOf(`http://${host}/metrics`, {}), 308);
});

/** By a client that says what it is told to say; `fetch` has headers of its own. */
const statusOf = (url: string, headers: Record<string, string>, trust?: { ca: Buffer }) =>
  within(
    `an answer of ${url}`,
    new Promise<number | undefined>((resolve, reject) => {
      const asked = (trust ? requestTls : request)(url, { headers, ...trust }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('upgrade', (_answer, socket) => {
        socket.destroy();
        resolve(101);
      });
      asked.on('error', reject);
      asked.end();
    }),
  );
