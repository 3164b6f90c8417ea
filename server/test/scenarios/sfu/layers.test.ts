import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { senderReport } from '../../../../scripts/load/rtcp.ts';
import type { Peer } from '../../../src/media/sfu/peer/Peer.ts';
import type { TrackConsumer } from '../../../src/media/sfu/track/TrackConsumer.ts';
import { cleanup, type NativeTrack, rtpPacket, vp8 } from '../../support/NativePeer.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

after(cleanup);

const LOW = 2001;
const HIGH = 2002;
const FRAME_MS = 40;

/**
 * Both layers of one camera; each packet ends with the ssrc of its layer. Every second frame is a key frame, so that no
 * request is waited for.
 */
class LayeredCamera {
  readonly #track: NativeTrack;
  readonly #sending = new Set([HIGH, LOW]);
  readonly #timers: NodeJS.Timeout[];
  #frame = 0;

  constructor(t: TestContext, track: NativeTrack) {
    this.#track = track;
    this.#timers = [setInterval(() => this.#send(), FRAME_MS)];
    t.after(() => this.#timers.forEach(clearInterval));
  }

  giveUp(ssrc: number): void {
    this.#sending.delete(ssrc);
  }

  /** Sender reports of the layers that are sent, as a browser's come a while after the first frames. */
  report(): void {
    const tell = () => {
      for (const ssrc of this.#sending) {
        const timestamp = this.#frame * FRAME_MS * 90;
        const report = { now: Date.now(), timestamp, packets: this.#frame, bytes: 200 * this.#frame, cname: 'c' };
        this.#track.track.sendMessageBinary(senderReport(ssrc, report));
      }
    };
    this.#timers.push(setInterval(tell, 200));
  }

  #send(): void {
    if (!this.#track.track.isOpen()) return;
    const n = this.#frame++;
    for (const ssrc of this.#sending) {
      const payload = vp8(n % 2 === 0);
      payload.writeUInt32BE(ssrc, payload.length - 4);
      const packet = { ssrc, sequence: n, timestamp: n * FRAME_MS * 90, marker: true, payload };
      this.#track.track.sendMessageBinary(rtpPacket({ payloadType: 96, ...packet }));
    }
  }
}

for (const place of ['same', 'other'] as const)
  test(`a viewer on the ${place} worker gets the lower layer when theirs is given up, however early`, async (t) => {
    const sfu = await startSfu(t, { workers: place === 'same' ? 1 : 2 });
    const room = sfu.createRoom('r');
    const speaker = await join(t, room, 'speaker', { publisher: true });
    const viewer = await join(t, room, 'viewer');
    assert.equal(speaker.peer.worker === viewer.peer.worker, place === 'same');
    const [track] = await speaker.openPublisher(['_reliable', '_lossy'], [{ kind: 'video', ssrc: HIGH }]);
    assert.ok(track);
    const rtpParameters = { ...track.rtpParameters, encodings: [{ ssrc: LOW }, { ssrc: HIGH }] };
    const camera = await speaker.peer.publish({ sid: 'TR_v', kind: 'video', rtpParameters, paused: false });
    const sender = new LayeredCamera(t, track);

    const got: number[] = [];
    viewer.on('rtp', (_mid, packet) => got.push(packet.readUInt32BE(packet.length - 4)));
    const subscription = (await viewer.peer.subscribe(camera)) as TrackConsumer;
    await viewer.subscribe([subscription]);
    await until('the higher layer', () => got.at(-1) === HIGH, 10_000);
    const layers: (number | undefined)[] = [];
    subscription.on('layer', (spatial) => layers.push(spatial));
    sender.giveUp(HIGH);
    await until('the worker to notice', () => subscription.consumer.currentLayers === undefined, 10_000);
    assert.ok(!layers.includes(undefined), 'this is no news of the line of the viewer');
    // Only from now on can the worker tell when the lower layer's frames were captured.
    sender.report();
    await until('the lower layer', () => got.at(-1) === LOW, 15_000);
  });

test('PL27 that nothing comes from a publisher any more is not told to a viewer as a line that carries no picture', async (t) => {
  const sfu = await startSfu(t, { workers: 2 });
  const room = sfu.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const viewer = await join(t, room, 'viewer');
  const [track] = await speaker.openPublisher(['_reliable', '_lossy'], [{ kind: 'video', ssrc: HIGH }]);
  assert.ok(track);
  const rtpParameters = { ...track.rtpParameters, encodings: [{ ssrc: LOW }, { ssrc: HIGH }] };
  const camera = await speaker.peer.publish({ sid: 'TR_v', kind: 'video', rtpParameters, paused: false });
  const sender = new LayeredCamera(t, track);
  sender.report();
  const got: number[] = [];
  viewer.on('rtp', (_mid, packet) => got.push(packet.readUInt32BE(packet.length - 4)));
  const subscription = (await viewer.peer.subscribe(camera)) as TrackConsumer;
  await viewer.subscribe([subscription]);
  await until('a picture', () => got.length > 0, 10_000);
  const layers: (number | undefined)[] = [];
  subscription.on('layer', (spatial) => layers.push(spatial));
  for (const ssrc of [LOW, HIGH]) sender.giveUp(ssrc);
  await until('the worker to notice', () => subscription.consumer.currentLayers === undefined, 10_000);
  assert.ok(!layers.includes(undefined), String(layers));
});

test('PL5 whoever begins on a line that carries sound alone is told so, and gets no picture', async (t) => {
  const sfu = await startSfu(t, { workers: 1 });
  const room = sfu.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const viewer = await join(t, room, 'viewer', { line: { at: 0, climbAfterMs: 240_000 } });
  const [track] = await speaker.openPublisher(['_reliable', '_lossy'], [{ kind: 'video', ssrc: HIGH }]);
  assert.ok(track);
  const rtpParameters = { ...track.rtpParameters, encodings: [{ ssrc: LOW }, { ssrc: HIGH }] };
  const camera = await speaker.peer.publish({ sid: 'TR_v', kind: 'video', rtpParameters, paused: false });
  new LayeredCamera(t, track);
  const copy = await viewer.peer.subscribe(camera);
  const layers: (number | undefined)[] = [];
  copy.on('layer', (spatial) => layers.push(spatial));
  await viewer.subscribe([copy]);
  assert.equal(viewer.peer.line.state, 'soundOnly');
  assert.deepEqual(layers, [undefined]);
  assert.ok([...(viewer.peer as Peer).consumers].every(({ consumer }) => consumer.paused));
});
