import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryCarriers } from '../../../test/support/cluster/MemoryCarriers.ts';
import { Carriers } from './Carriers.ts';
import type { Tenure } from './ports.ts';

const briefing = '22222222-2222-4222-8222-222222222222';
const silent = { info: () => undefined, warn: () => undefined };

/** Nodes of one PostgreSQL; what they tell is heard only when it is delivered. */
function world() {
  const store = new MemoryCarriers();
  store.isRunning.add(briefing);
  const told: Tenure[] = [];
  const node = (name: string) => {
    const events: string[] = [];
    const carriers = new Carriers({
      store,
      self: { node: name, boot: name },
      isRunning: (id) => store.isRunning.has(id),
      logger: silent,
    });
    carriers.on('carries', (_, { epoch }) => void events.push(`carries ${epoch}`));
    carriers.on('standby', () => void events.push('stands by'));
    carriers.on('lost', (_, epoch) => void events.push(`lost ${epoch}`));
    let hear: (tenure: Tenure) => unknown = () => undefined;
    carriers.nodeTopic.join(() => ({
      publish: (tenure) => void told.push(tenure as Tenure),
      subscribe: (listen) => {
        hear = (tenure) => listen(tenure as never, { node: 'x', boot: 'x' });
      },
    }));
    return { carriers, events, hear: (tenure: Tenure) => hear(tenure) };
  };
  return { store, told, node };
}

test('CL31 CL34 who carries and who stands by is told, and handed over by one that goes', async () => {
  const { node, told } = world();
  const [a, b] = [node('a'), node('b')];
  assert.equal((await a.carriers.claim(briefing))?.boot, 'a');
  assert.equal((await b.carriers.claim(briefing))?.standby?.boot, 'b');
  for (const tenure of told) a.hear(tenure);
  assert.equal(a.carriers.of(briefing)?.standby?.boot, 'b');
  assert.deepEqual([a.events, b.events], [['carries 1'], ['stands by']]);
  await a.carriers.releaseAll();
  assert.deepEqual(a.events, ['carries 1', 'lost 1']);
  for (const tenure of told) b.hear(tenure);
  assert.deepEqual(b.events, ['stands by', 'carries 2']);
  assert.equal(b.carriers.carriesItself(briefing), true);
});

test('CL30 what is told late, twice or out of order changes nothing', async () => {
  const { node, told } = world();
  const [a, b, c] = [node('a'), node('b'), node('c')];
  await a.carriers.claim(briefing);
  await b.carriers.claim(briefing);
  await a.carriers.release(briefing);
  let changes = 0;
  c.carriers.on('changed', () => void changes++);
  for (const i of [2, 0, 1, 2, 0]) c.hear(told[i] as Tenure);
  assert.equal(changes, 1);
  assert.deepEqual(c.carriers.of(briefing), { node: 'b', boot: 'b', epoch: 2, standby: null });
});

test('CL30 what is closed is carried by nobody, whatever comes late', async () => {
  const { node, store, told } = world();
  const a = node('a');
  await a.carriers.claim(briefing);
  store.isRunning.delete(briefing);
  a.carriers.end(briefing);
  assert.deepEqual(a.events, ['carries 1', 'lost 1']);
  for (const tenure of told) a.hear(tenure);
  await a.carriers.sweep();
  assert.equal(a.carriers.of(briefing), undefined);
  assert.equal(await a.carriers.claim(briefing), undefined);
});
