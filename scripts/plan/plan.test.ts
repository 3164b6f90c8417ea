import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readConfig } from '../../server/src/config.ts';
import { type Costs, costsSchema, fit, type Layer, predict, type Run } from './costs.ts';
import { evenly, profiles, scaled } from './events.ts';
import {
  budgets,
  type Event,
  joinsPerSecond,
  type Machine,
  plan,
  shortOf,
  timetable,
  useOf,
  withoutOne,
} from './plan.ts';

const costs: Costs = {
  machine: 'a machine',
  at: '2026-11-26T00:00:00Z',
  join: { nodeMs: 10, workerMs: 10, pageMs: 20 },
  room: { nodeUs: 2_000, workerUs: 5_000 },
  peer: { nodeUs: 50, workerUs: 100 },
  packetUs: 7,
  memory: { idleMb: 200, peerMb: 0.3 },
  streams: [
    { layer: 'low', packetsPerSecond: 35, bitsPerSecond: 160_000 },
    { layer: 'high', packetsPerSecond: 190, bitsPerSecond: 1_700_000 },
  ],
};
const machine: Machine = { cores: 8, gbit: 10, memoryGb: 32 };
const event = (devices: number, rest: Partial<Event> = {}): Event => ({
  ...{
    provinces: evenly(devices, 19),
    main: { layer: 'high', bitrate: 1_668_000 },
    lowBitrate: 128_000,
    weakShare: 0.2,
    stages: 1,
  },
  ...rest,
});

/** A run as it comes out of costs that are known. */
function runOf(viewers: number, layer: Layer, { packetUs, room, peer, join }: Costs = costs): Run {
  const packets = costs.streams.find((stream) => stream.layer === layer)?.packetsPerSecond ?? 0;
  const secondsWhileJoining = viewers / 40;
  const packetsWhileJoining = packets * secondsWhileJoining;
  return {
    ...{ viewers, layer, secondsWhileJoining, packetsWhileJoining },
    packetsPerSecond: viewers * packets,
    bitsPerSecond: viewers * 1e6,
    nodeCores: (room.nodeUs + viewers * peer.nodeUs) / 1e6,
    workerCores: (room.workerUs + viewers * (peer.workerUs + packets * packetUs)) / 1e6,
    joinNodeMs: join.nodeMs + (secondsWhileJoining * peer.nodeUs) / 1e3,
    joinWorkerMs: join.workerMs + (secondsWhileJoining * peer.workerUs + packetsWhileJoining * packetUs) / 1e3,
    idleMb: 200,
    holdMb: 200 + viewers * 0.3,
  };
}

const near = (a: number, b: number): void =>
  assert.ok(Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b)), `${a}, ${b}`);

test('costs that are known come out of the runs that they make, and foretell one of another size', () => {
  const fitted = fit([runOf(50, 'high'), runOf(150, 'low'), runOf(150, 'high')], 'm', 'now', 20);
  near(fitted.packetUs, 7);
  near(fitted.room.workerUs, 5_000);
  near(fitted.room.nodeUs, 2_000);
  near(fitted.peer.workerUs, 100);
  near(fitted.peer.nodeUs, 50);
  near(fitted.join.nodeMs, 10);
  near(fitted.join.workerMs, 10);
  near(fitted.join.pageMs, 20);
  near(fitted.memory.peerMb, 0.3);
  near(predict(fitted, 300, 'low').workerCores, runOf(300, 'low').workerCores);
});

test('runs of one layer do not tell peers from packets, and are refused', () => {
  assert.throws(
    () => fit([runOf(50, 'high'), runOf(100, 'high'), runOf(150, 'high')], 'm', 'now', 20),
    /different sizes and layers/,
  );
});

test('noise does not make a cost negative', () => {
  const without = { ...costs, peer: { nodeUs: 50, workerUs: 0 } };
  const noisy = runOf(150, 'low', without);
  const fitted = fit(
    [runOf(50, 'high', without), runOf(150, 'high', without), { ...noisy, workerCores: noisy.workerCores * 0.8 }],
    'm',
    'now',
    20,
  );
  assert.equal(fitted.peer.workerUs, 0);
  assert.ok(fitted.packetUs > 5);
});

