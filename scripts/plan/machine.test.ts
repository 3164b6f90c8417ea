import assert from 'node:assert/strict';
import { test } from 'node:test';
import measured from '../../server/src/domain/nodes/capacity/costs.json' with { type: 'json' };
import { costsSchema } from '../../server/src/domain/nodes/capacity/costs.ts';
import { measuredOn, measureSends, raised } from './machine.ts';

const costs = { machine: '2 cores, Intel(R) Xeon(R) Processor', at: '2026-11-26T10:10:18.576Z' };

test('PL19 a plan says where its costs were measured, and on another make how to have those of this one', () => {
  const [told, ...own] = measuredOn(costs, '8 cores, Intel(R) Xeon(R) Processor');
  assert.equal(told, 'measured on   2 cores, Intel(R) Xeon(R) Processor, 2026-11-26 10:10 UTC');
  assert.deepEqual(own, [], 'of the same make');
  const [same, other] = measuredOn(costs, '2 cores, AMD EPYC');
  assert.equal(same, told);
  assert.match(other ?? '', /this machine is AMD EPYC.*--measure --costs mine\.json.*--costs mine\.json/);
});

const known = costsSchema.parse({ ...measured, sendNs: 4_000, worstError: 0.1 });
const machine = { machine: '8 cores, AMD EPYC', sendNs: 6_000, at: '2026-12-01T10:00:00.000Z' };

test('PL31 costs are those of the machine that was measured, however it is labelled', () => {
  const { costs: its, lines } = raised(known, machine);
  assert.equal(its.frameUs, 1.5 * known.frameUs);
  assert.equal(its.peer.workerUs, 1.5 * known.peer.workerUs);
  assert.deepEqual(its.join, known.join, 'joins are measured by themselves');
  assert.match(lines.join('\n'), /^machine .*1\.50 times the CPU/);
  assert.doesNotMatch(lines.join('\n'), /rounded up/);
});

test('PL31 without the machine, and where the costs foretold badly, a plan is rounded up by the worst error and says so', () => {
  const unknown = raised(known, undefined);
  assert.equal(unknown.costs.packetUs, 1.1 * known.packetUs);
  assert.match(unknown.lines.join('\n'), /NOT MEASURED[\s\S]*rounded up +by 10 %/);
  const bad = raised({ ...known, worstError: 0.38 }, machine);
  assert.ok(Math.abs(bad.costs.packetUs / known.packetUs - 1.5 * 1.38) < 1e-9);
  assert.match(bad.lines.join('\n'), /rounded up +by 38 %.*goal 15 %/);
  const nowhere = raised({ ...known, sendNs: undefined }, machine);
  assert.equal(nowhere.costs.packetUs, 1.1 * known.packetUs, 'there is nothing to compare the machine with');
});

test('PL31 what a packet takes of the kernel is measured on this machine', async (t) => {
  const ns = await measureSends();
  t.diagnostic(`${ns.toFixed(0)} ns of CPU a packet`);
  assert.ok(ns > 0 && Number.isFinite(ns));
});
