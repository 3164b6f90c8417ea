import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { OwnServer } from '../../support/OwnServer.ts';
import { RtcClient } from '../../support/RtcClient.ts';
import { freshRoom, Target } from '../../support/Target.ts';
import { until } from '../../support/until.ts';

const ROUNDS = 12;
const AT_ONCE = 3;

after(() => dispose());

test('people come, publish and go in a storm: the one who stays sees each of them, and nothing is left behind', async (t) => {
  const target = await Target.open();
  const node = target.own;
  assert.ok(node instanceof OwnServer, 'this test looks into the server');
  t.after(() => target.close());
  const room = freshRoom('churn');
  const stays = await RtcClient.join(target, { room, identity: 'stays' });
  t.after(() => stays.close());
  await stays.publishTone(440);
  const offers: string[] = [];
  const outlet = node.rooms.get(room)?.get('stays')?.outlet;
  assert.ok(outlet);
  const offer = outlet.offer.bind(outlet);
  outlet.offer = (sdp, ...rest) => {
    offers.push(sdp);
    offer(sdp, ...rest);
  };

  for (let round = 0; round < ROUNDS; round++) {
    const guests = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) => RtcClient.join(target, { room, identity: `guest-${round}-${i}` })),
    );
    await Promise.all(guests.map((guest) => guest.publishColour('green')));
    for (const guest of guests) await stays.track(guest.me.identity, 'video');
    for (const guest of guests) await guest.track('stays', 'audio');
    await Promise.all(guests.map((guest) => guest.close()));
  }

  await until('the guests are gone', () => stays.room.remoteParticipants.size === 0);
  await until('they are gone at the server', () => node.rooms.get(room)?.participants.size === 1);
  const peers = async () => (await node.sfu.usage()).reduce((sum, usage) => sum + usage.peers, 0);
  assert.equal(await peers(), 1);
  assert.equal([...(node.rooms.get(room)?.get('stays')?.viewing.subscriptions() ?? [])].length, 0);
  const sections = (offers.at(-1)?.match(/^m=/gm) ?? []).length;
  assert.ok(sections <= 1 + 2 * AT_ONCE, `${sections} sections after ${ROUNDS * AT_ONCE} tracks`);
  await stays.close();
  await until('the last peer is gone', async () => (await peers()) === 0);
});