test('a node is filled up to its budget and not over it, whatever ends first', () => {
  const machines: Machine[] = [
    machine,
    { ...machine, gbit: 0.5 },
    { ...machine, memoryGb: 1 },
    { ...machine, cores: 64 },
  ];
  const limits = machines.map((each) => {
    const planned = plan({ costs, event: event(2_594), machine: each });
    assert.deepEqual(shortOf(useOf({ costs, event: event(2_594), machine: each }, planned.perNode)), []);
    assert.equal(shortOf(useOf({ costs, event: event(2_594), machine: each }, planned.perNode + 1))[0], planned.limit);
    return planned.limit;
  });
  assert.deepEqual(limits, ['workers', 'line', 'memory', 'line']);
});

test('the nodes that are planned carry everybody after any one has died, and one less does not', () => {
  for (const devices of [1, 100, 2_594, 10_056, 40_000]) {
    const setting = { costs, event: event(devices), machine };
    const planned = plan(setting);
    assert.deepEqual(withoutOne(setting, planned, planned.nodes)?.short, []);
    const fewer = withoutOne(setting, planned, planned.nodes - 1);
    assert.ok(!fewer || fewer.short.length > 0, `${devices}`);
  }
});

test('more viewers, better pictures and a second room never take less', () => {
  const cores = (rest: Partial<Event>, devices = 2_594): number =>
    plan({ costs, event: event(devices, rest), machine }).cores;
  assert.ok(cores({}, 2_595) > cores({}));
  assert.ok(cores({ main: { layer: 'low', bitrate: 128_000 } }) < cores({}));
  assert.ok(cores({ main: { layer: 'high', bitrate: 900_000 } }) < cores({}));
  assert.ok(cores({ weakShare: 0.5 }) < cores({}));
  assert.ok(cores({ stages: 63 }) > cores({}));
});

test('a node lets fewer in each second the fuller it is, and nobody when it is full', () => {
  const setting = { costs, event: event(10_056), machine };
  const { perNode } = plan(setting);
  const rates = [0, 0.5, 0.9, 1.1].map((part) => joinsPerSecond(setting, part * perNode));
  assert.deepEqual(
    rates,
    rates.toSorted((a, b) => b - a),
  );
  assert.equal(rates.at(-1), 0);
});

test('PL20 an empty node lets in as many as its process of signalling takes with their pages, and no more by default', async () => {
  const setting = { costs, event: event(1, { stages: 0 }), machine };
  near(joinsPerSecond(setting, 0), (1_000 * budgets.node) / (10 + 20));
  const measured = costsSchema.parse(JSON.parse(await readFile(new URL('costs.json', import.meta.url), 'utf8')));
  const { JOINS_PER_SECOND } = readConfig({ DATA_DIR: '.' });
  assert.ok(JOINS_PER_SECOND <= joinsPerSecond({ ...setting, costs: measured }, 0));
});

test('provinces are let in one after the other, and everybody once', async () => {
  for (const [name, count] of [
    ['2594', 2_594],
    ['10051', 10_056],
    ['3321', 3_321],
  ] as const) {
    const provinces = (await profiles[name]?.provinces()) ?? [];
    assert.equal(
      provinces.reduce((sum, { devices }) => sum + devices, 0),
      count,
    );
    const slots = timetable(event(1, { provinces }), 50);
    assert.deepEqual(slots.map((slot) => slot.from).slice(1), slots.map((slot) => slot.to).slice(0, -1));
    near(slots.at(-1)?.to ?? 0, count / 50);
  }
});

test('shares are whole, and as many as were wanted', () => {
  const shares = scaled(
    [
      { name: 'a', devices: 1 },
      { name: 'b', devices: 1 },
      { name: 'c', devices: 5 },
    ],
    10,
  );
  assert.equal(
    shares.reduce((sum, { devices }) => sum + devices, 0),
    10,
  );
  assert.ok(shares.every(({ devices }) => Number.isInteger(devices)));
});
