import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose, Room } from '@livekit/rtc-node';
import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk';
import type { JoinAnswer } from '../../../src/protocol/briefing.ts';
import { Meeting } from '../../support/Meeting.ts';
import { scheduleNational } from '../../support/nationalBriefing.ts';
import { issueLinkFor } from '../../support/people.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const key = 'devkey';
const secret = 'secret-of-more-than-thirty-two-characters';
let node: TestNode;
let meeting: Meeting;
let join: JoinAnswer;
before(async () => {
  node = await TestNode.create({ LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret });
  meeting = await Meeting.open(node);
  const chair = await node.signIn(await issueLinkFor(node, 'seat', '26734'));
  join = (await chair.post(`/api/briefings/${meeting.briefing}/join`)).body;
});
after(async () => {
  meeting?.close();
  await node?.close();
  await dispose();
});

/** By the API key of this installation, which every program of the operator's has. */
const selfMade = (room: string, grant: VideoGrant = {}, options: object = {}): Promise<string> => {
  const token = new AccessToken(key, secret, { identity: 'nobody', ttl: 600, ...options });
  token.addGrant({ roomJoin: true, room, ...grant });
  return token.toJwt();
};
const validate = async (token: string) => (await fetch(`${node.url}/rtc/validate?access_token=${token}`)).status;

test('EN6 a self-made hidden token by an API key opens no briefing, as nobody and as anybody', async () => {
  const { briefing } = meeting;
  const tries: [string, VideoGrant, object][] = [
    ['hidden', { hidden: true }, {}],
    ['recorder', { recorder: true, hidden: true }, {}],
    ['agent', { agent: true }, { kind: 'agent' }],
    ['unknown', {}, { identity: 'an' }],
    ['in the name of a device', {}, { identity: join.identity }],
    ['with a role', {}, { attributes: { 'dh.role': 'principal', 'dh.path': 'vn', 'dh.unit': 'vn' } }],
    ['an administrator', { roomAdmin: true, roomCreate: true }, {}],
  ];
  for (const [what, grant, options] of tries)
    assert.equal(await validate(await selfMade(briefing, grant, options)), 403, what);
  const room = new Room();
  await assert.rejects(room.connect(join.url, await selfMade(briefing, { hidden: true })));
  assert.equal(await validate(await selfMade('a room of a program', { hidden: true })), 200, 'rooms of its own');
});

test('EN6 RoomService does not touch the room of a briefing, open or not yet', async () => {
  const pm = await meeting.enter('Prime');
  const scheduled = await scheduleNational(pm.program);
  const service = new RoomServiceClient(node.internalUrl, key, secret);
  await service.createRoom({ name: 'a room of a program' });
  for (const room of [meeting.briefing, scheduled]) {
    const calls: Record<string, () => Promise<unknown>> = {
      list: () => service.listParticipants(room),
      remove: () => service.removeParticipant(room, join.identity),
      update: () => service.updateParticipant(room, join.identity, 'x', { hidden: true }),
      create: () => service.createRoom({ name: room, maxParticipants: 1 }),
      delete: () => service.deleteRoom(room),
      metadata: () => service.updateRoomMetadata(room, 'x'),
      data: () => service.sendData(room, new Uint8Array([1]), 0, {}),
    };
    for (const [name, call] of Object.entries(calls)) await assert.rejects(call(), { code: 'permission_denied' }, name);
  }
  assert.deepEqual(
    (await service.listRooms()).map(({ name }) => name),
    ['a room of a program'],
  );
});

test('EN7 a token of a briefing is signed by no API key, and says nothing of role or territory', async () => {
  assert.equal(await validate(join.token), 200);
  const [, body = ''] = join.token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  assert.deepEqual([claims.attributes, claims.video.hidden], [undefined, undefined]);
  const forged = await selfMade(meeting.briefing, {}, { identity: join.identity });
  const [head, , signature] = forged.split('.');
  assert.equal(await validate(`${head}.${body}.${signature}`), 401, 'its claims under another signature');
  const [own] = join.token.split('.');
  assert.equal(await validate(`${own}.${body}.${signature}`), 401);
});

test('EN7 PR1 whoever receives anything is in the presence of the officials', async () => {
  const pm = await meeting.enter('Prime');
  const rowOf = async (unit: string) =>
    (await pm.act('presence.list', { root: unit, limit: 1 })).rows.find((row) => row.unit === unit);
  const room = new Room();
  await room.connect(join.url, join.token);
  const row = await until('the unit is here', async () => {
    const found = await rowOf('26734');
    return found?.state === 'here' ? found : undefined;
  });
  assert.equal(row.devices, 1);
  const [me] = [room.localParticipant];
  assert.equal(me?.identity, join.identity);
  await room.disconnect();
});
