import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, type TestContext, test } from 'node:test';
import type { PipeEnd } from '../../../src/media/cascade/PipeLink.ts';
import type { Sfu, SfuOptions } from '../../../src/media/sfu/index.ts';
import type { MediaKind, ProducedTrack } from '../../../src/media/sfu/types.ts';
import { transmit } from '../../support/camera.ts';
import { happens } from '../../support/happens.ts';
import { LinkedSfus } from '../../support/LinkedSfus.ts';
import { cleanup, type NativePeer } from '../../support/NativePeer.ts';
import { PipeTap } from '../../support/PipeTap.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

after(cleanup);

/** Node A with a publisher, node B with two workers, and what B's hall knows of A's track. */
async function twoNodes(t: TestContext, kind: MediaKind = 'video', pipes: SfuOptions['pipes'] = {}) {
  const [a, b] = await Promise.all([startSfu(t, { workers: 1, pipes }), startSfu(t, { workers: 2, pipes })]);
  const linked = new LinkedSfus();
  const origin = linked.add(a, 'a');
  const self = linked.add(b, 'b');
  const [roomA, roomB] = [a.createRoom('r'), b.createRoom('r')];
  const publisher = await join(t, roomA, 'publisher', { publisher: true });
  const [track] = await publisher.openPublisher(['_reliable'], [{ kind, ssrc: 1001 }]);
  assert.ok(track);
  const { rtpParameters } = track;
  const published = await publisher.peer.publish({ sid: 'TR_1', kind, rtpParameters, paused: false });
  const stream = transmit(track, kind === 'audio' ? { audioLevel: 20 } : {});
  t.after(() => stream.stop());
  const remote = roomB.remoteTrack({ sid: 'TR_1', kind, layers: 1, paused: false, origin });
  return { a, b, roomA, roomB, linked, origin, self, published, remote };
}

/** Subscribes them; the numbers of the packets that come. */
async function watch(viewer: NativePeer, track: ProducedTrack): Promise<number[]> {
  const numbers: number[] = [];
  viewer.on('rtp', (_mid, packet) => {
    const type = (packet[1] ?? 0) & 0x7f;
    if (type >= 96) numbers.push(packet.readUInt32BE(packet.length - 4));
  });
  await viewer.subscribe([await viewer.peer.subscribe(track)]);
  return numbers;
}

const more = (what: string, numbers: readonly number[]) => {
  const before = numbers.length;
  return until(what, () => numbers.length > before + 10);
};

const pipesOf = (sfu: Sfu) => ({ out: sfu.pipes.exports.size, in: sfu.pipes.imports.size });

test('CL21 a track of another node is pulled when somebody wants it, once for all workers of the node', async (t) => {
  const { a, b, roomB, linked, remote } = await twoNodes(t);
  assert.deepEqual(linked.pulls, [], 'nobody has asked for it yet');
  const viewers = await Promise.all(['v1', 'v2', 'v3', 'v4'].map((id) => join(t, roomB, id)));
  assert.deepEqual(new Set(viewers.map(({ peer }) => peer.worker)), new Set([0, 1]));
  const seen = await Promise.all(viewers.map((viewer) => watch(viewer, remote)));
  await Promise.all(seen.map((numbers, i) => until(`the picture at viewer ${i}`, () => numbers.length > 20)));
  for (const numbers of seen) {
    const [first = 0] = numbers;
    assert.deepEqual(
      numbers,
      numbers.map((_, i) => first + i),
      'every packet once and in order',
    );
  }
  assert.deepEqual(linked.pulls, [{ by: 'b', from: 'a', sid: 'TR_1' }]);
  assert.deepEqual(
    [pipesOf(a), pipesOf(b)],
    [
      { out: 1, in: 0 },
      { out: 0, in: 1 },
    ],
  );
});

test('CL22 what goes from node to node is encrypted: who sees it pass cannot read it, and with another key nothing comes', async (t) => {
  const { roomB, linked, remote, origin } = await twoNodes(t);
  const taps = [await PipeTap.open(), await PipeTap.open()] as const;
  t.after(() => taps.forEach((tap) => void tap.close()));
  const [viewer, other] = await Promise.all([join(t, roomB, 'viewer'), join(t, roomB, 'other')]);
  linked.tap = taps[0];
  const numbers = await watch(viewer, remote);
  await until('the picture', () => numbers.length > 20);
  const media = taps[0].seen.filter((bytes) => bytes.length > 200);
  assert.ok(media.length > 20);
  // A frame of this source is filled with one letter.
  assert.ok(media.every((bytes) => !bytes.includes('UUUUUUUU')));

  const key = randomBytes(44).toString('base64');
  linked.tap = { receiver: (end) => taps[1].receiver(end), sender: (end) => taps[1].sender({ ...end, key }) };
  const again = roomB.remoteTrack({ sid: 'TR_1', kind: 'video', layers: 1, paused: false, origin });
  const nothing = await watch(other, again);
  await until('media on its way', () => taps[1].seen.length > 50);
  assert.deepEqual(nothing, []);
});

