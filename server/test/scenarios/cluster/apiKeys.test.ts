import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose, Room } from '@livekit/rtc-node';
import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk';
import type { JoinAnswer } from '../../../src/protocol/briefing.ts';
import { dh } from '../../support/dh.ts';
import { Meeting } from '../../support/Meeting.ts';
import { scheduleNational } from '../../support/nationalBriefing.ts';
import { nodesKnown } from '../../support/nodesKnown.ts';
import { issueLinkFor } from '../../support/people.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { sharedFiles } from '../../support/severalNodes.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** A commune of province 79 that is in the briefing, at the second node. */
const UNIT = '26734';
const everything: VideoGrant = {
  ...{ roomAdmin: true, roomCreate: true, roomList: true, roomRecord: true, ingressAdmin: true },
  ...{ hidden: true, recorder: true, agent: true, canUpdateOwnMetadata: true },
};

let one: TestNode;
let two: TestNode;
let meeting: Meeting;
let join: JoinAnswer;
/** By name of the key, as `dh keys add` prints them. */
const secrets = new Map<string, string>();
const open: SignalClient[] = [];

const keys = async (...args: string[]): Promise<string> => {
  const { status, out, err } = await dh('keys/main', args, { DATA_DIR: one.folder, DATABASE_URL: '', REDIS_URL: '' });
  assert.equal(status, 0, err);
  return out;
};
const add = async (name: string, rooms: string): Promise<void> => {
  const [, secret = ''] = /^LIVEKIT_API_SECRET=(.+)$/m.exec(await keys('add', name, '--room', rooms)) ?? [];
  secrets.set(name, secret);
};
const service = (node: TestNode, name: string) => new RoomServiceClient(node.internalUrl, name, secrets.get(name));

before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1', NODE_ID: 'one' });
  const stores = { DATABASE_URL: one.stores.databaseUrl, REDIS_URL: one.stores.redisUrl };
  two = await TestNode.create({ ...stores, ...sharedFiles(one.folder), ALLOW_SECOND_NODE: '1', NODE_ID: 'two' });
  for (const { internalUrl } of [one, two]) await nodesKnown(internalUrl, 2);
  await add('province-79', '79-*');
  await add('province-01', '01-*');
  await add('whole', '*');
  for (const node of [one, two])
    for (const name of secrets.keys())
      await until(`${name} is known`, () =>
        service(node, name)
          .listRooms()
          .then(
            () => true,
            () => false,
          ),
      );
  meeting = await Meeting.open(one);
  const seat = await two.signIn(await issueLinkFor(one, 'seat', UNIT));
  join = (await seat.post(`/api/briefings/${meeting.briefing}/join`)).body;
});
after(async () => {
  for (const client of open) await client.close();
  meeting?.close();
  await two?.close();
  await one?.close();
  await dispose();
});

const sign = (name: string, room: string, identity: string, grant: VideoGrant = {}): Promise<string> => {
  const token = new AccessToken(name, secrets.get(name), { identity, ttl: 600 });
  token.addGrant({ roomJoin: true, room, ...grant });
  return token.toJwt();
};
const enter = async (node: TestNode, token: string): Promise<SignalClient> => {
  const client = await SignalClient.open(node.url.replace('http', 'ws'), token);
  open.push(client);
  await client.saw('join');
  return client;
};
const validate = async (node: TestNode, token: string) =>
  (await fetch(`${node.url}/rtc/validate?access_token=${token}`)).status;

