import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drainPace } from './drainPace.ts';

const node = (joins?: number, more: { draining?: boolean; region?: string } = {}) => ({
  ...{ joins, draining: false, region: 'south' },
  ...more,
});

test('PL22 a node that drains sends away what the others let in, and no more than was set', () => {
  assert.equal(drainPace([node(20)], 'south', 60), 30);
  assert.equal(drainPace([node(20), node(10)], 'south', 60), 45);
  assert.equal(drainPace([node(20), node(20), node(20)], 'south', 60), 60);
  assert.equal(drainPace([node(20), node(20, { draining: true })], 'south', 60), 30, 'that one takes nobody');
});

test('PL22 viewers of a region go to its nodes, so those alone are counted; elsewhere where it has none', () => {
  const far = node(50, { region: 'north' });
  assert.equal(drainPace([node(20), far], 'south', 200), 30);
  assert.equal(drainPace([node(20, { draining: true }), far], 'south', 200), 75);
});

test('PL22 with nobody to follow, and beside a node of the version before, it is what was set', () => {
  assert.equal(drainPace([], 'south', 60), 60);
  assert.equal(drainPace([node(undefined), node(20)], 'south', 60), 60);
});
