import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { DisconnectReason, ParticipantInfo_State, type ParticipantUpdate } from '@livekit/protocol';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { RoomsMessage } from '../../../src/cluster/topics/rooms.ts';
import { oneStage } from '../../../src/domain/shared/stages.ts';
import { LinkedServers } from '../../support/LinkedServers.ts';
import { ownKeys } from '../../support/OwnServer.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { freshRoom } from '../../support/Target.ts';
import { until } from '../../support/until.ts';
import { WebhookSink } from '../../support/WebhookSink.ts';

let nodes: LinkedServers;
let sink: WebhookSink;
const open: { close(): Promise<void> }[] = [];
before(async () => {
  sink = await WebhookSink.open(ownKeys.key, ownKeys.secret);
  nodes = await LinkedServers.start(2, { webhookUrls: [sink.url] });
});
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});
after(async () => {
  await nodes?.close();
  await sink?.close();
});

const join = async (at: number, room: string, identity: string, grant = {}): Promise<SignalClient> => {
  const server = nodes.at(at);
  const client = await SignalClient.open(server.url, await server.token(identity, room, grant));
  open.push(client);
  await client.saw('join');
  return client;
};
/** What a client was told last of somebody, in its join or later. */
const last = (client: SignalClient, identity: string) => {
  const [joined] = client.all('join');
  const told = [
    ...(joined?.otherParticipants ?? []),
    ...client.all('update').flatMap(({ participants }: ParticipantUpdate) => participants),
  ];
  return told.findLast((p) => p.identity === identity);
};
/** The name under which those know somebody who are not told of their green room. */
const sidOf = (identity: string, room: string): string => nodes.at(0).rooms.get(room)?.get(identity)?.sid ?? '';
const isGone = (client: SignalClient, identity: string) =>
  last(client, identity)?.state === ParticipantInfo_State.DISCONNECTED;

test('ND1, ND7 who joins at another node is seen, as they are and change, until they leave, in one room', async () => {
  const room = freshRoom('nodes');
  const an = await join(0, room, 'an', { canUpdateOwnMetadata: true });
  const binh = await join(1, room, 'binh');
  const there = await until('binh is told of an', () => last(binh, 'an'));
  await until('an is told of binh', () => last(an, 'binh'));
  const [one] = an.all('join');
  const [two] = binh.all('join');
  assert.equal(there.sid, one?.participant?.sid);
  assert.equal(two?.room?.sid, one?.room?.sid);
  assert.equal(two?.room?.creationTimeMs, one?.room?.creationTimeMs);
  an.send({ case: 'updateMetadata', value: { metadata: 'm', name: 'An', attributes: { a: '1' } } as never });
  await until('the new name', () => last(binh, 'an')?.name === 'An' && last(binh, 'an')?.metadata === 'm');
  assert.deepEqual(last(binh, 'an')?.attributes, { a: '1' });
  await until('both are counted', () => an.all('roomUpdate').at(-1)?.room?.numParticipants === 2);
  an.send({ case: 'leave', value: {} as never });
  await until('an is gone', () => isGone(binh, 'an'));
  assert.equal(last(binh, 'an')?.disconnectReason, DisconnectReason.CLIENT_INITIATED);
});

test('ND1 a hidden participant is told of at no node', async () => {
  const room = freshRoom('nodes');
  const an = await join(0, room, 'an');
  await join(1, room, 'spy', { hidden: true });
  const binh = await join(1, room, 'binh');
  await until('an is told of binh', () => last(an, 'binh'));
  await until('binh of an', () => last(binh, 'an'));
  assert.equal(last(an, 'spy'), undefined);
});

test('ND5 of one identity at two nodes the later join stays, seen or not', async () => {
  for (const grant of [{}, { hidden: true }]) {
    const room = freshRoom('nodes');
    const other = await join(0, room, 'other');
    const first = await join(0, room, 'an', grant);
    const second = await join(1, room, 'an', grant);
    const leave = await first.saw('leave');
    assert.equal(leave.reason, DisconnectReason.DUPLICATE_IDENTITY);
    assert.equal(second.closed, undefined);
    assert.equal(nodes.at(1).rooms.get(room)?.get('an')?.left, false);
    if ('hidden' in grant) continue;
    const { sid } = second.all('join')[0]?.participant ?? {};
    await until('the other sees the second', () => last(other, 'an')?.sid === sid && !isGone(other, 'an'));
    const third = await join(0, room, 'an');
    assert.equal((await second.saw('leave')).reason, DisconnectReason.DUPLICATE_IDENTITY);
    assert.equal(third.closed, undefined);
  }
});

test('ND10 RoomService does at any node what concerns a participant or a room of another', async () => {
  const room = freshRoom('nodes');
  const [an, binh] = [await join(0, room, 'an'), await join(1, room, 'binh', { hidden: true })];
  await until('the room is known', () => nodes.at(1).rooms.get(room)?.counted === 1);
  const service = new RoomServiceClient(nodes.at(1).api, nodes.at(1).key, nodes.at(1).secret);
  const people = await service.listParticipants(room);
  assert.deepEqual(people.map(({ identity }) => identity).sort(), ['an', 'binh']);
  const rooms = await service.listRooms([room]);
  assert.deepEqual(
    rooms.map(({ sid, numParticipants }) => [sid, numParticipants]),
    [[an.all('join')[0]?.room?.sid, 1]],
  );
  assert.equal((await service.getParticipant(room, 'an')).sid, an.all('join')[0]?.participant?.sid);
  await assert.rejects(service.getParticipant(room, 'nobody'), { status: 404 });
  await service.updateParticipant(room, 'an', { name: 'An' });
  await until('the name', () => last(an, 'an')?.name === 'An');
  await service.updateRoomMetadata(room, 'of the room');
  await until('both are told', () =>
    [an, binh].every((client) => client.all('roomUpdate').at(-1)?.room?.metadata === 'of the room'),
  );
  await service.removeParticipant(room, 'an');
  assert.equal((await an.saw('leave')).reason, DisconnectReason.PARTICIPANT_REMOVED);
  const back = await join(0, room, 'an');
  await new RoomServiceClient(nodes.at(0).api, nodes.at(0).key, nodes.at(0).secret).deleteRoom(room);
  for (const client of [back, binh]) assert.equal((await client.saw('leave')).reason, DisconnectReason.ROOM_DELETED);
  assert.deepEqual(await service.listRooms([room]), []);
  await assert.rejects(service.deleteRoom(room), { status: 404 });
});