test('CL23 both ends take ports of the range that is set', async (t) => {
  const ports = [61_000, 61_999] as const;
  const { roomB, linked, remote } = await twoNodes(t, 'video', { address: '127.0.0.1', ports });
  const ends: PipeEnd[] = [];
  const note = (end: PipeEnd) => {
    ends.push(end);
    return end;
  };
  linked.tap = { receiver: note, sender: note };
  const viewer = await join(t, roomB, 'viewer');
  await more('the picture', await watch(viewer, remote));
  assert.equal(ends.length, 2);
  assert.ok(ends.every(({ port }) => port >= ports[0] && port <= ports[1]));
});

test('CL24 a pause, its end and the end of a track reach the viewers of other nodes', async (t) => {
  const { a, b, roomB, published, remote } = await twoNodes(t);
  const viewers = await Promise.all([join(t, roomB, 'v1'), join(t, roomB, 'v2')]);
  const seen = await Promise.all(viewers.map((viewer) => watch(viewer, remote)));
  await Promise.all(seen.map((numbers) => more('the picture', numbers)));
  await published.pause();
  await until('the pause is known here', () => remote.paused);
  await published.resume();
  await until('its end is known here', () => !remote.paused);
  await Promise.all(seen.map((numbers) => more('the picture again', numbers)));
  published.close();
  await until('nothing is sent any more', () => pipesOf(a).out === 0);
  const closed = happens(remote, 'closed');
  remote.close();
  await closed;
  await until('no pipe is left here', () => pipesOf(b).in === 0);
});

test('CL25 when the last viewer of a node has gone, the pipe goes on both sides, and the next one has it anew', async (t) => {
  const { a, b, roomB, remote, linked } = await twoNodes(t);
  const viewer = await join(t, roomB, 'viewer');
  await more('the picture', await watch(viewer, remote));
  const before = await a.handlers();
  await viewer.close();
  await until('no pipe is left', () => pipesOf(a).out === 0 && pipesOf(b).in === 0);
  await until(
    'its transport and its consumer are gone from the worker',
    async () => (await a.handlers()) === before - 2,
  );
  const next = await join(t, roomB, 'next');
  await more('the picture again', await watch(next, remote));
  assert.equal(linked.pulls.length, 2);
});

test('CL25 while nodes cannot ask each other media goes on; when the node that takes it dies, nothing of it is left', async (t) => {
  const { a, b, roomB, remote, linked, self } = await twoNodes(t, 'video', { leaseMs: 3_000 });
  const viewer = await join(t, roomB, 'viewer');
  const numbers = await watch(viewer, remote);
  await more('the picture', numbers);
  linked.setAway(self, true);
  const count = numbers.length;
  await until('the picture for longer than the lease', () => numbers.length > count + 100);
  assert.deepEqual(pipesOf(a), { out: 1, in: 0 });
  assert.equal(linked.pulls.length, 1);
  const before = await a.handlers();
  for (const { pid } of await b.usage()) process.kill(pid, 'SIGKILL');
  await until('no pipe is left', () => pipesOf(a).out === 0);
  await until(
    'its transport and its consumer are gone from the worker',
    async () => (await a.handlers()) === before - 2,
  );
});

test('CL25 a question that is asked again has the same answer, and one of another boot ends nothing', async (t) => {
  const { a, self } = await twoNodes(t);
  const end = { ip: '127.0.0.1', port: 61_000, key: randomBytes(44).toString('base64') };
  const ask = { pipe: randomUUID(), sid: 'TR_1', layers: 1, relay: false, end };
  const [once, again] = await Promise.all([a.pipes.pull(self, ask), a.pipes.pull(self, ask)]);
  assert.ok(once);
  assert.equal(again, once);
  assert.equal(await a.pipes.pull(self, ask), once);
  assert.equal(pipesOf(a).out, 1);
  const stranger = { node: 'b', boot: randomUUID() };
  a.pipes.drop(stranger, [ask.pipe]);
  assert.deepEqual(await a.pipes.renew(stranger, [ask]), [{ pipe: ask.pipe, state: 'gone', sent: 0 }]);
  assert.equal((await a.pipes.renew(self, [ask]))[0]?.state, 'flowing');
  a.pipes.drop(self, [ask.pipe]);
  await until('no pipe is left', () => pipesOf(a).out === 0);
  assert.equal(await a.pipes.pull(self, { ...ask, sid: 'TR_unknown' }), undefined);
});

