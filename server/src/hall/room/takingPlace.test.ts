import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { type TestContext, test } from 'node:test';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import { DisconnectReason, ParticipantInfo_Kind, ParticipantPermission, TrackInfo, TrackType } from '@livekit/protocol';
import { pino } from 'pino';
import { oneStage } from '../../domain/shared/stages.ts';
import type { ProducedTrack, SfuPeer, SfuRoom } from '../../media/sfu/types.ts';
import type { Participant } from './Participant.ts';
import { Rooms } from './Rooms.ts';

class FakeTrack extends EventEmitter {
  readonly layers = 1;
  readonly kind = 'video';
  readonly paused = false;
  want(): void {}
  async pause(): Promise<void> {}
  async resume(): Promise<void> {}
  close(): void {}
}

class FakePeer extends EventEmitter {
  readonly worker = 0;
  readonly dataIsOpen = false;
  isOpen = true;
  close(): void {
    this.isOpen = false;
  }
}

/** A briefing with one speaker, who connects again and again. */
function speaker(t: TestContext) {
  const peers: FakePeer[] = [];
  const createPeer = async () => {
    const peer = new FakePeer();
    peers.push(peer);
    return peer as unknown as SfuPeer;
  };
  const room = { createPeer, gather: () => () => undefined, close: () => undefined } as unknown as SfuRoom;
  const sfu = { createRoom: () => room };
  const config = parseSfuConfig({});
  const rooms = new Rooms({ sfu, log: pino({ level: 'silent' }), config, autoCreate: false });
  rooms.createStage('r', oneStage('vn'), [{ identity: 'pm', place: 'stage', muted: false }]);
  t.after(() => rooms.close());
  const client = { sdk: '', version: '', protocol: 15, clientProtocol: 0, capabilities: [] };
  return {
    connect: () =>
      rooms.join({
        ...{ room: 'r', identity: 'pm', name: '', metadata: '', attributes: {} },
        kind: ParticipantInfo_Kind.STANDARD,
        permission: new ParticipantPermission({ canPublish: true, canSubscribe: true, canPublishData: true }),
        client: { ...client, adaptiveStream: true, autoSubscribe: true },
      }),
    send: ({ publishing }: Participant, sid: string) => {
      const info = new TrackInfo({ sid, type: TrackType.VIDEO });
      const media = publishing.awaited(sid)?.media ?? (new FakeTrack() as unknown as ProducedTrack);
      publishing.add(info, sid, media);
    },
    peers,
    rooms,
    open: () => peers.map(({ isOpen }) => isOpen),
  };
}

test('CB3 who connects anew again and again, and sends nothing, keeps one connection open beside the last', async (t) => {
  const { connect, send, open } = speaker(t);
  const first = await connect();
  send(first, 'TR_1');
  for (let times = 0; times < 5; times++) await connect();
  assert.deepEqual(open(), [true, false, false, false, false, true]);
  const last = await connect();
  assert.equal(last.sid, first.sid);
  send(last, 'TR_1');
  assert.deepEqual(open(), [false, false, false, false, false, false, true]);
});

test('CB3 a connection is closed when what came on it was sent again, whatever else is awaited', async (t) => {
  const { connect, send, open } = speaker(t);
  const first = await connect();
  send(first, 'TR_1');
  send(first, 'TR_2');
  const second = await connect();
  send(second, 'TR_1');
  const third = await connect();
  send(third, 'TR_2');
  assert.deepEqual(open(), [false, true, true], 'of the second there is the first track');
  const fourth = await connect();
  send(fourth, 'TR_1');
  assert.deepEqual(open(), [false, false, true, true]);
  fourth.leave(DisconnectReason.CLIENT_INITIATED);
  assert.deepEqual(open(), [false, false, false, false]);
});

test('CB3 a track that ended while its publisher came back keeps no connection open', async (t) => {
  const { connect, send, open } = speaker(t);
  const first = await connect();
  send(first, 'TR_1');
  const coming = connect();
  const [publication] = first.publications.values();
  assert.ok(publication);
  first.publishing.remove(publication, false);
  await coming;
  assert.deepEqual(open(), [false, true]);
});

test('CB3 what was not sent for long ends, though its publisher connects anew in time each time', async (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const { connect, send, open } = speaker(t);
  send(await connect(), 'TR_1');
  for (now = 1_000; now < 16_000; now += 4_000) assert.equal((await connect()).publications.size, 1);
  now = 17_000;
  const last = await connect();
  assert.equal(last.publications.size, 0);
  assert.deepEqual(open(), [false, false, false, false, false, true]);
});

test('CB1 a connection whose place was taken says nothing more, though its tracks are awaited', async (t) => {
  const { connect, send, peers, rooms, open } = speaker(t);
  const heard: string[] = [];
  rooms.on('data', (from) => heard.push(from === second ? 'the second' : 'the first'));
  const first = await connect();
  first.touch();
  send(first, 'TR_1');
  const second = await connect();
  assert.deepEqual(open(), [true, true]);
  for (const peer of peers) peer.emit('data', 'reliable', new Uint8Array());
  assert.deepEqual(heard, ['the second']);
});
