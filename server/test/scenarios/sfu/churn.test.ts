import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import type { ProducedTrack, SfuPeer, SfuRoom } from '../../../src/media/sfu/types.ts';
import { startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

/** The same run every time: a failure can be looked at. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const audio = (n: number) => ({
  mid: String(n),
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 10_000 + n }],
  headerExtensions: [],
  rtcp: { cname: 'c' },
});

test('joins, leaves, tracks, rooms and workers coming and going all at once: nothing throws behind our back, nothing stays', async (t) => {
  const behind: unknown[] = [];
  const note = (reason: unknown) => behind.push(reason);
  process.on('unhandledRejection', note);
  t.after(() => process.off('unhandledRejection', note));
  const sfu = await startSfu(t);
  const empty = await sfu.handlers();
  const next = random(42);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];

  const rooms = new Set<SfuRoom>();
  const peers = new Set<SfuPeer>();
  const publications = new Set<ProducedTrack>();
  /** Refusals are allowed here (something closed meanwhile): what matters is that they come as refusals. */
  const refused: string[] = [];
  const act = (work: Promise<unknown> | undefined) => work?.catch((error: Error) => refused.push(error.message));
  let n = 0;
  const acts: (() => unknown)[] = [
    () => rooms.add(sfu.createRoom(`r${n++}`)),
    ...Array.from({ length: 4 }, () => () => {
      const dataOn = next() < 0.5 ? 'publisher' : 'subscriber';
      const options = { id: `p${n++}`, publisher: next() < 0.5, subscriber: next() < 0.9, dataOn } as const;
      return act(
        pick([...rooms])
          ?.createPeer(options)
          .then((peer) => {
            peers.add(peer);
            peer.once('closed', () => peers.delete(peer));
          }),
      );
    }),
    ...Array.from({ length: 2 }, () => () => {
      const options = { sid: `t${n}`, kind: 'audio' as const, rtpParameters: audio(n++), paused: next() < 0.3 };
      return act(
        pick([...peers])
          ?.publish(options)
          .then((publication) => {
            publications.add(publication);
            publication.once('closed', () => publications.delete(publication));
          }),
      );
    }),
    ...Array.from({ length: 4 }, () => () => {
      const publication = pick([...publications]);
      return (
        publication &&
        act(
          pick([...peers])
            ?.subscribe(publication)
            .then((s) => s.resume()),
        )
      );
    }),
    () => pick([...peers])?.close(),
    () => act(pick([...peers])?.openPublisher()),
    () => void pick([...peers])?.lineStats(),
    () => act(pick([...publications])?.pause()),
    () => pick([...publications])?.close(),
    () => {
      const room = next() < 0.2 ? pick([...rooms]) : undefined;
      room?.close();
      if (room) rooms.delete(room);
    },
  ];
  const end = performance.now() + 6_000;
  let killed = 0;
  for (let i = 0; performance.now() < end; i++) {
    pick(acts)?.();
    if (i % 10 === 0) await breathe();
    if (i % 200 === 0) await sleep(5);
    if (killed < 3 && performance.now() > end - 5_000 + killed * 1_500) {
      killed++;
      process.kill(pick(await sfu.usage())?.pid as number, 'SIGKILL');
    }
  }
  assert.equal(killed, 3);
  for (const room of rooms) room.close();
  await until('the workers hold nothing', async () => (await sfu.handlers().catch(() => -1)) === empty, 20_000);
  assert.deepEqual(behind, []);
  assert.equal(peers.size, 0);
  t.diagnostic(
    `${n} peers and tracks, ${refused.length} refusals of ${new Set(refused.map((m) => m.replace(/\S*\d\S*/g, '#'))).size} kinds`,
  );
});
