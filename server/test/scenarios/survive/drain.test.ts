import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { attendanceTimelineSchema } from '../../../src/protocol/attendance.ts';
import { Balancer } from '../../support/Balancer.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { dh } from '../../support/dh.ts';
import { happens } from '../../support/happens.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { CLUSTER_SECRET, type Program, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const cluster = { ALLOW_SECOND_NODE: '1', CLUSTER_SECRET, DRAIN_PER_SECOND: '5' };
const nodes: { readonly url: string }[] = [];
let front: Balancer;
let one: ServerProcess;
let two: TestNode;
let meeting: Meeting;
let chair: ChannelClient;
let media: RtcClient;
let moderator: Program;
let official: ChannelClient;
before(async () => {
  front = await Balancer.create(nodes);
  one = await ServerProcess.create({ ...cluster, NODE_ID: 'one', PUBLIC_URL: front.url });
  const { databaseUrl, redisUrl } = one.stores;
  two = await TestNode.create({
    ...{ ...cluster, NODE_ID: 'two', PUBLIC_URL: front.url },
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
  });
  nodes.push(one, two);
  for (const node of nodes) await until('it is ready', () => isReady(node));
  const behind = { ...one, url: front.url, secret: one.secret.bind(one), links: one.links };
  const signIn = async (secret: string, device = 'test'): Promise<Program> => {
    const program = await one.signIn(secret, device);
    return Object.assign(program, { url: front.url });
  };
  meeting = await Meeting.open({ ...behind, signIn });
  const pm = await meeting.enter('Prime');
  chair = await meeting.commune(0);
  media = await joinMedia(chair);
  const secret = await issueLinkFor(one, 'moderator', '79');
  moderator = await two.signIn(secret, 'there');
  official = await ChannelClient.open(two, moderator, meeting.briefing);
  await pm.act('stage.goLive', {});
  pm.close();
});
after(async () => {
  await media?.close();
  official?.close();
  meeting?.close();
  await two?.close();
  await one?.close();
  front?.close();
  await dispose();
});

const node = (...args: string[]) => {
  const { databaseUrl, redisUrl } = one.stores;
  return dh('node/main', args, { ...databaseEnv(databaseUrl), REDIS_URL: redisUrl, CLUSTER_SECRET });
};
const unitOf = ({ identity }: ChannelClient) => identity.slice(0, identity.indexOf('.'));
/** A page comes back by itself when it is sent away; socket.io's client does not. */
const keepConnected = ({ socket }: ChannelClient) =>
  socket.on('disconnect', (why) => why === 'io server disconnect' && socket.connect());
/** What nodes say of themselves is up to a second old. */
const listed = (list: RegExp) =>
  until('the list is as it should be', async () => list.test((await node('list')).out), 20_000);
const isReady = async ({ url }: { readonly url: string }) => (await fetch(`${url}/readyz`)).ok;
const channels = (url: string) => front.sent.get(url) ?? 0;

test('PL1 PL3 PL5 PL6 drained, a node has its commune at another one, without a gap in its attendance and without an act lost', async () => {
  await listed(
    /^one +0\.1\.0 +since .* default +1 viewers +\d devices .* serves\ntwo +.* 0 viewers +1 devices .* serves\n$/,
  );

  keepConnected(chair);
  let drained = false;
  const acknowledged: string[] = [];
  const acting = (async () => {
    for (let raise = true; !drained; raise = !raise) {
      const act = raise ? ('hand.raise' as const) : ('hand.lower' as const);
      const done = await chair.act(act, raise ? {} : { identity: chair.identity }).catch(() => undefined);
      if (done) acknowledged.push(act);
      // Acts are limited, so they are slow.
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  })();
  const drain = await node('drain', 'one');
  drained = true;
  await acting;
  assert.equal(drain.status, 0, drain.err);
  assert.match(drain.out, /nobody is at one any more: it may be stopped\n$/);
  assert.equal(await isReady(one), false);
  assert.equal(await isReady(two), true);
  await chair.connected();
  const last = acknowledged.at(-1);
  const { floor } = await official.act('sync', {});
  assert.equal(floor.hands.length, last === 'hand.raise' ? 1 : 0, 'the last act that was acknowledged stands');
  await listed(/^one .* 0 viewers +0 devices .* is empty\ntwo .* 1 viewers +\d devices .* serves\n$/);

  const path = `/api/briefings/${meeting.briefing}/attendance/${unitOf(chair)}`;
  await until('its attendance goes on', async () => {
    const { intervals } = attendanceTimelineSchema.parse((await moderator.get(path)).body);
    const lines = intervals.map(
      ({ line, to, cut }) => `${line} ${to === null ? 'goes on' : 'ended'}${cut ? ', cut' : ''}`,
    );
    return lines.toSorted().join('; ') === 'channel goes on; media goes on';
  });
});

test('PL3 PL6 called back, it takes viewers again, and those who have gone stay where they are', async () => {
  const { status, out } = await node('undrain', 'one');
  assert.equal(status, 0);
  assert.match(out, /one takes viewers again/);
  assert.equal(await isReady(one), true);
  await listed(/^one .* 0 viewers +0 devices .* serves\ntwo .* 1 viewers/);
  const wrong = await node('drain', 'three');
  assert.notEqual(wrong.status, 0);
  assert.match(wrong.err, /there is no node three; nodes: one, two/);
});

test('PL4 told to end, a node sends its devices to the others before it does', async () => {
  const before = channels(two.url);
  const other = await meeting.commune(1);
  keepConnected(other);
  assert.equal(channels(two.url), before, 'it was at the first');
  const ended = happens(one.child, 'exit', 60_000);
  one.child.kill('SIGTERM');
  await other.heardOf(
    'farewell',
    ({ reason, message }) => reason === 'draining' && /takes a rest/.test(message),
    30_000,
  );
  await until('it is at the second', () => channels(two.url) > before, 30_000);
  await other.connected();
  assert.deepEqual(await ended, [0, null]);
  await listed(/^two .* serves\n$/);
});
