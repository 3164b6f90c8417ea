import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { issueLinkFor } from '../../support/people.ts';
import { secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
before(async () => {
  node = await TestNode.create();
});
after(async () => {
  await node?.close();
  await dispose();
});

test('EN5 LK3 withdrawing a link puts its device out of the room at once, and keeps its old token out', async () => {
  const chair = await node.signIn(await issueLinkFor(node, 'seat', '26734'), 'laptop');
  const { body } = await chair.get('/api/briefings');
  const join = (await chair.post(`/api/briefings/${body.briefings[0].id}/join`)).body;
  const room = new Room();
  let out: unknown;
  room.on(RoomEvent.Disconnected, (reason) => {
    out = { reason };
  });
  await room.connect(join.url, join.token);
  const validate = async () => (await fetch(`${node.url}/rtc/validate?access_token=${join.token}`)).status;
  assert.equal(await validate(), 200);

  const moderator = await node.signIn(await issueLinkFor(node, 'moderator', '79'));
  const { body: me } = await chair.get('/api/session');
  const { url } = (await moderator.post(`/api/accounts/${me.account.id}/links`)).body;
  await until('the device is out', () => out, 5_000);
  assert.equal(await validate(), 403);

  const again = await node.signIn(secretOf(url), 'laptop');
  const anew = (await again.post(`/api/briefings/${body.briefings[0].id}/join`)).body;
  assert.equal(anew.identity, join.identity, 'the same account on the same device');
  const back = new Room();
  await back.connect(anew.url, anew.token);
  await back.disconnect();
});
