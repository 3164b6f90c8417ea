import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryRows, ROOT, southern, tiers } from '../../demo/country.ts';
import { within } from '../../protocol/organisation.ts';
import { fold, spellOut } from './fold.ts';
import { planRoster } from './planRoster.ts';
import { formatRoster, parseRoster } from './rosterCsv.ts';
import { UnitIndex } from './UnitIndex.ts';

const { added } = planRoster({ tiers: [], versions: [] }, tiers, await countryRows());
// Given in any order, the index sorts.
const index = new UnitIndex('1', tiers, [...added].reverse());
const path = (code: string) => index.find(code)?.path ?? '';
const found = (query: string, territory = 'vn', limit = 20) => index.search(query, territory, limit).map((u) => u.name);

test('UN1 UN6 the demo country: 10,051 communes and five districts without any, Hoàng Sa among them, are expected', () => {
  const count = (tier: string) => index.units.filter((u) => u.tier === tier).length;
  assert.deepEqual([count('nation'), count('province'), count('district'), count('commune')], [1, 63, 696, 10_051]);
  const districts = index.baseUnits([ROOT]).filter((u) => u.tier !== 'commune');
  assert.deepEqual(districts.map(({ name }) => name).sort(), [
    'Huyện Bạch Long Vĩ',
    'Huyện Côn Đảo',
    'Huyện Cồn Cỏ',
    'Huyện Hoàng Sa',
    'Huyện Lý Sơn',
  ]);
  assert.equal(index.countBase([ROOT]), 10_056);
  assert.equal(path('00001'), 'vn.01.001.00001');
});

test('UN5 the country written to a file and read back changes nothing', () => {
  const rows = parseRoster(formatRoster(added));
  const again = planRoster({ tiers, versions: added }, tiers, rows);
  assert.deepEqual(again, { tiers: [], added: [], ended: [], closed: [], contacts: [] });
});

test('UN2 a subtree is what lies within its path, in path order', () => {
  for (const code of ['vn', '01', '79', '760', '26734', '96']) {
    const slice = index.subtree(code);
    assert.deepEqual(
      slice,
      index.units.filter((u) => within(u.path, path(code))),
      code,
    );
    assert.equal(slice[0]?.code, code, 'the unit itself comes first');
  }
  assert.deepEqual(index.subtree('nowhere'), []);
  assert.equal(index.children('vn').length, 63);
  assert.ok(index.children('79').every((u) => u.parent === '79' && u.tier === 'district'));
});

test('UN3 counting and listing base units, overlapping subtrees once', () => {
  const south = southern.units.map(path);
  const base = index.baseUnits(south);
  assert.equal(base.length, index.countBase(south));
  assert.equal(new Set(base).size, base.length);
  assert.ok(base.every((u) => index.isBase(u.code) && south.some((p) => within(u.path, p))));
  assert.equal(index.countBase(['vn.79', 'vn.79.760', 'vn.79']), index.countBase(['vn.79']));
  assert.equal(index.countBase(['vn.79.nowhere']), 0);
});

test('UN4 codes that begin alike are not inside each other', () => {
  const unit = (code: string, parent: string | null, p: string) => ({
    code,
    parent,
    path: p,
    tier: 't',
    name: code,
    validFrom: '2021-01-01',
    validTo: null,
  });
  const small = new UnitIndex(
    '1',
    [{ id: 't', rank: 0, name: 't', nameEn: 't' }],
    [
      unit('a', null, 'a'),
      unit('b', 'a', 'a.b'),
      unit('b-1', 'a', 'a.b-1'),
      unit('c', 'b', 'a.b.c'),
      unit('b1', 'a', 'a.b1'),
    ],
  );
  assert.deepEqual(
    small.subtree('b').map((u) => u.code),
    ['b', 'c'],
  );
  assert.deepEqual(
    small.subtree('a').map((u) => u.code),
    ['a', 'b', 'c', 'b-1', 'b1'],
  );
});

test('US1 accents, case and composition make no difference; đ is d', () => {
  assert.equal(fold('Phường Đông Hưng Thuận'), 'phuong dong hung thuan');
  assert.equal(fold('Phường Đông Hưng Thuận'.normalize('NFD')), fold('PHƯỜNG ĐÔNG HƯNG THUẬN'.normalize('NFC')));
  for (const query of ['Đông Hưng Thuận', 'Đông Hưng Thuận'.normalize('NFD'), 'dong hung thuan', 'ĐÔNG HƯNG THUẬN'])
    assert.equal(found(query)[0], 'Phường Đông Hưng Thuận', query);
});

test('US2 the whole name first, then its beginning, then words, then the units above', () => {
  assert.equal(found('can tho')[0], 'Thành phố Cần Thơ');
  assert.equal(found('ben nghe')[0], 'Phường Bến Nghé');
  assert.equal(found('tan binh')[0], 'Quận Tân Bình', 'a district before communes of the same name');
  assert.equal(found('nghe ben')[0], 'Phường Bến Nghé', 'words in any order');
  const [hit] = index.search('hiep thanh quan 12', 'vn', 5);
  assert.equal(hit?.name, 'Phường Hiệp Thành');
  assert.match(hit?.path ?? '', /^vn\.79\./);
});

test('US3 codes and abbreviations', () => {
  assert.equal(found('26734')[0], index.find('26734')?.name);
  assert.equal(found('tp hcm')[0], 'Thành phố Hồ Chí Minh');
  assert.equal(found('tphcm')[0], 'Thành phố Hồ Chí Minh');
  assert.equal(found('q1')[0], 'Quận 1');
  assert.equal(spellOut('p 5 q 10'), 'phuong 5 quan 10');
  assert.equal(spellOut('p'), 'p', 'a letter that may still become a word stays');
});

test('US4 only the territory, at most the limit, nothing for signs alone', () => {
  assert.ok(index.search('phuong', 'vn.79', 50).every((u) => within(u.path, 'vn.79')));
  assert.equal(found('phuong', 'vn', 7).length, 7);
  assert.deepEqual(found('can tho', 'vn.01'), []);
  assert.deepEqual(found('?!'), []);
  assert.deepEqual(found('phuong', 'vn.nowhere'), []);
});

test('US5 a search over the country gives no more than was asked for, whatever is sought', (t) => {
  const queries = ['phuong', 'xa tan', 'a', 'can tho', 'xyz', 'hiep thanh quan 12'];
  const counts = queries.map((query) => found(query, 'vn', 5).length);
  assert.deepEqual(counts, [5, 5, 5, 5, 0, 3]);
  const from = performance.now();
  for (let i = 0; i < 10; i++) for (const query of queries) found(query);
  const each = (performance.now() - from) / (10 * queries.length);
  t.diagnostic(`${each.toFixed(2)} ms a search`);
});
