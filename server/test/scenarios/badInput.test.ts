import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { SessionDescription } from '@livekit/protocol';
import { dispose, RoomEvent } from '@livekit/rtc-node';
import { Browser } from '../support/Browser.ts';
import { Census } from '../support/Census.ts';
import type { AudioProbe } from '../support/probes.ts';
import { RtcClient } from '../support/RtcClient.ts';
import { SignalClient } from '../support/SignalClient.ts';
import { clientDescriptions } from '../support/sdp/golden.ts';
import { mutate, seededRandom } from '../support/sdp/mutate.ts';
import { freshRoom, Target } from '../support/Target.ts';
import { until } from '../support/until.ts';

/** Two who talk all through this file, in a room to which the bad ones come too. */
const census = new Census();
const room = freshRoom('bad');
let target: Target;
let speaker: RtcClient;
let listener: RtcClient;
let ear: AudioProbe;
let calm: { timers: number; media: Census['media'] };

before(async () => {
  target = await Target.open();
  speaker = await RtcClient.join(target, { room, identity: 'speaker' });
  listener = await RtcClient.join(target, { room, identity: 'listener' });
  await speaker.publishTone(440);
  ear = await listener.listen('speaker');
  await until('the tone', () => ear.hears(440));
  calm = { timers: census.timers, media: census.media };
  assert.ok(calm.media.transports >= 4 && calm.timers > 0, 'the census counts nothing');
});
after(async () => {
  await speaker?.close();
  await listener?.close();
  await target?.close();
  census.close();
  await dispose();
});

const own = () => {
  if (!target.own) throw new Error('these tests look into our own server');
  return target.own;
};
const join = async (identity: string) => SignalClient.open(target.url, await target.token(identity, room));

/** The two hear each other as before, nobody else is there any more, and nothing of the others is left. */
async function nothingHappened(): Promise<void> {
  const frames = ear.frames;
  await until('the tone goes on', () => ear.frames > frames + 20 && ear.hears(440));
  await speaker.say('still here');
  await until('data still goes through', () => listener.messages.at(-1) === 'speaker>still here');
  await until('the two are alone', () => own().rooms.get(room)?.participants.size === 2, 40_000);
  const broken = [RoomEvent.Reconnecting, RoomEvent.Disconnected, RoomEvent.TrackUnsubscribed];
  assert.deepEqual(
    broken.flatMap((name) => [...speaker.events.of(name), ...listener.events.of(name)]),
    [],
  );
  await until('no transport, producer or consumer is left over', () => {
    return JSON.stringify(census.media) === JSON.stringify(calm.media);
  });
  // Sockets that were just closed have a last timer of two seconds; the two have theirs.
  await until('no timer is left over', () => census.timers <= calm.timers + 4, 15_000).catch(() => {
    assert.fail(`${census.timers} timers, ${calm.timers} before`);
  });
  const usage = await own().sfu.usage();
  assert.equal(
    usage.reduce((sum, worker) => sum + worker.peers, 0),
    2,
  );
}

test('two hundred mutated descriptions as offers and answers put their senders out of step at most', async () => {
  const random = seededRandom(20_261_125);
  const descriptions = clientDescriptions();
  for (let i = 0; i < 200; i += 10) {
    await Promise.all(
      Array.from({ length: 10 }, async (_, k) => {
        const bad = await join(`mutant-${i + k}`);
        await bad.saw('offer');
        const type = (i + k) % 3 === 0 ? 'answer' : 'offer';
        const original = descriptions[Math.floor(random() * descriptions.length)] ?? '';
        const sdp = mutate(original, descriptions, random);
        bad.send({ case: type, value: new SessionDescription({ type, sdp, id: 1 }) });
        bad.send({ case: 'ping', value: 1n });
        await until('an answer, a leave, or a pong', () => {
          return bad.all('answer').length + bad.all('leave').length + bad.all('pong').length > 0;
        });
        bad.send({ case: 'leave', value: {} as never });
        await bad.close();
      }),
    );
  }
  await nothingHappened();
});

test('nonsense on data channels is counted and goes to nobody', async (t) => {
  const browser = await Browser.open();
  t.after(() => browser.close());
  const options = { singlePeerConnection: false };
  const bad = await browser.join(target, { room, identity: 'babbler', options });
  const heard = listener.events.of(RoomEvent.DataReceived).length;
  await bad.run(`
    await room.localParticipant.publishData(new Uint8Array([1]), { reliable: true, destinationIdentities: ['nobody'] });
    for (const kind of [0, 1, 2]) {
      const channel = room.engine.dataChannelForKind(kind);
      for (const size of [0, 1, 100, 60000, 200000]) {
        channel.send(crypto.getRandomValues(new Uint8Array(Math.min(size, 65536))));
        channel.send('text'.repeat(size / 10));
      }
    }
  `);
  await until('refusals', () => (own().ignored.get('data malformed') ?? 0) >= 4);
  assert.equal(listener.events.of(RoomEvent.DataReceived).length, heard);
  await bad.close();
  await nothingHappened();
});

test('a flood of data ends its sender’s connection, and puts nobody else out', async (t) => {
  const browser = await Browser.open();
  t.after(() => browser.close());
  const bad = await browser.join(target, { room, identity: 'flooder', options: { singlePeerConnection: false } });
  await bad.run(`
    const bytes = new Uint8Array(15000);
    const flood = async () => {
      for (let i = 0; i < 2000; i++) await room.localParticipant.publishData(bytes, { reliable: i % 2 === 0 });
    };
    flood().catch(() => {});
  `);
  await bad.saw('reconnecting', { ms: 60_000 });
  assert.ok((own().ignored.get('data too-much') ?? 0) > 0);
  await bad.close();
  await nothingHappened();
});

test('sockets that are opened and left, half asked or frozen, end by themselves', async (t) => {
  const { hostname, port } = new URL(target.http);
  const sockets: Socket[] = [];
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (let i = 0; i < 30; i++) {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      ['', 'GET /rtc HTTP/1.1\r\nHost: x\r\n', 'POST /twirp/livekit.RoomService/ListRooms HTTP/1.1\r\n'][i % 3] ?? '',
    );
    sockets.push(socket);
  }
  const frozen = await Promise.all(Array.from({ length: 5 }, (_, i) => join(`frozen-${i}`)));
  // Reads nothing any more, so it answers no ping either; its offer is never answered.
  for (const { socket } of frozen) socket.pause();
  await until('all five are there', () => own().rooms.get(room)?.participants.size === 7);
  await until('the frozen ones are put out', () => own().rooms.get(room)?.participants.size === 2, 40_000);
  for (const client of frozen) await client.close();
  await nothingHappened();
});

test('clients that come and go at once, before and after their media, leave nothing', async () => {
  await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const bad = await join(`hasty-${i}`);
      if (i % 2) await bad.saw('offer');
      await bad.close();
    }),
  );
  for (let i = 0; i < 3; i++) {
    const hasty = await RtcClient.join(target, { room, identity: 'hasty' });
    await hasty.publishTone(900);
    await hasty.close();
  }
  await nothingHappened();
});
