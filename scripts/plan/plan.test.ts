import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { readConfig } from '../../server/src/config.ts';
import {
  budgets,
  COPIES_OF_A_TRACK,
  type PlannedEvent as Event,
  joinsPerSecond,
  type NodeMachine as Machine,
  pipePortsOf,
  shortOf,
  useOf,
} from '../../server/src/domain/nodes/capacity/capacity.ts';
import { type Costs, costsSchema, type Layer, streamOf } from '../../server/src/domain/nodes/capacity/costs.ts';
import { MOST_COPIES } from '../../server/src/media/cascade/planOf.ts';
import { type Coming, fit, foretell, type Run } from './costs.ts';
import { evenly, profiles, scaled } from './events.ts';
import { plan, timetable, withoutOne } from './plan.ts';

const costs: Costs = {
  machine: 'a machine',
  at: '2026-11-26T00:00:00Z',
  worstError: 0,
  join: { nodeMs: 10, workerMs: 10, pageMs: 20 },
  room: { nodeUs: 2_000, workerUs: 5_000 },
  peer: { nodeUs: 50, workerUs: 100 },
  frameUs: 12,
  packetUs: 6,
  memory: { idleMb: 200, peerMb: 0.3 },
  streams: [
    { layer: 'sound', framesPerSecond: 17, packetsPerSecond: 17, bitsPerSecond: 32_000 },
    { layer: 'low', framesPerSecond: 35, packetsPerSecond: 35, bitsPerSecond: 160_000 },
    { layer: 'medium', framesPerSecond: 37, packetsPerSecond: 70, bitsPerSecond: 400_000 },
    { layer: 'high', framesPerSecond: 47, packetsPerSecond: 190, bitsPerSecond: 1_700_000 },
  ],
};
const machine: Machine = { cores: 8, gbit: 10, memoryGb: 32, pipePorts: 1_000 };
const event = (devices: number, rest: Partial<Event> = {}): Event => ({
  ...{
    provinces: evenly(devices, 19),
    main: { layer: 'high', bitrate: 1_668_000, frameRate: 30 },
    low: { bitrate: 128_000, frameRate: 18 },
    weakShare: 0.2,
    stages: 1,
  },
  ...rest,
});

/** A run as it comes out of costs that are known. */
function runOf(viewers: number, layer: Layer, known: Costs = costs): Run {
  const { framesPerSecond, packetsPerSecond } = streamOf(known, layer);
  return {
    ...{ viewers, layer, ...foretell(known, [{ viewers, layer }]) },
    framesPerSecond: viewers * framesPerSecond,
    packetsPerSecond: viewers * packetsPerSecond,
  };
}

function comingOf(before: number, came: number): Coming {
  const { join, memory } = costs;
  const seconds = came / 20;
  const { workerCores } = foretell(costs, [{ viewers: before + came / 2, layer: 'low' }]);
  return {
    ...{ before, came, layer: 'low', seconds },
    megabytes: memory.idleMb + (before + came) * memory.peerMb,
    workerSeconds: (came * join.workerMs) / 1e3 + seconds * workerCores,
  };
}

const fitTo = (...runs: Run[]) =>
  fit({
    ...{ machine: 'a machine', at: costs.at, runs, comings: [comingOf(0, 60), comingOf(60, 40)], join: costs.join },
    silence: { viewers: 100, nodeCores: 0, workerCores: 0.003 },
  });

const near = (a: number, b: number): void =>
  assert.ok(Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b)), `${a}, ${b}`);

const all = ['sound', 'low', 'medium', 'high'] as const;

test('PL24 costs that are known come out of the runs that they make, and foretell one of another shape', () => {
  const fitted = fitTo(...[50, 150].flatMap((viewers) => all.map((layer) => runOf(viewers, layer))));
  near(fitted.frameUs, 12);
  near(fitted.packetUs, 6);
  near(fitted.room.workerUs, 5_000);
  near(fitted.room.nodeUs, 2_000);
  near(fitted.peer.workerUs, 100);
  near(fitted.peer.nodeUs, 50);
  near(fitted.join.nodeMs, 10);
  near(fitted.join.workerMs, 10);
  near(fitted.join.pageMs, 20);
  near(fitted.memory.idleMb, 200);
  near(fitted.memory.peerMb, 0.3);
  const { workerCores, bitsPerSecond } = foretell(
    fitted,
    [
      { viewers: 60, layer: 'low' },
      { viewers: 240, layer: 'high' },
    ],
    0.5,
  );
  near(workerCores, (5_000 + 300 * 100 + 0.5 * (60 * 35 * (12 + 6) + 240 * (47 * 12 + 190 * 6))) / 1e6);
  near(bitsPerSecond, 0.5 * (60 * 160_000 + 240 * 1_700_000));
});

