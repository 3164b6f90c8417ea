import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AccessToken } from 'livekit-server-sdk';
import { oneStage } from '../../../src/domain/shared/stages.ts';
import { addKey, changeKeyFile, KeyRing, rotateKey, withdrawKey } from '../../../src/edge/livekit/keys/index.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { keyOf, ringOf } from '../../support/joinTokens.ts';
import { OwnServer } from '../../support/OwnServer.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { until } from '../../support/until.ts';
import { WebhookSink } from '../../support/WebhookSink.ts';

const secretOf = (key: string) => `the secret of ${key}, in 32 characters`;
async function sinkOf(t: TestContext, key: string, secret = secretOf(key)): Promise<WebhookSink> {
  const sink = await WebhookSink.open(key, secret);
  t.after(() => sink.close());
  return sink;
}
async function serve(t: TestContext, keys: KeyRing): Promise<OwnServer> {
  const server = await OwnServer.start({ workers: 1, keys });
  t.after(() => server.close());
  return server;
}

test('KY6 a key sees events of its own rooms only, signed by it, and none sees those of a briefing', async (t) => {
  const [all, archive] = [await sinkOf(t, 'all'), await sinkOf(t, 'archive')];
  const key = (name: string, rooms: string[], sink: WebhookSink) =>
    keyOf({ key: name, secret: secretOf(name) }, { rooms, webhooks: [sink.url] });
  const server = await serve(t, ringOf(key('all', ['*'], all), key('archive', ['archive-*'], archive)));
  const briefing = '0198f5a2-0000-7000-8000-000000000001';
  server.hall.openBriefing(briefing, oneStage('vn'), []);
  const token = new AccessToken('all', secretOf('all'), { identity: 'an', ttl: 600 });
  token.addGrant({ roomJoin: true, room: briefing });
  // A stage alone has no door before it, so this join is as good as a person's.
  const person = await SignalClient.open(server.url, await token.toJwt());
  await person.saw('join');
  server.rooms.get(briefing)?.remove('an');
  await person.ended();
  await server.hall.closeBriefing(briefing);
  for (const room of ['other', 'archive-1']) {
    server.rooms.create(room);
    server.rooms.delete(room);
  }
  await until('each was told of its own rooms', () => all.events.length >= 4 && archive.events.length >= 2);
  const told = (sink: WebhookSink) => sink.events.map(({ event, room }) => `${room?.name} ${event}`).sort();
  assert.deepEqual(told(archive), ['archive-1 room_finished', 'archive-1 room_started']);
  assert.deepEqual(told(all), [...told(archive), 'other room_finished', 'other room_started']);
  assert.deepEqual([all.refused, archive.refused], [[], []]);
});

test('KY6 over a rotation events reach the program, whichever secret it verifies by; after a withdrawal none does', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-keys-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'api-keys.json');
  const [one] = await changeKeyFile(path, (keys) => addKey(keys, { name: 'k', rooms: ['*'] }));
  const old = await sinkOf(t, 'k', one?.secrets[0]?.secret);
  await changeKeyFile(path, (keys) => rotateKey(keys, 'k', 3_600_000, Date.now()));
  const keys = await KeyRing.create({ DATA_DIR: folder, WEBHOOK_URLS: '' }, createLogger('silent'));
  const fresh = await sinkOf(t, 'k', keys.find('k')?.secrets[0]?.secret);
  const listen = async (...sinks: WebhookSink[]) => {
    const webhooks = sinks.map(({ url }) => url);
    await changeKeyFile(path, (all) => all.map((key) => ({ ...key, webhooks })));
    await keys.refresh();
  };
  await listen(old, fresh);
  const server = await serve(t, keys);
  server.rooms.create('one');
  await until('both were told', () => old.of('one').length > 0 && fresh.of('one').length > 0);
  assert.deepEqual([old.refused.length, fresh.refused.length], [1, 0], 'the newest is tried first');

  await changeKeyFile(path, (all) => addKey(withdrawKey(all, 'k'), { name: 'next', rooms: ['*'], webhooks: [] }));
  const last = await sinkOf(t, 'next', (await changeKeyFile(path, (all) => all))[0]?.secrets[0]?.secret);
  await listen(last);
  server.rooms.create('two');
  await until('the next key is told', () => last.of('two').length > 0);
  assert.deepEqual([old.of('two'), fresh.of('two')], [[], []]);
});
