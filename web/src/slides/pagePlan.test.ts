import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagePlan } from './pagePlan.ts';

const page = (nr: number) => ({ wide: `w${nr}`, narrow: `n${nr}`, width: 1920, height: 1080, text: '' });
const deck = { pages: [page(1), page(2), page(3)] };
const names = (nr: number, pixels: number, of = deck) => pagePlan(of, nr, pixels).map(({ sha256 }) => sha256);

test('SL11 first the page that is shown, small and then sharp, then the next one, then the one before', () => {
  assert.deepEqual(names(2, 1900), ['n2', 'w2', 'n3', 'w3', 'n1', 'w1']);
  assert.deepEqual(names(1, 900), ['n1', 'n2'], 'a small window wants small pictures alone');
  assert.deepEqual(names(3, 1900), ['n3', 'w3', 'n2', 'w2']);
  const same = { pages: [{ ...page(1), wide: 'n1' }] };
  assert.deepEqual(names(1, 1900, same), ['n1'], 'what is the same picture is fetched once');
});
