import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { carriedBy, type CapacitySetting as Setting } from '../../server/src/domain/nodes/capacity/capacity.ts';
import { costsSchema } from '../../server/src/domain/nodes/capacity/costs.ts';
import { fitNodes as fit, type RegisteredNode as Registered } from '../../server/src/domain/nodes/capacity/fitNodes.ts';
import { fitLines } from './registered.ts';

const costs = costsSchema.parse(
  JSON.parse(readFileSync(new URL('../../server/src/domain/nodes/capacity/costs.json', import.meta.url), 'utf8')),
);
const setting = (devices: number): Setting => ({
  costs,
  event: {
    provinces: [{ name: 'Việt Nam', devices }],
    main: { layer: 'high', bitrate: 1_700_000, frameRate: 30 },
    low: { bitrate: 150_000, frameRate: 15 },
    ...{ weakShare: 0.2, stages: 1 },
  },
  joins: 20,
  machine: { cores: 99, gbit: 40, memoryGb: 64, pipePorts: 1_000 },
});
const node = (name: string, more: Partial<Registered> = {}): Registered => ({
  ...{ node: name, cores: 7, draining: false },
  ...more,
});
const last = (devices: number, nodes: readonly Registered[]) => fitLines(fit(setting(devices), nodes)).at(-1) ?? '';
const { perNode } = carriedBy({ ...setting(1), machine: { cores: 8, gbit: 40, memoryGb: 64, pipePorts: 1_000 } });

test('PL15 an event fits the nodes that are registered when they carry it without the largest of them', () => {
  const [small, large] = [node('small'), node('large', { cores: 15 })];
  const found = fit(setting(perNode), [small, small, large]);
  assert.deepEqual(
    found.nodes.map(({ carries }) => carries > 0),
    [true, true, true],
  );
  assert.ok(found.carries > 3 * perNode, 'a larger machine carries more');
  assert.equal(found.withoutLargest, 2 * perNode);
  assert.match(last(2 * perNode, [small, small, large]), /^fits /);
  assert.match(last(2 * perNode + 1, [small, small, large]), /^NO SPARE .* 1 viewers find no room$/);
});

test('PL15 what does not fit is said with how many find no room, and what is short where', () => {
  assert.match(
    last(2 * perNode + 5, [node('one'), node('two')]),
    /^DOES NOT FIT {2}5 viewers .*: short of cores of media workers$/,
  );
  const thin = node('thin', { mbit: 100 });
  assert.match(last(perNode, [thin]), /^DOES NOT FIT .*: short of Gbit\/s$/);
  assert.match(last(9 * perNode, [node('one'), thin]), /short of cores of media workers and Gbit\/s$/);
});

test('PL15 a node that drains carries nobody, and without nodes nothing fits', () => {
  assert.equal(fit(setting(1), [node('one'), node('two', { draining: true })]).carries, perNode);
  assert.match(last(1, [node('two', { draining: true })]), /^DOES NOT FIT .*: none takes viewers$/);
  assert.match(last(1, []), /^DOES NOT FIT .*: none takes viewers$/);
});

test('PL28 a node with fewer ports than its pipes to the others take carries nobody, and is named with what it lacks', () => {
  const few = node('few', { pipePorts: 5 });
  assert.match(last(1, [few]), /^NO SPARE/, 'alone it needs none');
  assert.match(last(1, [few, few]), /^DOES NOT FIT .*: short of UDP ports between nodes \(PIPE_PORTS\)$/);
  assert.match(last(1, [few, node('one'), node('two')]), /^fits/);
});

test('PL15 the doors open as fast as all of them together let in', () => {
  const one = fit(setting(perNode), [node('one'), node('two')]).joinsPerSecond;
  const more = fit(setting(perNode), [node('one'), node('two'), node('three')]).joinsPerSecond;
  assert.ok(one > 0 && more > one);
  const slow = node('slow', { joins: 5 });
  assert.equal(fit(setting(2), [slow, slow]).joinsPerSecond, 10, 'as many as each says');
});