test('CL26 when the worker that has a pipe dies, viewers at the other workers of the node go on without an offer', async (t) => {
  const { b, roomB, remote, linked } = await twoNodes(t);
  const [lost, viewer] = await Promise.all([join(t, roomB, 'lost'), join(t, roomB, 'viewer')]);
  await more('the picture at the first', await watch(lost, remote));
  const numbers = await watch(viewer, remote);
  await more('the picture at the other', numbers);
  const dead = lost.peer.worker;
  assert.notEqual(viewer.peer.worker, dead);
  process.kill((await b.usage()).find(({ worker }) => worker === dead)?.pid ?? 0, 'SIGKILL');
  await until('it is pulled anew', () => linked.pulls.length === 2);
  await more('the picture goes on', numbers);
});

test('CL24 the publisher’s worker dies: viewers elsewhere stay, and the track ends when the hall says so', async (t) => {
  const { a, b, roomB, remote, linked } = await twoNodes(t);
  const viewer = await join(t, roomB, 'viewer');
  const forwarded = await viewer.peer.subscribe(remote);
  await viewer.subscribe([forwarded]);
  process.kill((await a.usage())[0]?.pid ?? 0, 'SIGKILL');
  await until('it is asked for once more', () => linked.pulls.length === 2);
  assert.deepEqual([pipesOf(a).out, remote.closed], [0, false]);
  const closed = Promise.all([happens(remote, 'closed'), happens(forwarded, 'closed')]);
  remote.close();
  await closed;
  await until('no pipe is left', () => pipesOf(b).in === 0);
  await assert.rejects(viewer.peer.subscribe(remote), /closed/);
});

test('CL26 where the other node sends and nothing arrives, the track is pulled anew', async (t) => {
  const { roomB, remote, linked } = await twoNodes(t);
  const tap = await PipeTap.open();
  t.after(() => tap.close());
  linked.tap = tap;
  const viewer = await join(t, roomB, 'viewer');
  const numbers = await watch(viewer, remote);
  await more('the picture', numbers);
  linked.tap = undefined;
  tap.swallow = true;
  await until('it is pulled anew', () => linked.pulls.length === 2);
  await more('the picture goes on', numbers);
});

test('PL26 a track that the other node sends and that does not arrive is missing until it does; one that nobody wants never is', async (t) => {
  const { a, b, roomB, remote, linked, origin } = await twoNodes(t, 'video', { brokenForMs: 4_000 });
  const tap = await PipeTap.open();
  t.after(() => tap.close());
  linked.tap = tap;
  const viewer = await join(t, roomB, 'viewer');
  const numbers = await watch(viewer, remote);
  await more('the picture', numbers);
  const missing = (sfu: Sfu) => sfu.pipes.imports.missing(0).map(({ sid, origin: { node } }) => `${sid} of ${node}`);
  assert.deepEqual(missing(b), []);
  tap.swallow = true;
  await until('it is missing', () => missing(b).length > 0);
  assert.deepEqual([missing(b), missing(a)], [[`TR_1 of ${origin.node}`], []]);
  assert.deepEqual(b.pipes.imports.missing(3_600_000), [], 'not for an hour yet');
  tap.swallow = false;
  await more('the picture again', numbers);
  await until('it is missing no more', () => missing(b).length === 0);
  tap.swallow = true;
  await until('it is missing again', () => missing(b).length > 0);
  viewer.close();
  await until('nobody wants it any more', () => missing(b).length === 0);
  assert.equal(b.pipes.imports.wouldMiss(0).length, 1, 'whoever came would miss it');
  await until('the path may be there again', () => b.pipes.imports.wouldMiss(0).length === 0);
});

test('CL28 how loud a speaker at another node is, is known here', async (t) => {
  const { roomB, remote } = await twoNodes(t, 'audio');
  const viewer = await join(t, roomB, 'viewer');
  const level = happens(remote, 'level');
  await watch(viewer, remote);
  assert.deepEqual(await level, [-20]);
});

