import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { SfuRoom } from '../../../src/media/sfu/types.ts';
import { transmit } from '../../support/camera.ts';
import { LinkedSfus } from '../../support/LinkedSfus.ts';
import { cleanup, type NativePeer } from '../../support/NativePeer.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

after(cleanup);

const RTCP = new Set([72, 73, 74, 75, 76]);

function received(viewer: NativePeer): { readonly count: number } {
  const got = { count: 0 };
  viewer.on('rtp', (_mid, packet) => {
    if (!RTCP.has((packet[1] ?? 0) & 0x7f)) got.count += 1;
  });
  return got;
}

async function camera(peer: NativePeer, ssrc: number) {
  const [track] = await peer.openPublisher(['_reliable'], [{ kind: 'video', ssrc }]);
  assert.ok(track);
  return track;
}

/** A speaker with a picture, and a viewer on each worker who sees it. */
async function shown(t: Parameters<typeof startSfu>[0], room: SfuRoom) {
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const viewers = await Promise.all(['v1', 'v2', 'v3'].map((id) => join(t, room, id)));
  assert.equal(new Set(viewers.map(({ peer }) => peer.worker)).size, 2);
  const first = await camera(speaker, 1001);
  const track = await speaker.peer.publish({
    ...{ sid: 'TR_v', kind: 'video', paused: false },
    rtpParameters: first.rtpParameters,
  });
  const stream = transmit(first);
  const got = viewers.map(received);
  const forwarded = await Promise.all(
    viewers.map(async (viewer) => {
      const copy = await viewer.peer.subscribe(track);
      await viewer.subscribe([copy]);
      return copy;
    }),
  );
  await until('the picture everywhere', () => got.every(({ count }) => count > 5));
  return { speaker, viewers, track, stream, got, forwarded };
}

test('a speaker who comes back on new transports is seen at once by all who saw them, who notice nothing', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const { speaker, viewers, track, stream, got, forwarded } = await shown(t, room);
  const ends: string[] = [];
  track.once('closed', () => ends.push('track'));
  for (const [i, copy] of forwarded.entries()) copy.once('closed', () => ends.push(`viewer ${i}`));
  // What is made last for a peer; what there is can be counted then.
  await until('all channels', () => [speaker, ...viewers].every(({ peer }) => peer.dataIsOpen));
  const before = await sfu.handlers();

  for (let nr = 1, last = speaker, sending = stream; nr <= 3; nr++) {
    const again = await join(t, room, `speaker ${nr}`, { publisher: true, near: last.peer });
    assert.equal(again.peer.worker, speaker.peer.worker);
    const next = await camera(again, 2000 + nr);
    sending.stop();
    sending = transmit(next);
    const continued = await again.peer.publish({
      ...{ sid: 'another', kind: 'video', paused: false, continues: track },
      rtpParameters: next.rtpParameters,
    });
    assert.equal(continued, track);
    assert.equal(continued.sid, 'TR_v');
    last.peer.close();
    const counts = got.map(({ count }) => count);
    await until(`picture ${nr} everywhere`, () => got.every(({ count }, i) => count > (counts[i] ?? 0) + 20));
    await until('their channels', () => again.peer.dataIsOpen);
    last = again;
    t.after(() => sending.stop());
  }
  assert.deepEqual(ends, []);
  await until('nothing of the peers before', async () => (await sfu.handlers()) === before);
});

test('one who comes back with another codec continues nothing, and the track before is as it was', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const { speaker, track, stream, got } = await shown(t, room);
  t.after(() => stream.stop());
  const again = await join(t, room, 'again', { publisher: true, near: speaker.peer });
  const [microphone] = await again.openPublisher(['_reliable'], [{ kind: 'audio', ssrc: 3001 }]);
  assert.ok(microphone);
  await assert.rejects(
    again.peer.publish({
      ...{ sid: 'x', kind: 'audio', paused: false, continues: track },
      rtpParameters: microphone.rtpParameters,
    }),
    /different kind, type, encodings or codecs/,
  );
  const counts = got.map(({ count }) => count);
  await until('the picture still', () => got.every(({ count }, i) => count > (counts[i] ?? 0) + 10));
});

test('viewers at another node go on as well, and a node that pulls it afterwards gets what is sent now', async (t) => {
  const [a, b, c] = await Promise.all([1, 1, 1].map((workers) => startSfu(t, { workers })));
  assert.ok(a && b && c);
  const linked = new LinkedSfus();
  const origin = linked.add(a, 'a');
  for (const [name, sfu] of [
    ['b', b],
    ['c', c],
  ] as const)
    linked.add(sfu, name);
  const room = a.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const first = await camera(speaker, 1001);
  const track = await speaker.peer.publish({
    ...{ sid: 'TR_v', kind: 'video', paused: false },
    rtpParameters: first.rtpParameters,
  });
  const stream = transmit(first);
  const watch = async (sfu: typeof b, id: string) => {
    const elsewhere = sfu.createRoom('r');
    const viewer = await join(t, elsewhere, id);
    const got = received(viewer);
    const remote = elsewhere.remoteTrack({ ...{ sid: 'TR_v', kind: 'video', layers: 1, paused: false }, origin });
    await viewer.subscribe([await viewer.peer.subscribe(remote)]);
    await until(`the picture at ${id}`, () => got.count > 10);
    return got;
  };
  const atB = await watch(b, 'viewer of b');

  const again = await join(t, room, 'speaker again', { publisher: true, near: speaker.peer });
  const next = await camera(again, 2001);
  stream.stop();
  const sending = transmit(next);
  t.after(() => sending.stop());
  await again.peer.publish({
    ...{ sid: 'another', kind: 'video', paused: false, continues: track },
    rtpParameters: next.rtpParameters,
  });
  speaker.peer.close();
  const before = atB.count;
  await until('the picture at b from the new transports', () => atB.count > before + 20);
  await watch(c, 'viewer of c');
  assert.deepEqual(
    linked.pulls.map(({ by }) => by),
    ['b', 'c'],
    'b has pulled nothing anew',
  );
});
