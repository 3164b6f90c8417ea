import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { DataPacket, DataPacket_Kind, ParticipantInfo_Kind } from '@livekit/protocol';
import { DataRouter, type DataRouterOptions } from './DataRouter.ts';
import type { RpcFailure } from './ServerRpc.ts';
import type { DataParticipant, DataRoom } from './types.ts';

type PacketInit = NonNullable<ConstructorParameters<typeof DataPacket>[0]>;

/** A room of participants that only keep what they are sent. */
class FakeRoom implements DataRoom {
  readonly name = 'r';
  readonly members = new Map<string, Fake>();
  get participants() {
    return this.members.values();
  }
  get(identity: string) {
    return this.members.get(identity);
  }
}
class Fake implements DataParticipant {
  readonly sid: string;
  readonly kind = ParticipantInfo_Kind.STANDARD;
  permission = { canPublishData: true, canSubscribeMetrics: false, agent: false };
  dataIsOpen = true;
  takes = true;
  gone = false;
  readonly got: string[] = [];
  readonly packets: DataPacket[] = [];
  readonly room: FakeRoom;
  readonly identity: string;
  readonly joinedAt: number;
  constructor(room: FakeRoom, identity: string, joinedAt: number) {
    this.room = room;
    this.identity = identity;
    this.joinedAt = joinedAt;
    this.sid = `PA_${identity}`;
    room.members.set(identity, this);
  }
  sendData(kind: string, payload: Uint8Array): boolean {
    if (!this.takes) return false;
    const packet = DataPacket.fromBinary(payload);
    this.packets.push(packet);
    const { value } = packet;
    const text = value.case === 'user' ? new TextDecoder().decode(value.value.payload) : (value.case ?? '');
    this.got.push(`${kind === 'lossy' ? '~' : ''}${text}`);
    return true;
  }
  leave() {
    this.gone = true;
  }
}

function hall(t: TestContext, options: DataRouterOptions = {}) {
  const clock = { now: 1_000 };
  const refused: string[] = [];
  const router = new DataRouter({ now: () => clock.now, refused: (why) => refused.push(why), ...options });
  t.after(() => router.close());
  const room = new FakeRoom();
  const join = (identity: string, open = true) => {
    const participant = new Fake(room, identity, clock.now);
    if (open) router.opened(participant);
    else participant.dataIsOpen = false;
    return participant;
  };
  const say = (from: Fake, text: string, more: PacketInit = {}, kind: 'reliable' | 'lossy' = 'reliable') =>
    router.received(
      from,
      kind,
      new DataPacket({
        value: { case: 'user', value: { payload: new TextEncoder().encode(text) } },
        ...more,
      }).toBinary(),
    );
  return { clock, refused, router, room, join, say };
}

test('DM1 DM2 a message goes to everybody else, under its sender’s own name', (t) => {
  const { join, say } = hall(t);
  const [an, binh, chi] = [join('an'), join('binh'), join('chi')];
  const value = {
    case: 'user',
    value: { payload: new Uint8Array([120]), participantSid: 'PA_chi', participantIdentity: 'chi' },
  } as const;
  say(an, '', { participantIdentity: 'chi', participantSid: 'PA_chi', value });
  assert.deepEqual([an.got, binh.got, chi.got], [[], ['x'], ['x']]);
  const [packet] = binh.packets;
  assert.deepEqual([packet?.participantIdentity, packet?.participantSid], ['an', 'PA_an']);
  assert.deepEqual(packet?.value.case === 'user' && packet.value.value.participantIdentity, 'an');
});

test('DM1 the channel, not the packet, decides what is reliable', (t) => {
  const { join, say } = hall(t);
  const [an, binh] = [join('an'), join('binh')];
  say(an, 'a', { kind: DataPacket_Kind.LOSSY }, 'reliable');
  say(an, 'b', { kind: DataPacket_Kind.RELIABLE }, 'lossy');
  assert.deepEqual(binh.got, ['a', '~b']);
});

test('DM2 named recipients alone get it, by identity, or by sid in old packets; never the sender', (t) => {
  const { join, say } = hall(t);
  const [an, binh, chi] = [join('an'), join('binh'), join('chi')];
  say(an, 'one', { destinationIdentities: ['binh', 'nobody', 'an'] });
  const value = { case: 'user' as const, value: { payload: new Uint8Array([120]), destinationSids: ['PA_chi'] } };
  say(an, '', { value });
  assert.deepEqual([an.got, binh.got, chi.got], [[], ['one'], ['x']]);
});

