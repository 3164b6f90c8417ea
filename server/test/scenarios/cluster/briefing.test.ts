import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { dispose } from '@livekit/rtc-node';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let one: TestNode;
let two: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
const closers: (() => unknown)[] = [];
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1' }, { own: true });
  const { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL } = one.stores;
  two = await TestNode.create({ DATABASE_URL, REDIS_URL, NODE_ID: 'two', ALLOW_SECOND_NODE: '1' });
  meeting = await Meeting.open(one);
  pm = await meeting.enter('Prime');
});
after(async () => {
  for (const close of closers.reverse()) await close();
  meeting?.close();
  await two?.close();
  await one?.close();
  await dispose();
});

async function media(channel: ChannelClient): Promise<RtcClient> {
  const client = await joinMedia(channel);
  closers.push(() => client.close());
  return client;
}
test('ND1, ND6 principal and called commune are at two nodes: a picture both ways, until the floor takes it away', async () => {
  const link = one.links.find((l) => l.who.startsWith('commune'));
  assert.ok(link);
  const commune = await ChannelClient.open(two, await two.signIn(secretOf(link.url), 'far'), meeting.briefing);
  closers.push(() => commune.close());
  const [chair, seat] = [await media(pm), await media(commune)];
  assert.equal(seat.remote(pm.identity), undefined, 'of an audience nobody is told');
  await pm.act('stage.goLive', {});
  await chair.publishColour('red');
  const eye = await seat.watch(pm.identity, 20_000);
  await until('the picture of the other node', () => eye.colour === 'red');
  assert.equal(seat.remote(pm.identity)?.sid, chair.me.sid);

  const unit = commune.identity.split('.')[0] ?? '';
  // Nodes that have just started do not know at once which others there are.
  const call = await until(
    'it is called',
    async () => {
      const answer = await pm.ask('call.start', { unit });
      if ('ok' in answer) return answer.ok;
      assert.equal(answer.error.reason, 'store-unavailable');
      // Acts are limited, so it is asked slowly.
      await sleep(500);
      return undefined;
    },
    30_000,
  );
  await commune.heardOf('call.ring', (c) => c.id === call.id);
  await commune.act('call.accept', { call: call.id });
  await seat.publishColour('blue');
  const other = await chair.watch(commune.identity, 20_000);
  await until('the picture of the commune', () => other.colour === 'blue');
  await pm.act('call.end', { call: call.id });
  await until('it is seen no more', () => chair.remote(commune.identity) === undefined, 20_000);
  await pm.act('stage.leave', {});
  await until('nobody is seen', () => seat.remote(pm.identity) === undefined, 20_000);
});
