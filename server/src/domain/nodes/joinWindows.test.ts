import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryRows } from '../../demo/country.ts';
import { groupOf, joinWindows } from './joinWindows.ts';

test('PL16 a part of the country is a unit of the tier below that of the briefing', () => {
  assert.equal(groupOf('vn', 'vn.75.731.26001'), 'vn.75');
  assert.equal(groupOf('vn.75', 'vn.75.731.26001'), 'vn.75.731');
  assert.equal(groupOf('vn.75', 'vn.75'), undefined);
  assert.equal(groupOf('vn.75', 'vn.79.760'), undefined, 'it only watches');
});

test('PL16 turns follow each other without a gap, each as long as its units take', async () => {
  const communes = (await countryRows()).filter(({ tier }) => tier === 'commune');
  const province = new Map((await countryRows()).map(({ code, parent }) => [code, parent]));
  const paths = communes.map(({ code, parent }) => `vn.${province.get(parent ?? '')}.${parent}.${code}`);
  const windows = [...joinWindows('vn', paths, 60).values()];
  assert.equal(windows.length, 63);
  assert.equal(windows[0]?.fromMs, 0);
  const counts = Map.groupBy(paths, (path) => groupOf('vn', path));
  for (const [i, { group, fromMs }] of windows.entries()) {
    const next = windows[i + 1]?.fromMs ?? (paths.length * 1_000) / 60;
    assert.ok(Math.abs(next - fromMs - ((counts.get(group)?.length ?? 0) * 1_000) / 60) < 1);
  }
});
