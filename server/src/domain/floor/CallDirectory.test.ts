import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person } from '../../../test/support/floorPeople.ts';
import type { Unit } from '../../protocol/organisation.ts';
import { UnitIndex } from '../organisation/UnitIndex.ts';
import type { UnitThere } from '../presence/ports.ts';
import { CallDirectory } from './CallDirectory.ts';

const unit = (path: string, name: string): Unit => {
  const [code = '', parent = null] = path.split('.').reverse();
  return { code, path, parent, tier: 'x', name, validFrom: '2020-01-01', validTo: null };
};
const index = new UnitIndex(
  '1',
  [],
  [
    unit('vn', 'Việt Nam'),
    unit('vn.01', 'Thành phố Hà Nội'),
    unit('vn.01.001', 'Quận Ba Đình'),
    unit('vn.01.001.11', 'Phường Tân Định'),
    unit('vn.79', 'Thành phố Hồ Chí Minh'),
    unit('vn.79.760', 'Quận 1'),
    unit('vn.79.760.21', 'Phường Tân Định'),
    unit('vn.79.760.22', 'Phường Tân Định Tây'),
    unit('vn.79.760.23', 'Phường Bến Nghé'),
    unit('vn.79.760.24', 'Phường Bến Thành'),
  ],
);
const pm = person('b', 'principal', 'vn').account;
const nobody: UnitThere = {
  ...{ presence: 'never', lastSeen: null, line: null, equipment: null, ringable: false, seats: [] },
};

function directory(here: readonly string[]) {
  return new CallDirectory({
    units: {
      get: (code) => index.find(code) as Unit,
      namesAbove: (path) => path,
      index,
    },
    presence: {
      there: (_, code) => {
        if (!here.includes(code)) return nobody;
        const { seat } = person('b', code === '760' ? 'moderator' : 'seat', index.find(code)?.path ?? '');
        return { ...nobody, presence: 'here', line: 'good', ringable: true, seats: [seat] };
      },
      ringable: (_, code) => here.includes(code),
    },
    scopeOf: async () => ['vn.79'],
  });
}

test('SC14 connected units first, then invited ones, then the others, whichever name fits best', async () => {
  const { units, total } = await directory(['22']).find(pm, 'b', 'tan dinh', 20);
  assert.deepEqual(
    units.map(({ code, callable }) => [code, callable]),
    [
      ['22', 'now'],
      ['21', 'absent'],
      ['11', 'outside'],
    ],
  );
  assert.equal(total, 3);
  const first = await directory([]).find(pm, 'b', 'tan dinh', 1);
  assert.deepEqual([first.units.map((u) => u.code), first.total], [['21'], 3]);
});

test('SC14 whose own name was typed stands before a connected one that only lies in a place of that name', async () => {
  const { units } = await directory(['22', '23']).find(pm, 'b', 'phuong ben thanh', 20);
  assert.deepEqual(
    units.map(({ code, callable }) => [code, callable]),
    [
      ['24', 'absent'],
      ['23', 'now'],
    ],
  );
});

test('SC14 one who may not call finds nobody', async () => {
  await assert.rejects(directory([]).find(person('b', 'seat', 'vn.79.760.21').account, 'b', 'tan', 20), {
    reason: 'forbidden',
  });
});

test('SC15 near a unit that is not here: officials over it who are connected, and its neighbours', async () => {
  const help = await directory(['760', '23', '01']).help(pm, 'b', '21');
  assert.equal(help.unit.callable, 'absent');
  assert.deepEqual(
    help.officials.map((o) => [o.unit.code, o.seats]),
    [['760', [{ name: 'moderator of 760', role: 'moderator' }]]],
  );
  assert.deepEqual(
    help.neighbours.map((n) => n.code),
    ['23'],
  );
});

test('SC14 a search among ten thousand units is one pass', async (t) => {
  const many = Array.from({ length: 10_056 }, (_, i) => unit(`vn.${100 + (i % 63)}.${1000 + i}`, `Xã Tân ${i}`));
  const tops = Array.from({ length: 63 }, (_, i) => unit(`vn.${100 + i}`, `Tỉnh ${i}`));
  const big = new UnitIndex('1', [], [unit('vn', 'Việt Nam'), ...tops, ...many]);
  let [asked, described] = [0, 0];
  const search = new CallDirectory({
    units: { get: (code) => big.find(code) as Unit, namesAbove: (path) => path, index: big },
    presence: {
      there: () => {
        described++;
        return nobody;
      },
      ringable: () => {
        asked++;
        return false;
      },
    },
    scopeOf: async () => ['vn'],
  });
  const from = performance.now();
  const { total } = await search.find(pm, 'b', 'tan', 20);
  t.diagnostic(`${total} hits in ${(performance.now() - from).toFixed(1)} ms`);
  assert.equal(total, 10_056);
  assert.deepEqual([asked, described], [10_056 + 20, 20], 'only what is shown is described');
});
