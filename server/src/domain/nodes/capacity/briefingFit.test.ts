import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audienceOf, briefingFit, demandFit, reasonThatHolds } from './briefingFit.ts';
import measured from './costs.json' with { type: 'json' };
import { costsSchema } from './costs.ts';
import type { RegisteredNode } from './fitNodes.ts';

const plan = { costs: costsSchema.parse(measured), joins: 20 };
const camera = [
  { bitrate: 150_000, frameRate: 15 },
  { bitrate: 500_000, frameRate: 30 },
];
const node = (name: string, more: Partial<RegisteredNode> = {}): RegisteredNode => ({
  ...{ node: name, cores: 3, memoryMb: 32_768, pipePorts: 1_000, draining: false },
  ...more,
});
const fit = (devices: number, nodes: readonly RegisteredNode[] | undefined) =>
  briefingFit(plan, audienceOf(devices, camera), nodes);
const { carries: one } = fit(1, [node('one')]);

test('PL29 a briefing fits, has no spare, or does not fit the nodes that are registered, with the figures of it', () => {
  const two = [node('one'), node('two')];
  assert.deepEqual(fit(one, two), {
    ...{ verdict: 'fits', devices: one, nodes: 2, carries: 2 * one, withoutLargest: one, missing: 0, short: [] },
  });
  assert.equal(fit(one + 1, two).verdict, 'no-spare');
  const many = fit(2 * one + 7, two);
  assert.deepEqual([many.verdict, many.missing, many.short], ['does-not-fit', 7, ['workers']]);
  assert.equal(fit(1, [node('one')]).verdict, 'no-spare', 'of one node nothing is left when it dies');
});

test('PL29 what nodes say of themselves counts: line, memory, ports, drain; without nodes nothing fits', () => {
  assert.deepEqual(fit(one, [node('thin', { mbit: 50 })]).short, ['line']);
  assert.deepEqual(fit(one, [node('little', { memoryMb: 1_024 })]).short, ['memory']);
  assert.deepEqual(fit(one, [node('few', { pipePorts: 1 }), node('few', { pipePorts: 1 })]).short, ['pipePorts']);
  const drains = fit(1, [node('drains', { draining: true })]);
  assert.deepEqual([drains.verdict, drains.carries, drains.short], ['does-not-fit', 0, []]);
  assert.equal(fit(1, []).verdict, 'does-not-fit');
});

test('PL29 while nobody can know which nodes there are it is not guessed, and nobody is refused', () => {
  assert.equal(fit(9_999, undefined).verdict, 'unknown');
  assert.equal(demandFit(fit(9_999, undefined), undefined), undefined);
});

test('PL30 what does not fit is refused with the figures unless a reason is given, which is kept where it is needed alone', () => {
  const nodes = [node('one')];
  const refused = {
    reason: 'does-not-fit',
    message: new RegExp(`^${one + 1} devices .* carry ${one}: short of workers`),
  };
  assert.throws(() => demandFit(fit(one + 1, nodes), undefined), refused);
  assert.throws(() => demandFit(fit(1, []), undefined), { message: /none takes viewers/ });
  assert.deepEqual(demandFit(fit(one + 1, nodes), 'Bão gấp'), {
    ...{ reason: 'Bão gấp', devices: one + 1, nodes: 1, carries: one },
  });
  assert.equal(demandFit(fit(one, nodes), 'Bão gấp'), undefined);
});

test('PL30 a reason on record holds while no more devices lack room than it was given for', () => {
  const given = demandFit(fit(one + 10, [node('one')]), 'Bão gấp');
  assert.equal(reasonThatHolds(fit(one + 10, [node('one')]), given), 'Bão gấp');
  assert.equal(reasonThatHolds(fit(one + 5, [node('one')]), given), 'Bão gấp');
  assert.equal(reasonThatHolds(fit(one + 11, [node('one')]), given), undefined, 'more units are expected');
  assert.equal(reasonThatHolds(fit(one + 10, []), given), undefined, 'a server is gone');
  assert.equal(reasonThatHolds(fit(one, [node('one')]), given), undefined, 'it fits now');
  assert.equal(reasonThatHolds(fit(one + 10, [node('one')]), undefined), undefined);
});