test('PL24 runs of one layer do not tell peers from what they are sent, nor those whose frames have one packet each these from those', () => {
  const alike = /different sizes and layers/;
  assert.throws(() => fitTo(...[50, 100, 150].map((viewers) => runOf(viewers, 'high'))), alike);
  assert.throws(
    () => fitTo(...[50, 150].flatMap((viewers) => (['sound', 'low'] as const).map((layer) => runOf(viewers, layer)))),
    alike,
  );
});

test('PL24 noise makes no cost negative, and a peer no cheaper than one that is sent nothing', () => {
  const without = { ...costs, peer: { nodeUs: 50, workerUs: 0 } };
  const runs = [50, 150].flatMap((viewers) => all.map((layer) => runOf(viewers, layer, without)));
  const noisy = runs.map((run) => (run.layer === 'sound' ? { ...run, workerCores: run.workerCores * 0.7 } : run));
  const fitted = fitTo(...noisy);
  near(fitted.peer.workerUs, 30);
  assert.ok(fitted.packetUs > 2 && fitted.frameUs > 2);
});

test('a node is filled up to its budget and not over it, whatever ends first', () => {
  const machines: Machine[] = [
    machine,
    { ...machine, gbit: 0.5 },
    { ...machine, memoryGb: 1 },
    { ...machine, cores: 64 },
  ];
  const limits = machines.map((each) => {
    const setting = { costs, event: event(2_594), machine: each, joins: 1_000 };
    const planned = plan(setting);
    assert.deepEqual(shortOf(useOf(setting, planned.perNode)), []);
    assert.equal(shortOf(useOf(setting, planned.perNode + 1))[0], planned.limit);
    return planned.limit;
  });
  assert.deepEqual(limits, ['workers', 'line', 'memory', 'line']);
});

test('the nodes that are planned carry everybody after any one has died, and one less does not', () => {
  for (const devices of [1, 100, 2_594, 10_056, 40_000]) {
    const setting = { costs, event: event(devices), machine, joins: 1_000 };
    const planned = plan(setting);
    assert.deepEqual(withoutOne(setting, planned, planned.nodes)?.short, []);
    const fewer = withoutOne(setting, planned, planned.nodes - 1);
    assert.ok(!fewer || fewer.short.length > 0, `${devices}`);
  }
});

test('more viewers, better pictures and a second room never take less', () => {
  const cores = (rest: Partial<Event>, devices = 2_594): number =>
    plan({ costs, event: event(devices, rest), machine, joins: 1_000 }).cores;
  assert.ok(cores({}, 2_595) > cores({}));
  const main = { layer: 'high', bitrate: 1_668_000, frameRate: 30 } as const;
  assert.ok(cores({ main: { layer: 'low', bitrate: 128_000, frameRate: 18 } }) < cores({}));
  assert.ok(cores({ main: { ...main, bitrate: 900_000 } }) < cores({}));
  assert.ok(cores({ main: { ...main, frameRate: 15 } }) < cores({}));
  assert.ok(cores({ weakShare: 0.5 }) < cores({}));
  assert.ok(cores({ stages: 63 }) > cores({}));
});

test('PL25 a node that dies is told with who has to go, by the rate of those who come back, and what is short then', () => {
  const setting = { costs, event: event(2_594), machine, joins: 10 };
  const dead = withoutOne(setting, plan(setting), 3);
  near(dead?.moved ?? 0, 2_594 / 3);
  near(dead?.seconds ?? 0, 2_594 / 3 / (2 * 2 * 10));
  assert.deepEqual(dead?.use, useOf(setting, 2_594 / 2, 2), 'with a pipe to the other one that is left');
  assert.equal(withoutOne(setting, plan(setting), 1), undefined);
  const thin = { ...setting, machine: { ...machine, gbit: 3 } };
  assert.deepEqual(withoutOne(thin, plan(thin), 2)?.short, ['line']);
  assert.deepEqual(shortOf(useOf(thin, 2_594 / 2)), [], 'while both are there it is enough');
});

