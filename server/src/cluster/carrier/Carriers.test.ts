import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryCarriers } from '../../../test/support/cluster/MemoryCarriers.ts';
import { refuse } from '../../protocol/errors.ts';
import { Carriers } from './Carriers.ts';
import { Epochs } from './Epochs.ts';
import type { Tenure } from './ports.ts';

const briefing = '22222222-2222-4222-8222-222222222222';
const silent = { info: () => undefined, warn: () => undefined };

/** Nodes of one PostgreSQL; what they tell is heard only when it is delivered. */
function world() {
  const store = new MemoryCarriers();
  store.running.add(briefing);
  const told: Tenure[] = [];
  const bus = { works: true, answers: false };
  const node = (name: string) => {
    const events: string[] = [];
    const carriers = new Carriers({
      store,
      self: { node: name, boot: name },
      nodes: {
        others: async () => {
          if (!bus.works) throw refuse('store-unavailable', 'nobody knows');
          return [];
        },
      },
      requests: {
        one: async () => {
          if (!bus.answers) throw refuse('store-unavailable', 'no answer');
          return true as never;
        },
      },
      isRunning: (id) => store.running.has(id),
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
  return { store, told, bus, node };
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
  assert.deepEqual(
    [1, 2, 3, 2].map((epoch) => c.carriers.epochs.admits(briefing, epoch)),
    [false, true, true, false],
  );
});

test('CL33 a challenge is nothing while the carrier answers, or the bus does not work', async () => {
  const { node, bus } = world();
  const [a, b] = [node('a'), node('b')];
  await a.carriers.claim(briefing);
  await b.carriers.claim(briefing);
  const challenge = () => b.carriers.challenge(briefing, { epoch: 1, pipeSilentMs: 600 });
  bus.answers = true;
  assert.equal((await challenge())?.boot, 'a');
  bus.answers = bus.works = false;
  await assert.rejects(challenge(), ({ reason }: { reason?: string }) => reason === 'store-unavailable');
  assert.equal(b.carriers.of(briefing)?.boot, 'a');
  bus.works = true;
  assert.equal((await b.carriers.challenge(briefing, { epoch: 1, pipeSilentMs: 400 }))?.boot, 'a');
  assert.equal((await challenge())?.boot, 'b');
  await a.carriers.sweep();
  assert.deepEqual(a.events, ['carries 1', 'lost 1', 'stands by'], 'the other finds it in PostgreSQL');
});

test('CL30 what is closed is carried by nobody, whatever comes late', async () => {
  const { node, store, told } = world();
  const a = node('a');
  await a.carriers.claim(briefing);
  store.running.delete(briefing);
  a.carriers.end(briefing);
  assert.deepEqual(a.events, ['carries 1', 'lost 1']);
  for (const tenure of told) a.hear(tenure);
  await a.carriers.sweep();
  assert.equal(a.carriers.of(briefing), undefined);
  assert.equal(await a.carriers.claim(briefing), undefined);
});

test('CL30 an epoch that was heard of makes all lower ones void, for that briefing', () => {
  const epochs = new Epochs();
  assert.deepEqual(
    [2, 1, 2, 3, 2].map((epoch) => epochs.admits('x', epoch)),
    [true, false, true, true, false],
  );
  assert.equal(epochs.admits('y', 1), true);
});
