import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Indicator } from '../../api/contract.ts';
import { followedOf, missingOf, watchedOf } from './followedOf.ts';

const named = (code: string, more: Partial<Indicator> = {}): Indicator => ({ code, ...more }) as Indicator;
const all = [
  named('icu-used'),
  named('icu-beds'),
  named('occupancy', { numerator: 'icu-used', denominator: 'icu-beds' }),
  ...['a', 'b', 'c', 'd', 'e', 'f'].map((code) => named(code)),
];

test('at first the page follows eight, and parts of others last', () => {
  assert.deepEqual(followedOf(all, undefined), ['occupancy', 'a', 'b', 'c', 'd', 'e', 'f', 'icu-used']);
});

test('FG175 what a rate counts is followed beside it, and its people come last', () => {
  const of = [
    named('people'),
    named('cases'),
    named('rate', { numerator: 'cases', denominator: 'people', per: 100_000 }),
  ];
  assert.deepEqual(followedOf(of, undefined), ['cases', 'rate', 'people']);
});

test('then what was chosen, as far as it is there still', () => {
  assert.deepEqual(followedOf(all, ['b', 'gone', 'icu-beds']), ['b', 'icu-beds']);
  assert.equal(followedOf(all, ['gone'])[0], 'occupancy');
  assert.deepEqual(followedOf([], ['b']), []);
});

test('FG99 one that is looked at is watched as well, and takes the place of the last where there are eight', () => {
  const eight = followedOf(all, undefined);
  assert.deepEqual(watchedOf(['a', 'b'], 'c'), ['a', 'b', 'c']);
  assert.deepEqual(watchedOf(eight, 'icu-beds'), [...eight.slice(0, 7), 'icu-beds']);
  assert.equal(watchedOf(eight, 'a'), eight);
  assert.equal(watchedOf(eight, undefined), eight);
});

test('FG146 a followed figure of which nothing was said is missing once that is known, and one that nobody follows is not', () => {
  const followed = ['a', 'b', 'c'];
  const codes = (answered: readonly string[]) =>
    missingOf(all, { followed, answered }, (code) => code === 'b').map(({ code }) => code);
  assert.deepEqual(codes([]), []);
  assert.deepEqual(codes(['a', 'b', 'd']), ['a']);
});
