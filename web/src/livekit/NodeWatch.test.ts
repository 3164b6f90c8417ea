import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { RemoteTrackPublication, type Room } from 'livekit-client';
import { Departures } from './Departures.ts';
import { comesTo, NodeWatch } from './NodeWatch.ts';
import type { NodeWorth } from './nodeAnswers.ts';
import { PictureLag } from './PictureLag.ts';

/** A page whose seconds pass when the test says so. */
function page() {
  mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
  const world = {
    came: 0 as number | undefined,
    comes: true,
    node: 'of-use' as NodeWorth,
    server: true,
    asked: 0,
    gone: 0,
  };
  let now = 0;
  const waits: number[] = [];
  const departures = new Departures(
    () => 1,
    () => now,
  );
  const join = () =>
    new NodeWatch('wss://a.nodes.example', {
      departures,
      random: () => 1,
      comes: async () => {
        if (world.comes && world.came !== undefined) world.came += 1;
        return world.came;
      },
      isReady: async () => world.server,
      worthOf: async (url) => {
        assert.equal(url, 'wss://a.nodes.example');
        world.asked += 1;
        return world.node;
      },
      gone: (waitMs) => {
        world.gone += 1;
        waits.push(waitMs);
      },
    });
  let watch = join();
  const seconds = async (count: number) => {
    for (let i = 0; i < count; i++) {
      now += 1_000;
      mock.timers.tick(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  /** Nothing comes where it is, and it leaves; then it is at another node. */
  const leave = async () => {
    world.comes = false;
    world.node = 'silent';
    await seconds(4);
    watch.close();
    watch = join();
  };
  const close = () => {
    watch.close();
    mock.timers.reset();
  };
  const suspect = () => watch.suspect();
  const rejoin = () => {
    watch.close();
    watch = join();
  };
  return { world, waits, seconds, leave, suspect, rejoin, close };
}

test('PL10 a node that sends is not asked; one that sends nothing is, and is left when it is not ready', async () => {
  const { world, seconds, close } = page();
  await seconds(20);
  assert.deepEqual([world.asked, world.gone], [0, 0]);
  world.comes = false;
  world.node = 'silent';
  await seconds(10);
  assert.deepEqual([world.asked, world.gone], [1, 1], 'it is told once');
  close();
});

test('PL10 a page whose own line is down leaves nobody, and finds out when it is up again', async () => {
  const { world, seconds, close } = page();
  world.comes = world.server = false;
  world.node = 'silent';
  await seconds(10);
  assert.equal(world.gone, 0);
  world.server = true;
  await seconds(20);
  assert.equal(world.gone, 1);
  close();
});

test('PL10 where nothing is sent the node is asked seldom, and where there is nothing to send never', async () => {
  const { world, seconds, close } = page();
  await seconds(1);
  world.comes = false;
  await seconds(60);
  assert.ok(world.asked >= 4 && world.asked <= 9, `${world.asked} times in a minute`);
  const { asked } = world;
  world.came = undefined;
  await seconds(60);
  assert.equal(world.asked, asked);
  close();
});

test('PL10, PL26 media that a page has subscribed to and that never came is none, and not nothing to come', async () => {
  const publication = (isDesired: boolean, isMuted: boolean, track?: object) =>
    Object.defineProperties(Object.create(RemoteTrackPublication.prototype) as RemoteTrackPublication, {
      track: { value: track },
      isDesired: { value: isDesired },
      isMuted: { value: isMuted },
    });
  const comes = (...publications: readonly RemoteTrackPublication[]) => {
    const person = { trackPublications: new Map(publications.map((each, i) => [i, each])) };
    const room = { localParticipant: { trackPublications: new Map() }, remoteParticipants: new Map([['pm', person]]) };
    return comesTo(room as unknown as Room, new PictureLag());
  };
  assert.equal(await comes(), undefined);
  assert.equal(await comes(publication(true, false)), 0);
  const negotiated = { getRTCStatsReport: async () => new Map() };
  assert.equal(await comes(publication(true, false, negotiated)), 0, 'there is no report of it before a packet');
  assert.equal(await comes(publication(false, false), publication(true, true)), undefined);
});

test('PL10 a page says of all nodes that were silent since something last came, the newest last, and of eight at most', () => {
  const departures = new Departures();
  for (const url of ['a', 'b', 'a']) departures.missed(url);
  assert.deepEqual(departures.silent, ['b', 'a']);
  for (let i = 0; i < 9; i++) departures.missed(`${i}`);
  assert.deepEqual([departures.silent.length, departures.silent.at(-1)], [8, '8']);
  departures.came();
  assert.deepEqual(departures.silent, []);
});

test('PL10 it leaves one node at once; the next, from which nothing ever came, after a wait that grows', async () => {
  const { world, waits, seconds, leave, close } = page();
  for (let i = 0; i < 7; i++) await leave();
  assert.deepEqual(waits, [0, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  world.node = 'of-use';
  await seconds(20);
  await leave();
  assert.equal(waits.at(-1), 10_000, 'that it is there is not enough');
  world.comes = true;
  await seconds(3);
  await leave();
  assert.equal(waits.at(-1), 0);
  close();
});

test('PL10 a page whose connection ends asks its node at once, and leaves one that is dead while media may still seem to come', async () => {
  const { world, waits, seconds, suspect, close } = page();
  await seconds(5);
  suspect();
  await seconds(1);
  assert.deepEqual([world.asked, world.gone], [1, 0], 'it answers: the session is resumed there');
  world.node = 'silent';
  suspect();
  await seconds(1);
  assert.deepEqual([world.asked, world.gone, waits], [2, 1, [0]]);
  close();
});

test('PL10 a page whose own line is down stays with its node, however often its connection ends', async () => {
  const { world, seconds, suspect, close } = page();
  world.server = false;
  world.node = 'silent';
  for (let i = 0; i < 5; i++) {
    suspect();
    await seconds(1);
  }
  assert.equal(world.gone, 0);
  close();
});

test('PL26 a node finds out within seconds that it is unfit: a page that asked before asks again, also where it has no other site to ask', async () => {
  const { world, seconds, close } = page();
  await seconds(5);
  world.comes = false;
  world.server = false;
  await seconds(3);
  assert.deepEqual([world.asked > 0, world.gone], [true, 0]);
  world.node = 'unfit';
  await seconds(3);
  assert.equal(world.gone, 1);
  close();
});

test('PL26 a page leaves a node that is not ready once, then stays for half a minute where it is', async () => {
  const { world, seconds, rejoin, close } = page();
  world.comes = false;
  world.node = 'unfit';
  await seconds(4);
  assert.equal(world.gone, 1);
  rejoin();
  await seconds(20);
  assert.equal(world.gone, 1, 'the next node lacks the same');
  await seconds(40);
  assert.equal(world.gone, 2);
  close();
});
