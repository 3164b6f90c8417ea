import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { NodeWatch } from './NodeWatch.ts';

/** A page whose seconds pass when the test says so. */
function page() {
  mock.timers.enable({ apis: ['setInterval'] });
  const world = { came: 0 as number | undefined, comes: true, node: true, server: true, asked: 0, gone: 0 };
  const watch = new NodeWatch('wss://a.nodes.example', {
    comes: async () => {
      if (world.comes && world.came !== undefined) world.came += 1;
      return world.came;
    },
    isReady: async (url) => {
      if (url === undefined) return world.server;
      world.asked += 1;
      return world.node;
    },
    gone: () => void world.gone++,
  });
  const seconds = async (count: number) => {
    for (let i = 0; i < count; i++) {
      mock.timers.tick(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const close = () => {
    watch.close();
    mock.timers.reset();
  };
  return { world, seconds, close };
}

test('PL10 a node that sends is not asked; one that sends nothing is, and is left when it is not ready', async () => {
  const { world, seconds, close } = page();
  await seconds(20);
  assert.deepEqual([world.asked, world.gone], [0, 0]);
  world.comes = world.node = false;
  await seconds(10);
  assert.deepEqual([world.asked, world.gone], [1, 1], 'it is told once');
  close();
});

test('PL10 a page whose own line is down leaves nobody, and finds out when it is up again', async () => {
  const { world, seconds, close } = page();
  world.comes = world.node = world.server = false;
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
  assert.ok(world.asked >= 2 && world.asked <= 5, `${world.asked} times in a minute`);
  const { asked } = world;
  world.came = undefined;
  await seconds(60);
  assert.equal(world.asked, asked);
  close();
});
