import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dh } from '../support/dh.ts';

const economy = ['--scenario', 'economy', '--out', '-', '--plain'];

test('a scenario of simulated figures is written row by row for either country, and another country is refused in words', async () => {
  const told = await dh('figures/simulate', [...economy, '--tree', '34']);
  assert.equal(told.status, 0, told.err);
  const rows = told.out.trimEnd().split('\n').length;
  assert.match(told.err, new RegExp(`^\\d+ batches, ${rows} rows, SHA-256 [0-9a-f]{64}$`, 'm'));
  const unknown = await dh('figures/simulate', [...economy, '--tree', '12']);
  assert.equal(unknown.status, 1);
  assert.match(unknown.err, /^Tells an invented scenario of figures/);
});

test('what a scenario does not have, and no day, is refused in words before anything is sent', async () => {
  const after = await dh('figures/simulate', ['--scenario', 'economy', '--speed', '60']);
  assert.equal(after.status, 1);
  assert.match(after.err, /^economy ends with its last day, .* --past$/m);
  for (const wrong of [
    ['--last-day', '2026-02-30'],
    ['--last-day', 'tomorrow'],
    ['--seed', 'one'],
  ]) {
    const { status, err } = await dh('figures/simulate', [...economy, ...wrong]);
    assert.equal(status, 1, wrong.join(' '));
    assert.match(err, /^Tells an invented scenario of figures/);
  }
});
