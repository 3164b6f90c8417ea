import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AccessToken, RoomServiceClient, TwirpError } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { happens } from '../support/happens.ts';
import { freshRoom, Target } from '../support/Target.ts';

let target: Target;
before(async () => {
  target = await Target.open();
});
after(() => target?.close());

const ask = async (path: string, init?: RequestInit) => {
  const answer = await fetch(`${target.http}${path}`, { headers: { origin: 'http://elsewhere.example' }, ...init });
  return {
    status: answer.status,
    cors: answer.headers.get('access-control-allow-origin'),
    text: (await answer.text()).trim(),
  };
};

test('#01 validation answers by the token, to pages of any origin', async () => {
  const bad = await ask('/rtc/validate?access_token=bad');
  assert.deepEqual([bad.status, bad.cors], [401, '*']);
  const good = await ask(`/rtc/validate?access_token=${await target.token('an', freshRoom('01'))}`);
  assert.deepEqual([good.status, good.cors, good.text], [200, '*', 'success']);
});

test('#01 a token without the right to join, or without a room, is refused', async () => {
  const sign = (grant: object) => {
    const token = new AccessToken(target.key, target.secret, { identity: 'an', ttl: 60 });
    token.addGrant(grant);
    return token.toJwt();
  };
  assert.equal((await ask(`/rtc/validate?access_token=${await sign({ room: 'r' })}`)).status, 401);
  assert.equal((await ask(`/rtc/validate?access_token=${await sign({ roomJoin: true })}`)).status, 400);
});

test('#01 the header wins over the query', async () => {
  const token = await target.token('an', freshRoom('01'));
  const answer = await ask('/rtc/validate?access_token=bad', { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
});

test('#01 the base address answers, as clients ask it before they connect', async () => {
  assert.equal((await ask('/')).status, 200);
  assert.equal((await ask('/', { method: 'HEAD' })).status, 200);
});

test('#01 our own server has no v1, and says so in a way that makes clients fall back', async (t) => {
  if (!target.own) return t.skip('the target serves v1');
  const answer = await ask('/rtc/v1/validate');
  assert.deepEqual([answer.status, answer.cors], [404, '*']);
  assert.doesNotMatch(answer.text, /requested room does not exist/);
  // rtc-node reads it from the upgrade itself, with a token that would be good for version 0.
  const socket = new WebSocket(`${target.url}/rtc/v1?access_token=${await target.token('an', freshRoom('01'))}`);
  const [, refusal] = await happens(socket, 'unexpected-response');
  assert.equal(refusal.statusCode, 404);
  refusal.resume();
});

test('#02 rooms are created, listed and deleted by the server SDK', async () => {
  const name = freshRoom('02');
  const room = await target.rooms.createRoom({ name, metadata: 'm', maxParticipants: 7, emptyTimeout: 60 });
  assert.match(room.sid, /^RM_/);
  assert.deepEqual([room.name, room.metadata, room.maxParticipants, room.emptyTimeout], [name, 'm', 7, 60]);
  const again = await target.rooms.createRoom({ name });
  assert.equal(again.sid, room.sid);
  assert.deepEqual(
    (await target.rooms.listRooms([name])).map((r) => r.sid),
    [room.sid],
  );
  assert.ok((await target.rooms.listRooms()).some((r) => r.name === name));
  await target.rooms.deleteRoom(name);
  assert.deepEqual(await target.rooms.listRooms([name]), []);
});

test('#02 a wrong secret is unauthenticated', async () => {
  const stranger = new RoomServiceClient(target.api, target.key, 'another secret of enough characters');
  await assert.rejects(stranger.listRooms(), (error: TwirpError) => error.status === 401);
});

test('#02 an unknown room or participant is not found, as a Twirp error with its code', async () => {
  const unknown = (error: unknown) => error instanceof TwirpError && error.code === 'not_found' && error.status === 404;
  await assert.rejects(target.rooms.deleteRoom(freshRoom('02')), unknown);
  await assert.rejects(target.rooms.getParticipant(freshRoom('02'), 'nobody'), unknown);
});