test('DM3 without the right to send, nothing goes out', (t) => {
  const { join, say, refused } = hall(t);
  const [an, binh] = [join('an'), join('binh')];
  an.permission.canPublishData = false;
  say(an, 'x');
  assert.deepEqual([binh.got, refused], [[], ['not-allowed']]);
});

test('DM7 transcriptions come from agents, metrics go to those who may see them, unknown kinds nowhere', (t) => {
  const { join, say, refused, router } = hall(t);
  const [an, binh, chi] = [join('an'), join('binh'), join('chi')];
  chi.permission.canSubscribeMetrics = true;
  say(an, '', { value: { case: 'transcription', value: {} } });
  say(an, '', { value: { case: 'metrics', value: {} } });
  say(an, '', { value: { case: 'speaker', value: {} } });
  router.received(an, 'reliable', new Uint8Array([0xff, 0xff, 0xff]));
  assert.deepEqual([binh.got, chi.got], [[], ['metrics']]);
  assert.deepEqual(refused, ['not-allowed', 'unknown-kind', 'malformed']);
  an.permission.agent = true;
  say(an, '', { value: { case: 'transcription', value: {} } });
  assert.deepEqual(binh.got, ['transcription']);
});

test('DM4 a reliable number counts once, lossy and unnumbered ones always', (t) => {
  const { join, say, router, refused } = hall(t);
  const [an, binh] = [join('an'), join('binh')];
  for (const sequence of [1, 2, 2, 1, 3]) say(an, String(sequence), { sequence });
  say(an, 'none');
  say(an, 'none');
  say(an, 'l', { sequence: 1 }, 'lossy');
  assert.deepEqual(binh.got, ['1', '2', '3', 'none', 'none', '~l']);
  assert.deepEqual([router.lastSequence(an), router.lastSequence(binh)], [3, 0]);
  assert.deepEqual(refused, ['repeated', 'repeated']);
});

test('DM5 what comes before a channel opens is held, in order, and only since they joined', (t) => {
  const { join, say, router, clock } = hall(t);
  const [an, binh] = [join('an'), join('binh')];
  say(an, 'before');
  clock.now += 10;
  const chi = join('chi', false);
  say(an, 'one');
  say(binh, 'two');
  say(an, 'lossy', {}, 'lossy');
  say(an, 'for binh', { destinationIdentities: ['binh'] });
  router.opened(chi);
  router.opened(chi);
  say(an, 'three');
  assert.deepEqual(
    chi.got.filter((text) => text !== '~lossy'),
    ['one', 'two', 'three'],
  );
});

test('DM5 what is kept is bounded by age and by bytes', (t) => {
  const { join, say, router, clock } = hall(t, { keptMs: 100, keptBytes: 1_000 });
  const an = join('an');
  const [early, late] = [join('early', false), join('late', false)];
  say(an, 'old');
  clock.now += 101;
  say(an, 'new');
  router.opened(early);
  assert.deepEqual(early.got, ['new']);
  for (let i = 0; i < 50; i++) say(an, 'x'.repeat(100));
  router.opened(late);
  assert.ok(late.got.length < 10 && late.got.length > 3, `${late.got.length}`);
});

test('DM6 whoever cannot take a reliable message joins anew', (t) => {
  const { join, say } = hall(t);
  const [an, binh, chi] = [join('an'), join('binh'), join('chi')];
  binh.takes = false;
  say(an, 'lossy', {}, 'lossy');
  assert.equal(binh.gone, false);
  say(an, 'x');
  assert.deepEqual([binh.gone, chi.got], [true, ['~lossy', 'x']]);
});

test('DM8 a message of the server comes from nobody, and once for each nonce', (t) => {
  const { join, router, room } = hall(t);
  const [an, binh] = [join('an'), join('binh')];
  const message = { payload: new TextEncoder().encode('s'), kind: DataPacket_Kind.RELIABLE, topic: 't' };
  const to = { destinationIdentities: [], destinationSids: [] };
  const nonce = new Uint8Array([1, 2, 3]);
  router.sendFromServer(room, { ...message, ...to, nonce });
  router.sendFromServer(room, { ...message, ...to, nonce });
  router.sendFromServer(room, { ...message, ...to, nonce: new Uint8Array(), destinationSids: ['PA_binh'] });
  assert.deepEqual([an.got, binh.got], [['s'], ['s', 's']]);
  assert.equal(an.packets[0]?.participantIdentity, '');
});

