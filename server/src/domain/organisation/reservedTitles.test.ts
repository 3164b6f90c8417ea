import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reservedIn } from './reservedTitles.ts';

const tiers = [
  { id: 'nation', rank: 0, name: 'Trung ương', nameEn: 'Nation' },
  { id: 'province', rank: 1, name: 'Tỉnh', nameEn: 'Province', titles: ['Chánh Văn phòng Điều phối'] },
  { id: 'commune', rank: 2, name: 'Xã', nameEn: 'Commune' },
];
const at = (tier: string) => (name: string) => reservedIn(name, tier, tiers) !== undefined;

test('NM4 a title of a tier above is refused below it, and allowed to its own', () => {
  const [nation, province, commune] = [at('nation'), at('province'), at('commune')];
  for (const name of [
    'Thủ tướng Chính phủ',
    'Bộ trưởng Bộ Y tế',
    'Phó Thủ tướng',
    'Văn phòng Chính phủ',
    'Tổng Bí thư',
  ])
    assert.deepEqual([nation(name), province(name), commune(name)], [false, true, true], name);
  for (const name of [
    'Chủ tịch UBND tỉnh',
    'Chủ tịch UBND tỉnh Bắc Giang',
    'Bí thư Tỉnh ủy',
    'Giám đốc Sở Y tế',
    'UBND tỉnh Lào Cai',
  ])
    assert.deepEqual([nation(name), province(name), commune(name)], [false, false, true], name);
  assert.deepEqual(
    [province, commune].map((is) => is('Chánh Văn phòng Điều phối')),
    [false, true],
    'of the file of tiers',
  );
});

test('NM5 whatever letters it is written with', () => {
  const commune = at('commune');
  for (const name of [
    ...['THỦ TƯỚNG CHÍNH PHỦ', 'thu tuong chinh phu', 'Thủ tướng Chính phủ'.normalize('NFD'), 'Thủ  tướng  Chính  phủ'],
    ...[
      'T.h.ủ t.ư.ớ.n.g Chính phủ',
      'ThủtướngChínhphủ',
      'Thủ-tướng-Chính-phủ',
      'Ｔｈủ ｔướｎｇ Chính phủ',
      '𝐓𝐡𝐮 𝐭𝐮𝐨𝐧𝐠 𝐂𝐡𝐢𝐧𝐡 𝐩𝐡𝐮',
    ],
    ...[
      'Тhu tuong Chinh рhu',
      'Thu tuоng Сhinh phu',
      'Τhu tuοng Chinh phu',
      'UBND xã A – Thủ tướng',
      'Đồng chí Thủ tướng',
    ],
    ...[
      'Xã A (Bộ trưởng)',
      'Nguyễn Văn A, Thủ tướng Chính phủ',
      'TM. Thủ tướng',
      'CHỦ TỊCH UBND TỈNH',
      'Chu tich UBND  tinh',
    ],
  ])
    assert.ok(commune(name), name);
});

test('NM4 names and titles of communes, and of people, are no titles of those above', () => {
  for (const name of [
    ...[
      'Chủ tịch UBND xã Tân Phú',
      'Phó Chủ tịch UBND phường',
      'Bí thư Đảng ủy xã',
      'Thủ trưởng đơn vị',
      'Nguyễn Thu Tường',
    ],
    ...[
      'Trần Thị Thu Tương',
      'Trưởng Công an xã',
      'Chánh Văn phòng',
      'UBND xã A, tỉnh B',
      'Bí thư Đoàn xã',
      'Lê Bộ Trường',
    ],
    ...['Giám đốc Trung tâm Y tế', 'Chủ tịch HĐND xã', 'Trưởng ban Chỉ đạo xã', 'Đội trưởng'],
  ])
    assert.equal(reservedIn(name, 'commune', tiers), undefined, name);
});
