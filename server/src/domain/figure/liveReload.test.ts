import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../test/support/FigureMemory.ts';
import type { Actor } from '../shared/actor.ts';
import { FigureCards } from './FigureCards.ts';
import { FigureService } from './FigureService.ts';
import { LiveFigures } from './LiveFigures.ts';

const unit = (path: string) => ({ code: path.split('.').at(-1) ?? '', path, name: path });
const before = ['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21'].map(unit);
/** 11 has gone over to 2. */
const after = ['vn', 'vn.1', 'vn.2', 'vn.2.11', 'vn.2.21'].map(unit);
const leader = (path: string): Actor => ({ id: path, role: 'moderator', unit: { path } });

/** A node whose tree has changed, and that could not read figures anew. */
async function failed() {
  const store = new FigureMemory();
  let tree = before;
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date() } });
  await live.reload();
  const find = (code: string) => tree.find((each) => each.code === code);
  const figures = new FigureService({ live, cards: new FigureCards(live), store, tree: () => ({ find }) });
  tree = after;
  store.before = () => Promise.reject(new Error('the store is away'));
  await assert.rejects(live.reload(), /away/);
  store.before = async () => undefined;
  return { live, figures };
}

test('FG23 where figures could not be read anew, who sees what is decided by the tree of today all the same', async () => {
  const { figures } = await failed();
  const watch = (path: string) => figures.watch(leader(path) as never, [], '11');
  assert.throws(() => watch('vn.1'), { reason: 'outside-territory' });
  assert.deepEqual(watch('vn.2').cards, []);
  assert.deepEqual([figures.mayWatch(leader('vn.1'), '11'), figures.mayWatch(leader('vn.2'), '11')], [false, true]);
});

test('FG19 what could not be read anew is read at the next look, though nothing was recorded meanwhile', async () => {
  const { live } = await failed();
  assert.equal(live.layout.units[live.layout.placeOf('11') ?? -1]?.path, 'vn.1.11');
  let reloaded = 0;
  live.on('reloaded', () => (reloaded += 1));
  await live.sweep();
  assert.equal(live.layout.units[live.layout.placeOf('11') ?? -1]?.path, 'vn.2.11');
  await live.sweep();
  assert.equal(reloaded, 1);
});
