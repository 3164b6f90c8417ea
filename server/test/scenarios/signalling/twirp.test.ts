import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { CreateRoomRequest, ListRoomsRequest, ListRoomsResponse, Room } from '@livekit/protocol';
import { dispose } from '@livekit/rtc-node';
import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import { OwnServer, ownKeys } from '../../support/OwnServer.ts';
import { RtcClient } from '../../support/RtcClient.ts';
import { freshRoom } from '../../support/Target.ts';
import { within } from '../../support/until.ts';

let server: OwnServer;
before(async () => {
  server = await OwnServer.start({ workers: 1 });
});
after(async () => {
  await server.close();
  await dispose();
});

const base = () => server.api;
const sign = (grant: VideoGrant): Promise<string> => {
  const token = new AccessToken(ownKeys.key, ownKeys.secret, { ttl: 60, identity: 'admin' });
  token.addGrant(grant);
  return token.toJwt();
};
const all: VideoGrant = { roomCreate: true, roomList: true, roomAdmin: true, room: 'r' };

async function call(
  path: string,
  body: string | Uint8Array<ArrayBuffer> = '{}',
  { grant = all, headers = {}, method = 'POST' } = {},
) {
  const authorization = `Bearer ${await sign(grant)}`;
  const answer = await fetch(`${base()}/twirp/${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization, ...headers },
    ...(method === 'POST' ? { body } : {}),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type'), bytes };
}
const refusal = async (...args: Parameters<typeof call>) => {
  const { status, type, bytes } = await call(...args);
  assert.equal(type, 'application/json', 'clients compare the whole header');
  return [status, JSON.parse(bytes.toString()).code];
};
const service = 'livekit.RoomService';

test('both encodings are answered in kind, and field names in both styles are understood', async () => {
  const name = freshRoom('twirp');
  const headers = { 'content-type': 'application/protobuf' };
  const wanted = Buffer.from(new CreateRoomRequest({ name, emptyTimeout: 77 }).toBinary());
  const made = await call(`${service}/CreateRoom`, wanted, { headers });
  assert.deepEqual([made.status, made.type], [200, 'application/protobuf']);
  assert.equal(Room.fromBinary(made.bytes).emptyTimeout, 77);
  const listed = await call(`${service}/ListRooms`, Buffer.from(new ListRoomsRequest({ names: [name] }).toBinary()), {
    headers,
  });
  assert.equal(ListRoomsResponse.fromBinary(listed.bytes).rooms[0]?.name, name);
  const snake = await call(
    `${service}/CreateRoom`,
    JSON.stringify({ name: `${name}2`, empty_timeout: 5, unknown: 1 }),
    {
      headers: { 'content-type': 'application/json;charset=UTF-8' },
    },
  );
  assert.equal(JSON.parse(snake.bytes.toString()).emptyTimeout, 5);
});

test('what is no call of this service is a bad route', async () => {
  assert.deepEqual(await refusal(`${service}/Nothing`), [404, 'bad_route']);
  assert.deepEqual(await refusal('livekit.Egress/ListEgress'), [404, 'bad_route']);
  assert.deepEqual(await refusal(`${service}/ListRooms/more`), [404, 'bad_route']);
  assert.deepEqual(await refusal(`${service}/toString`), [404, 'bad_route']);
  assert.deepEqual(await refusal(`${service}/ListRooms`, '', { method: 'GET' }), [404, 'bad_route']);
  assert.deepEqual(await refusal(`${service}/ListRooms`, '{}', { headers: { 'content-type': 'text/plain' } }), [
    404,
    'bad_route',
  ]);
});

test('a body that cannot be read is malformed', async () => {
  for (const body of ['', '{', 'null', '[]', '{"names": 3}']) {
    assert.deepEqual(await refusal(`${service}/ListRooms`, body), [400, 'malformed'], body);
  }
  const headers = { 'content-type': 'application/protobuf' };
  assert.deepEqual(await refusal(`${service}/ListRooms`, Buffer.from([0xff, 0xff]), { headers }), [400, 'malformed']);
});

test('a body that is too large is refused, whether it says its size or not', async () => {
  assert.deepEqual(await refusal(`${service}/ListRooms`, 'x'.repeat(1_100_000)), [400, 'malformed']);
  const authorization = `Bearer ${await sign(all)}`;
  const answered = new Promise<number | undefined>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization, 'transfer-encoding': 'chunked' };
    const ask = request(`${base()}/twirp/${service}/ListRooms`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    ask.on('error', reject);
    for (let i = 0; i < 12; i++) ask.write('x'.repeat(100_000));
    ask.end();
  });
  assert.equal(await within('an answer', answered), 400);
});

test('without the grant that a call needs, or for another room, nothing is done', async () => {
  const none = [401, 'unauthenticated'];
  assert.deepEqual(await refusal(`${service}/CreateRoom`, '{"name":"x"}', { grant: { roomList: true } }), none);
  assert.deepEqual(await refusal(`${service}/ListRooms`, '{}', { grant: { roomCreate: true } }), none);
  const other = { grant: { roomAdmin: true, room: 'other' } };
  assert.deepEqual(await refusal(`${service}/ListParticipants`, '{"room":"r"}', other), none);
  assert.deepEqual(await refusal(`${service}/ListParticipants`, '{"room":""}', { grant: { roomAdmin: true } }), none);
  assert.deepEqual(
    await refusal(`${service}/ListRooms`, '{}', { headers: { authorization: 'Bearer nonsense' } }),
    none,
  );
  assert.equal(server.rooms.get('x'), undefined);
});

test('refusals have the codes that clients know', async () => {
  const room = freshRoom('twirp');
  server.rooms.create(room);
  const grant = { roomAdmin: true, room, destinationRoom: 'there' };
  const ask = (name: string, body: object) =>
    refusal(`${service}/${name}`, JSON.stringify({ room, ...body }), { grant });
  assert.deepEqual(await ask('GetParticipant', { identity: 'x' }), [404, 'not_found']);
  assert.deepEqual(await ask('MutePublishedTrack', { identity: 'x', trackSid: 'TR_x', muted: true }), [
    404,
    'not_found',
  ]);
  assert.deepEqual(await ask('UpdateRoomMetadata', { metadata: 'x'.repeat(70_000) }), [400, 'invalid_argument']);
  assert.deepEqual(await ask('MoveParticipant', { identity: 'x', destinationRoom: 'there' }), [501, 'unimplemented']);
  assert.deepEqual(await refusal(`${service}/CreateRoom`, '{"name":""}'), [400, 'invalid_argument']);
});

test('a call to a participant is answered by his handler; its errors and its silence are told', async (t) => {
  const room = freshRoom('twirp');
  const grant = { roomAdmin: true, room };
  const an = await RtcClient.join({ url: server.url, token: () => sign({ roomJoin: true, room }) } as never, {
    room,
    identity: 'admin',
  });
  t.after(() => an.close());
  an.me.registerRpcMethod('double', async ({ payload }) => payload + payload);
  const perform = (method: string, responseTimeoutMs = 5_000) =>
    call(
      `${service}/PerformRpc`,
      JSON.stringify({ room, destinationIdentity: 'admin', method, payload: 'ab', responseTimeoutMs }),
      { grant },
    );
  const done = await perform('double');
  assert.deepEqual([done.status, JSON.parse(done.bytes.toString())], [200, { payload: 'abab' }]);
  const unknown = JSON.parse((await perform('nothing')).bytes.toString());
  assert.deepEqual([unknown.code, unknown.meta.code], ['failed_precondition', '1400']);
  an.me.registerRpcMethod('silence', () => new Promise(() => {}));
  const late = JSON.parse((await perform('silence', 700)).bytes.toString());
  assert.deepEqual([late.code, late.meta.code], ['deadline_exceeded', '1502']);
});

test('NM1 NM3 names and metadata that turn a text or steer a terminal come in by no RoomService and by no token', async () => {
  const name = freshRoom('names');
  assert.equal(
    (await call(`${service}/CreateRoom`, JSON.stringify({ name, metadata: '{\n"a": "👨‍👩‍👧"}' }))).status,
    200,
  );
  for (const bad of ['a\u202eb', 'a\u001b[31mb', 'a\u009bb']) {
    const said = [{ metadata: bad }, { attributes: { a: bad } }, { name: bad }];
    for (const one of said) {
      const body = JSON.stringify({ room: name, identity: 'nobody', ...one });
      const grant = { ...all, room: name };
      assert.deepEqual(await refusal(`${service}/UpdateParticipant`, body, { grant }), [400, 'invalid_argument'], body);
    }
    for (const one of [{ name: bad }, { name, metadata: bad }])
      assert.deepEqual(await refusal(`${service}/CreateRoom`, JSON.stringify(one)), [400, 'invalid_argument']);
    assert.deepEqual(
      await refusal(`${service}/UpdateRoomMetadata`, JSON.stringify({ room: name, metadata: bad }), {
        grant: { ...all, room: name },
      }),
      [400, 'invalid_argument'],
    );
    for (const more of [{ name: bad }, { metadata: bad }, { attributes: { a: bad } }]) {
      const token = new AccessToken(ownKeys.key, ownKeys.secret, { ttl: 60, identity: 'someone', ...more });
      token.addGrant({ roomJoin: true, room: name });
      const answer = await fetch(
        `${server.url.replace(/^ws/, 'http')}/rtc/validate?access_token=${await token.toJwt()}`,
      );
      assert.equal(answer.status, 401, JSON.stringify(more));
    }
  }
});