test('PL25 the command says what is short and ends with 1, also where nodes are enough until one of them dies', async () => {
  const ask = async (...args: string[]) => {
    const asked = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args]);
    const [said, [code]] = await Promise.all([text(asked.stdout), once(asked, 'exit')]);
    return { said, code };
  };
  const [short, none, alone, ports, fits] = await Promise.all([
    ask('--profile', '10051', '--nodes', '1', '--gbit', '1'),
    ask('--profile', '2594', '--nodes', '2', '--gbit', '2'),
    ask('--profile', '2594', '--nodes', '1'),
    ask('--profile', '2594', '--nodes', '3', '--stages', '63', '--pipe-ports', '100'),
    ask('--profile', '3321', '--nodes', '2'),
  ]);
  assert.equal(short.code, 1);
  assert.match(short.said, /DOES NOT FIT {2}1 nodes: short of Gbit\/s.*; \d+ are needed/);
  assert.match(short.said, /one dies +nobody sees anything/);
  assert.equal(none.code, 1);
  assert.match(none.said, /NO SPARE +when one dies, the others are short of Gbit\/s/);
  assert.equal(alone.code, 1);
  assert.match(alone.said, /NO SPARE +when it dies, there is no other/);
  assert.equal(ports.code, 1);
  assert.match(ports.said, /DOES NOT FIT {2}3 nodes: short of UDP ports between nodes \(PIPE_PORTS\)/);
  assert.equal(fits.code, 0);
  assert.match(fits.said, /one dies +1661 viewers go to the others within/);
  assert.doesNotMatch(fits.said, /NO SPARE|DOES NOT FIT/);
});

test('PL28 each track of a stage takes a port of its publisher for each other node, 32 of them at most', () => {
  assert.equal(pipePortsOf(event(1), 1), 0, 'a node that is alone has no pipes');
  assert.equal(pipePortsOf(event(1), 2), 4, 'camera and sound of a speaker, a shared screen and its sound');
  assert.equal(pipePortsOf(event(1, { stages: 63 }), 3), 2 * (63 * 2 + 2));
  assert.equal(pipePortsOf(event(1), 100), 32 * 4);
  assert.equal(COPIES_OF_A_TRACK, MOST_COPIES);
  const setting = { costs, event: event(10, { stages: 63 }), machine: { ...machine, pipePorts: 300 }, joins: 10 };
  assert.deepEqual(shortOf(useOf(setting, 5, 2)), []);
  assert.deepEqual(shortOf(useOf(setting, 5, 3)), ['pipePorts']);
});

test('a node lets fewer in each second the fuller it is, and nobody when it is full', () => {
  const setting = { costs, event: event(10_056), machine, joins: 1_000 };
  const { perNode } = plan(setting);
  const rates = [0, 0.5, 0.9, 1.1].map((part) => joinsPerSecond(setting, part * perNode));
  assert.deepEqual(
    rates,
    rates.toSorted((a, b) => b - a),
  );
  assert.equal(rates.at(-1), 0);
});

test('PL20 an empty node lets in as many as its process of signalling takes with their pages, and no more by default', async () => {
  const setting = { costs, event: event(1, { stages: 0 }), machine, joins: 1_000 };
  near(joinsPerSecond(setting, 0), (1_000 * budgets.node) / (10 + 20));
  const measured = costsSchema.parse(
    JSON.parse(await readFile(new URL('../../server/src/domain/nodes/capacity/costs.json', import.meta.url), 'utf8')),
  );
  const { JOINS_PER_SECOND } = readConfig({ DATA_DIR: '.' });
  assert.ok(JOINS_PER_SECOND <= joinsPerSecond({ ...setting, costs: measured }, 0));
  assert.equal(joinsPerSecond({ ...setting, joins: 7 }, 0), 7, 'nor more than it is set to let in');
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