test('ND10 what a node has to be asked for that does not answer is refused, not guessed', async () => {
  const room = freshRoom('nodes');
  await join(0, room, 'an');
  const silent = nodes.bus.node('silent');
  const service = new RoomServiceClient(nodes.at(1).api, nodes.at(1).key, nodes.at(1).secret);
  await assert.rejects(service.getParticipant(room, 'binh'), { status: 503 });
  nodes.bus.setAway(silent, true);
  await assert.rejects(service.getParticipant(room, 'binh'), { status: 404 });
});

test('ND1, ND7 an audience that joins at one node costs the others one number a second, and their clients nothing', async () => {
  const room = freshRoom('nodes');
  for (const at of [0, 1]) nodes.at(at).hall.openBriefing(room, oneStage('vn'), []);
  const an = await join(0, room, 'an');
  await until('an is counted', () => nodes.at(1).rooms.get(room)?.counted === 1);
  const before = an.received.length;
  const since = nodes.bus.said.get('rooms')?.length ?? 0;
  for (let i = 0; i < 30; i++) await join(1, room, `viewer ${i}`);
  await until('all are counted', () => nodes.at(0).rooms.get(room)?.counted === 31);
  const said = () => (nodes.bus.said.get('rooms') ?? []).slice(since) as RoomsMessage[];
  const counted = () => said().filter((message) => message.kind === 'counts');
  const came = () => counted().flatMap((message) => message.came.filter(([who]) => who.startsWith('viewer')));
  await until('all were told of, once', () => came().length === 30);
  const people = said().flatMap((message) => ('people' in message ? message.people : []));
  assert.deepEqual(people, [], 'nobody of them is seen');
  const counts = counted();
  assert.ok(counts.length < 30, `${counts.length} messages for 30 joins`);
  assert.deepEqual(
    an.received.slice(before).map(({ message }) => message.case),
    [],
  );
});

test('ND8 a room that is at two nodes starts once and ends once, also when both end it in the same moment', async () => {
  const events = (room: string) => sink.events.filter((event) => event.room?.name === room).map(({ event }) => event);
  for (let again = 0; again < 3; again++) {
    const room = freshRoom('nodes');
    await join(0, room, 'an');
    await until('the room is known', () => nodes.at(1).knows(room));
    await join(1, room, 'binh');
    const service = new RoomServiceClient(nodes.at(1).api, nodes.at(1).key, nodes.at(1).secret);
    await service.deleteRoom(room);
    await until('it has ended', () => events(room).includes('room_finished'));
    // What was said wrongly would have come by the time that both tell of something later.
    for (const at of [0, 1]) {
      const later = freshRoom('later');
      nodes.at(at).rooms.create(later);
      await until('the later room', () => events(later).includes('room_started'));
    }
    assert.deepEqual(
      events(room)
        .filter((event) => event.startsWith('room_'))
        .sort(),
      ['room_finished', 'room_started'],
    );
    const sids = sink.events.flatMap((event) => (event.room?.name === room ? [event.room.sid] : []));
    assert.equal(new Set(sids).size, 1);
  }
});

test('ND6 where one stands is what both nodes say: what lets fewer see them holds', async () => {
  const room = freshRoom('nodes');
  const stage = [{ identity: 'an', place: 'stage', muted: false }] as const;
  nodes.at(0).hall.openBriefing(room, oneStage('vn'), stage);
  nodes.at(1).hall.openBriefing(room, oneStage('vn'), []);
  const binh = await join(1, room, 'binh');
  await join(0, room, 'an');
  await until('node 2 knows of an', () => nodes.at(1).rooms.get(room)?.remote?.get('an'));
  assert.equal(last(binh, sidOf('an', room)), undefined, 'its floor does not know it yet');
  await nodes.at(1).hall.order(room, stage[0]);
  await until('an is seen', () => last(binh, sidOf('an', room)));
  await nodes.at(1).hall.order(room, { identity: 'an', place: 'audience', muted: false });
  await until('an is gone', () => isGone(binh, sidOf('an', room)));
});

test('ND3 who was at a node that died is gone for the others; and is back when it was cut off only', async () => {
  const room = freshRoom('nodes');
  const an = await join(0, room, 'an');
  const binh = await join(1, room, 'binh');
  await until('binh sees an', () => last(binh, 'an'));
  await until('an sees binh', () => last(an, 'binh'));
  nodes.setAway(0, true);
  await until('an is gone', () => isGone(binh, 'an'), 20_000);
  nodes.setAway(0, false);
  await until('an is back', () => !isGone(binh, 'an'), 20_000);
  assert.equal(an.closed, undefined);
});