/** Everything that a program may ask about a room. */
const calls = (by: RoomServiceClient, room: string, who: string): Record<string, () => Promise<unknown>> => ({
  list: () => by.listParticipants(room),
  get: () => by.getParticipant(room, who),
  remove: () => by.removeParticipant(room, who),
  mute: () => by.mutePublishedTrack(room, who, 'TR_x', true),
  update: () => by.updateParticipant(room, who, 'x', { hidden: true }),
  subscribe: () => by.updateSubscriptions(room, who, ['TR_x'], true),
  create: () => by.createRoom({ name: room, maxParticipants: 1 }),
  delete: () => by.deleteRoom(room),
  metadata: () => by.updateRoomMetadata(room, 'x'),
  data: () => by.sendData(room, new Uint8Array([1]), 0, {}),
  move: () => by.moveParticipant(room, who, '79-mine'),
  fetch: () => by.moveParticipant('79-mine', who, room),
  forward: () => by.forwardParticipant(room, who, '79-mine'),
});
async function refusedAtBoth(name: string, room: string, who: string): Promise<void> {
  for (const node of [one, two]) {
    for (const [what, call] of Object.entries(calls(service(node, name), room, who)))
      await assert.rejects(call(), { status: 403, code: 'permission_denied' }, what);
    for (const identity of [who, 'spy'])
      for (const grant of [{}, everything])
        assert.equal(await validate(node, await sign(name, room, identity, grant)), 403, `${identity} of ${name}`);
    await assert.rejects(
      SignalClient.open(node.url.replace('http', 'ws'), await sign(name, room, 'spy', everything)),
      /403/,
    );
  }
}

test('CL64 KY2 a key of one province neither sees nor touches the room of another, which the other node alone has', async () => {
  const clerk = await enter(two, await sign('province-01', '01-office', 'clerk'));
  await service(two, 'province-01').updateRoomMetadata('01-office', 'before');
  await refusedAtBoth('province-79', '01-office', 'clerk');
  await refusedAtBoth('province-79', '01-nowhere', 'clerk');
  await service(one, 'province-79').createRoom({ name: '79-office' });
  for (const node of [one, two])
    for (const names of [undefined, ['01-office', '79-office']])
      assert.deepEqual(
        (await service(node, 'province-79').listRooms(names)).map(({ name }) => name),
        ['79-office'],
      );
  const theirs = service(one, 'province-01');
  assert.equal((await theirs.listRooms())[0]?.metadata, 'before');
  const [there, ...more] = await theirs.listParticipants('01-office');
  assert.deepEqual([there?.identity, there?.metadata, there?.permission?.hidden, more], ['clerk', '', false, []]);
  assert.deepEqual([clerk.closed, clerk.all('leave'), clerk.all('roomMoved')], [undefined, [], []]);
});

test('CL64 EN6 a key for all rooms opens no briefing at either node, of which the other one alone has somebody, or which was just made there', async () => {
  const pm = await meeting.enter('Prime');
  const room = new Room();
  await room.connect(join.url, join.token);
  const rowOf = async () =>
    (await pm.act('presence.list', { root: UNIT, limit: 1 })).rows.find(({ unit }) => unit === UNIT);
  await until('the unit is here', async () => (await rowOf())?.state === 'here');
  await refusedAtBoth('whole', meeting.briefing, join.identity);

  // A room of their own, in which a device of the unit is said to be: it is another one.
  const fake = await enter(one, await sign('whole', 'somewhere', join.identity, everything));
  const scheduled = await scheduleNational(pm.program);
  await assert.rejects(service(two, 'whole').createRoom({ name: scheduled }), { code: 'permission_denied' });
  await refusedAtBoth('whole', scheduled, join.identity);
  for (const node of [one, two]) {
    const names = (await service(node, 'whole').listRooms()).map(({ name }) => name);
    assert.ok(names.includes('somewhere'));
    assert.ok(!names.includes(meeting.briefing) && !names.includes(scheduled), `${names}`);
  }
  await service(two, 'whole').removeParticipant('somewhere', join.identity);
  await fake.saw('leave');
  assert.deepEqual([room.isConnected, (await rowOf())?.devices], [true, 1]);
  await room.disconnect();
});

test('CL64 KY4 a key that is withdrawn is none at either node, and whoever came by it to the other one is out', async () => {
  const guest = await enter(two, await sign('province-79', '79-guest', 'guest'));
  const token = await guest.saw('refreshToken');
  await keys('withdraw', 'province-79');
  await guest.saw('leave');
  await guest.ended();
  for (const node of [one, two]) {
    await until('it is withdrawn', async () => (await validate(node, token)) === 401);
    await assert.rejects(service(node, 'province-79').listRooms(), { status: 401 });
  }
});