test('CL29 where the path to the publisher’s node is broken a track comes by way of a third one, and straight again later', async (t) => {
  const { roomB, remote, linked, origin } = await twoNodes(t, 'video', { brokenForMs: 4_000 });
  const c = await startSfu(t, { workers: 1 });
  linked.add(c, 'c');
  // Nobody watches there, but the node knows of the track.
  c.createRoom('r').remoteTrack({ sid: 'TR_1', kind: 'video', layers: 1, paused: false, origin });
  const tap = await PipeTap.open();
  t.after(() => tap.close());
  linked.tap = tap;
  linked.tapped = 'a';
  const viewer = await join(t, roomB, 'viewer');
  const numbers = await watch(viewer, remote);
  await more('the picture', numbers);
  tap.swallow = true;
  const pulls = () => linked.pulls.map(({ by, from }) => `${from} to ${by}`);
  linked.tapped = 'nobody';
  await until('it comes by way of the third node', () => pulls().length === 3);
  await more('the picture goes on', numbers);
  assert.deepEqual(pulls(), ['a to b', 'c to b', 'a to c']);
  await until('it is tried straight again', () => pulls().length === 4);
  assert.equal(pulls()[3], 'a to b');
  await until('nothing goes by the third node any more', () => pipesOf(c).out === 0 && pipesOf(c).in === 0);
  await more('the picture still', numbers);
  assert.ok(remote.isStraight);
});

test('CL33 a node that may send to one other alone sends to the head of a region, which feeds its region; when it goes another takes its place', async (t) => {
  const a = await startSfu(t, { workers: 1 });
  const linked = new LinkedSfus();
  const origin = linked.add(a, 'a', { region: 'south', copies: 1 });
  const publisher = await join(t, a.createRoom('r'), 'publisher', { publisher: true });
  const [track] = await publisher.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }]);
  assert.ok(track);
  const { rtpParameters } = track;
  await publisher.peer.publish({ sid: 'TR_1', kind: 'video', rtpParameters, paused: false });
  const stream = transmit(track, {});
  t.after(() => stream.stop());
  const far = await Promise.all(
    ['b', 'c', 'd'].map(async (name) => {
      const sfu = await startSfu(t, { workers: 1 });
      const self = linked.add(sfu, name, { region: 'north', copies: 2 });
      const room = sfu.createRoom('r');
      return {
        sfu,
        self,
        room,
        remote: room.remoteTrack({ sid: 'TR_1', kind: 'video', layers: 1, paused: false, origin }),
      };
    }),
  );
  const seen = await Promise.all(
    far.map(async ({ room, remote }, i) => watch(await join(t, room, `v${i}`, { subscriber: true }), remote)),
  );
  await Promise.all(seen.map((numbers, i) => more(`the picture in the north, ${i}`, numbers)));
  const pulled = () => linked.pulls.map(({ by, from }) => `${from} to ${by}`);
  const [head] = far.filter(({ remote }) => remote.isStraight);
  assert.equal(far.filter(({ remote }) => remote.isStraight).length, 1);
  assert.deepEqual(
    pulled().toSorted(),
    far.map(({ self: { node } }) => `${node === head?.self.node ? 'a' : head?.self.node} to ${node}`).toSorted(),
  );
  assert.equal(pipesOf(a).out, 1);

  assert.ok(head);
  linked.remove(head.self);
  await head.sfu.close();
  const others = far.filter((node) => node !== head);
  await until(
    'one of the others has it straight',
    () => others.filter(({ remote }) => remote.isStraight).length === 1,
    20_000,
  );
  await Promise.all(
    others.map(({ self: { node } }) =>
      more(`the picture at ${node}`, seen[far.findIndex(({ self }) => self.node === node)] ?? []),
    ),
  );
});

test('CL21 who could not be given a track hears when it can be had, and the other node was not asked by each of them', async (t) => {
  const { roomB, remote, linked, self } = await twoNodes(t);
  linked.setAway(self, true);
  const viewers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => join(t, roomB, `v${i}`, { subscriber: true })),
  );
  const tries = await Promise.allSettled(viewers.map(({ peer }) => peer.subscribe(remote)));
  assert.ok(tries.every(({ status }) => status === 'rejected'));
  assert.equal(linked.pulls.length, 1);
  const available = happens(remote, 'available');
  linked.setAway(self, false);
  await available;
  await Promise.all(viewers.map(({ peer }) => peer.subscribe(remote)));
  assert.equal(remote.home?.closed, false);
});
