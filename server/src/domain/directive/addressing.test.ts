import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Unit } from '../../protocol/organisation.ts';
import { UnitIndex } from '../organisation/UnitIndex.ts';
import { addresseesOf } from './addressing.ts';

const tiers = ['nation', 'province', 'district', 'commune'].map((id, rank) => ({ id, rank, name: id, nameEn: id }));
const unit = (path: string, tier: string): Unit => {
  const codes = path.split('.');
  return {
    code: codes.at(-1) ?? '',
    path,
    parent: codes.at(-2) ?? null,
    tier,
    name: path,
    validFrom: '2020-01-01',
    validTo: null,
  };
};
/** Two provinces whose codes begin alike; one has a commune directly below it. */
const index = new UnitIndex('1', tiers, [
  unit('vn', 'nation'),
  unit('vn.1', 'province'),
  unit('vn.1.11', 'district'),
  unit('vn.1.11.111', 'commune'),
  unit('vn.1.11.112', 'commune'),
  unit('vn.1.12', 'district'),
  unit('vn.1.12.121', 'commune'),
  unit('vn.1.13', 'district'),
  unit('vn.10', 'province'),
  unit('vn.10.101', 'commune'),
]);
const reached = (to: string[], except: string[] = [], tier?: string) =>
  addresseesOf(index, to, except, tier)
    .map(({ code }) => code)
    .join(' ');

test('DR6 UN6 addressees are the base units, a district without communes among them, each once, in the order of their paths', () => {
  assert.equal(reached(['vn']), '111 112 121 13 101');
  assert.equal(reached(['vn.1.11', 'vn.1', 'vn.1.11.112', 'vn.1']), '111 112 121 13');
  assert.equal(reached(['vn.10', 'vn.1.12']), '121 101');
  assert.equal(reached(['vn.1.11.111']), '111');
});

test('DR6 with a tier, all its units in the subtrees, the top of one as well', () => {
  assert.equal(reached(['vn'], [], 'province'), '1 10');
  assert.equal(reached(['vn.1', 'vn.1.11', 'vn'], [], 'district'), '11 12 13');
  assert.equal(reached(['vn.1.11'], [], 'district'), '11');
  assert.throws(() => reached(['vn'], [], 'ward'), { reason: 'bad-request' });
});

test('DR7 exceptions take out whole subtrees, and none whose code only begins alike', () => {
  assert.equal(reached(['vn'], ['vn.1']), '101');
  assert.equal(reached(['vn'], ['vn.1.11', 'vn.10.101']), '121 13');
  assert.equal(reached(['vn'], ['vn.1'], 'province'), '10');
});

test('DR7 what reaches nobody is refused', () => {
  for (const [to, except, tier] of [
    [['vn.1'], ['vn'], undefined],
    [['vn.10'], [], 'district'],
    [[], [], undefined],
    [['vn.9'], [], undefined],
  ] as [string[], string[], string | undefined][])
    assert.throws(() => reached(to, except, tier), { reason: 'bad-request' });
});
