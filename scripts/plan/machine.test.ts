import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measuredOn } from './machine.ts';

const costs = { machine: '2 cores, Intel(R) Xeon(R) Processor', at: '2026-11-26T10:10:18.576Z' };

test('PL19 a plan says where its costs were measured, and on another make how to have those of this one', () => {
  const [told, ...own] = measuredOn(costs, '8 cores, Intel(R) Xeon(R) Processor');
  assert.equal(told, 'measured on   2 cores, Intel(R) Xeon(R) Processor, 2026-11-26 10:10 UTC');
  assert.deepEqual(own, [], 'of the same make');
  const [same, other] = measuredOn(costs, '2 cores, AMD EPYC');
  assert.equal(same, told);
  assert.match(other ?? '', /this machine is AMD EPYC.*--measure --costs mine\.json.*--costs mine\.json/);
});
