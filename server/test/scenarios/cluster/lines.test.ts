import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { PublisherBot } from '../../../../scripts/load/PublisherBot.ts';
import { ViewerBot } from '../../../../scripts/load/ViewerBot.ts';
import type { Peer } from '../../../src/media/sfu/peer/Peer.ts';
import { LinkedServers } from '../../support/LinkedServers.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { freshRoom } from '../../support/Target.ts';
import { until } from '../../support/until.ts';

const TICK_MS = 20;

let nodes: LinkedServers;
before(async () => {
  nodes = await LinkedServers.start(2);
});
after(async () => {
  await nodes?.close();
  cleanup();
});

const accountOf = (at: number, room: string) => {
  const { url, key, secret } = nodes.at(at);
  return { url, key, secret, room };
};

async function enter(t: TestContext, at: number, room: string, loss?: number): Promise<ViewerBot> {
  const viewer = new ViewerBot('viewer', { bindAddress: '127.0.0.1', loss });
  await viewer.join(accountOf(at, room), 'viewer');
  const ticking = setInterval(() => viewer.connection.tick(performance.now()), TICK_MS);
  t.after(async () => {
    clearInterval(ticking);
    await viewer.close();
  });
  return viewer;
}

test('PL5 a viewer whose node dies begins at the next with the step that their line carried', async (t) => {
  const room = freshRoom('lines');
  const publisher = await PublisherBot.create(accountOf(0, room), 'publisher');
  t.after(() => publisher.close());
  await enter(t, 1, room, 0.2);
  const peerAt = (at: number) => nodes.at(at).rooms.get(room)?.get('viewer')?.peer as Peer | undefined;
  await until('their line is found to be weak', () => peerAt(1)?.line.known !== undefined, 30_000);
  const { lines } = nodes.at(0).rooms;
  await until('the other node is told', () => lines.of(room, 'viewer') !== undefined);
  await nodes.kill(1);
  const known = lines.of(room, 'viewer');
  assert.ok(known);
  const again = await enter(t, 0, room);
  await until('they hear again', () => again.times.firstAudio !== undefined, 20_000);
  const peer = peerAt(0);
  assert.ok(peer);
  assert.deepEqual(peer.line.known, known);
  assert.ok(peer.line.watched, 'that it carries more will be noticed');
  for (const { consumer } of peer.consumers)
    if (consumer.kind === 'video') assert.ok(consumer.paused || consumer.preferredLayers?.spatialLayer === 0);
});
