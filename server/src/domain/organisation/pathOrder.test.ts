import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPathOrder, inTerritory, pageOf } from './pathOrder.ts';

const paths = ['vn.79-a.6', 'vn.79.760.2', 'vn', 'vn.79', 'vn.790.5', 'vn.79.760.1', 'vn.01.1'];
const order = inPathOrder(paths.map((path) => ({ path })));
const names = (items: readonly { path: string }[]) => items.map((item) => item.path);

test('a subtree is one piece of the order, parents first', () => {
  assert.deepEqual(names(order), ['vn', 'vn.01.1', 'vn.79', 'vn.79.760.1', 'vn.79.760.2', 'vn.79-a.6', 'vn.790.5']);
  assert.deepEqual(names(inTerritory(order, 'vn.79')), ['vn.79', 'vn.79.760.1', 'vn.79.760.2']);
  assert.deepEqual(names(inTerritory(order, 'vn.7')), []);
});

test('pages join without a gap, and the last one says so', () => {
  const first = pageOf(order, undefined, 4);
  assert.deepEqual([first.total, first.next], [7, 'vn.79.760.1']);
  const second = pageOf(order, first.next ?? undefined, 4);
  assert.deepEqual(names([...first.items, ...second.items]), names(order));
  assert.equal(second.next, null);
  assert.deepEqual(
    pageOf(order, 'vn.79.999', 1).items,
    [{ path: 'vn.79-a.6' }],
    'after a unit that is not in the list',
  );
});