test('a call of the server is answered, refused, or ends when its participant leaves', async (t) => {
  const { join, router } = hall(t);
  const [an, binh] = [join('an'), join('binh')];
  const call = { method: 'm', payload: 'p', responseTimeoutMs: 1_000 };
  const reply = (value: PacketInit['value']) =>
    router.received(an, 'reliable', new DataPacket({ value } as PacketInit).toBinary());
  const id = () => {
    const value = an.packets.at(-1)?.value;
    return value?.case === 'rpcRequest' ? value.value.id : '';
  };
  const first = router.rpc.perform(an, call);
  reply({ case: 'rpcAck', value: { requestId: id() } });
  reply({ case: 'rpcResponse', value: { requestId: id(), value: { case: 'payload', value: 'done' } } });
  assert.equal(await first, 'done');
  const second = router.rpc.perform(an, call);
  reply({
    case: 'rpcResponse',
    value: { requestId: id(), value: { case: 'error', value: { code: 1400, message: 'no' } } },
  });
  await assert.rejects(second, (e: RpcFailure) => e.rpc.code === 1400 && e.message === 'no');
  const third = router.rpc.perform(an, call);
  router.left(an);
  await assert.rejects(third, { message: 'Recipient disconnected' });
  const late = router.rpc.perform(an, { ...call, responseTimeoutMs: 20 });
  await assert.rejects(late, { message: 'Connection timeout' });
  assert.deepEqual(binh.got, [], 'the answers went to others');
});

test('a call of the server with the longest time that LiveKit’s message can name is waited for', async (t) => {
  const { join, router } = hall(t);
  const an = join('an');
  const answer = router.rpc.perform(an, { method: 'm', payload: 'p', responseTimeoutMs: 2 ** 32 - 1 });
  const value = an.packets.at(-1)?.value;
  const requestId = value?.case === 'rpcRequest' ? value.value.id : '';
  const reply = (said: PacketInit['value']) =>
    router.received(an, 'reliable', new DataPacket({ value: said } as PacketInit).toBinary());
  reply({ case: 'rpcAck', value: { requestId } });
  // A timer that overflows ends within a millisecond.
  await new Promise((passed) => setTimeout(passed, 20));
  reply({ case: 'rpcResponse', value: { requestId, value: { case: 'payload', value: 'done' } } });
  assert.equal(await answer, 'done');
});

test('DM9 one who sends too much: lossy messages are dropped, a reliable one ends their connection; others go on', (t) => {
  const { join, say, refused, clock } = hall(t, { bytesPerSecond: 10_000 });
  const [an, binh, chi] = [join('an'), join('binh'), join('chi')];
  for (let i = 0; i < 60; i++) say(an, `${i}`, {}, 'lossy');
  assert.equal(binh.got.length, 50, 'ten seconds at once, small messages counting as two kilobytes');
  assert.deepEqual([an.gone, refused.length, refused[0]], [false, 10, 'too-much']);
  clock.now += 1_000;
  for (let i = 0; i < 6; i++) say(an, 'r');
  assert.deepEqual([an.gone, chi.got.length], [true, 55]);
  say(binh, 'b');
  assert.deepEqual([binh.gone, chi.got.length], [false, 56]);
});

test('DM9 who comes back gets no new allowance, until it has filled again', (t) => {
  const { join, say, clock } = hall(t, { bytesPerSecond: 10_000 });
  const [an, binh] = [join('an'), join('binh')];
  for (let i = 0; i < 51; i++) say(an, `${i}`);
  assert.deepEqual([an.gone, binh.got.length], [true, 50]);
  const again = join('an');
  say(again, 'x');
  assert.deepEqual([again.gone, binh.got.length], [true, 50]);
  clock.now += 10_000;
  const calm = join('an');
  say(calm, 'x');
  assert.deepEqual([calm.gone, binh.got.length], [false, 51]);
});
