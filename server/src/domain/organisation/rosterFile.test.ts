import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measuredZip } from '../../lib/measuredZip.ts';
import { zip } from '../../lib/zip.ts';
import { toXlsx } from '../report/xlsx.ts';
import type { RosterNow } from './roster.ts';
import { planFile, type RosterFile } from './rosterFile.ts';

const version = (code: string, parent: string | null, path: string, tier: string, name: string) => ({
  ...{ code, parent, path, tier, name, validFrom: '2021-01-01', validTo: null },
});
const now: RosterNow = {
  tiers: [
    { id: 'nation', rank: 0, name: 'Quốc gia', nameEn: 'Nation' },
    { id: 'province', rank: 1, name: 'Tỉnh', nameEn: 'Province' },
    { id: 'commune', rank: 2, name: 'Xã', nameEn: 'Commune' },
  ],
  versions: [
    version('vn', null, 'vn', 'nation', 'Việt Nam'),
    version('01', 'vn', 'vn.01', 'province', 'Hà Nội'),
    version('79', 'vn', 'vn.79', 'province', 'Hồ Chí Minh'),
    version('00001', '01', 'vn.01.00001', 'commune', 'Phường Một'),
    version('00002', '01', 'vn.01.00002', 'commune', 'Phường Hai'),
  ],
  contacts: new Map(),
};
const head = 'code,parent,tier,name,valid_from,valid_to,telephone';
const csv = (...lines: string[]): RosterFile => ({
  bytes: Buffer.from([head, ...lines].join('\n')),
  format: 'csv',
  what: 'roster',
});
const planned = async (file: RosterFile) => {
  const found = await planFile(file, now);
  assert.ok(!('errors' in found), JSON.stringify(found));
  return found;
};
const wrong = async (file: RosterFile) => {
  const found = await planFile(file, now);
  return 'errors' in found ? found.errors.map(({ line, why, about }) => [line, why, about]) : [];
};

test('IM2 a difference says what opens, is renamed, moves, closes, and whom to ring', async () => {
  const { counts, steps } = await planned(
    csv(
      '00003,79,commune,Phường Ba,2025-07-01,,',
      '00001,79,commune,Phường Một,2025-07-01,,024 1234',
      '00002,01,commune,Phường Hai,2021-01-01,2025-07-01,',
      '79,vn,province,Thành phố Hồ Chí Minh,2025-07-01,,',
    ),
  );
  assert.deepEqual(counts, { opened: 1, changed: 1, moved: 1, closed: 1, contacts: 1, tiers: 0, along: 0 });
  assert.deepEqual(
    steps.map(({ kind, code, before, after }) => [kind, code, before, after]),
    [
      ['changed', '79', 'Hồ Chí Minh', 'Thành phố Hồ Chí Minh'],
      ['moved', '00001', 'Hà Nội', 'Thành phố Hồ Chí Minh'],
      ['opened', '00003', '', 'Thành phố Hồ Chí Minh'],
      ['closed', '00002', '', ''],
      ['contacts', '00001', '', ''],
    ].sort(
      (a, b) =>
        steps.findIndex((s) => s.code === a[1] && s.kind === a[0]) -
        steps.findIndex((s) => s.code === b[1] && s.kind === b[0]),
    ),
  );
});

test('IM2 of contacts the whole is told on both sides, so that a title or a telephone that changes is seen', async () => {
  const person = { name: 'Trần A', title: 'Chủ tịch', telephone: '0912 345', deputy: false };
  const before = { telephone: '024 1234', people: [person] };
  const columns = 'person_1_name,person_1_title,person_1_telephone,person_1_deputy';
  const bytes = Buffer.from(
    `${head},${columns}\n00001,01,commune,Phường Một,2021-01-01,,024 1234,Trần A,Phó Chủ tịch,0912 999,x`,
  );
  const file = { bytes, format: 'csv', what: 'roster' } as const;
  const found = await planFile(file, { ...now, contacts: new Map([['00001', before]]) });
  assert.ok(!('errors' in found), JSON.stringify(found));
  const after = { ...before, people: [{ ...person, title: 'Phó Chủ tịch', telephone: '0912 999', deputy: true }] };
  assert.deepEqual(
    found.steps.map(({ kind, code, contacts }) => [kind, code, contacts]),
    [['contacts', '00001', { before, after }]],
  );
});

test('IM3 the hash is that of what would be done: the same for the same, another for anything else', async () => {
  const one = await planned(csv('00001,01,commune,Phường Mới,2025-07-01,,'));
  assert.match(one.hash, /^[0-9a-f]{64}$/);
  assert.equal(
    (await planned(csv('00001,01,commune,Phường Mới,2025-07-01,,', 'vn,,nation,Việt Nam,2021-01-01,,'))).hash,
    one.hash,
  );
  assert.notEqual((await planned(csv('00001,01,commune,Phường Mới,2025-07-02,,'))).hash, one.hash);
});

test('IM1 every error is told with its line, why, and what it is about', async () => {
  assert.deepEqual(
    await wrong(
      csv('00004,77,commune,X,2025-07-01,,', '00001,01,hamlet,X,2025-07-01,,', '00001,01,commune,Y,2025-07-01,,'),
    ),
    [
      [2, 'no-parent', '77'],
      [3, 'no-tier', 'hamlet'],
      [4, 'twice', '00001'],
    ],
  );
  assert.deepEqual(await wrong(csv('00001,01,commune,X,2025-07-01,,12')), [[2, 'cell', 'telephone']]);
  assert.deepEqual(await wrong({ bytes: Buffer.from([0xff, 0xfe, 0x41]), format: 'csv', what: 'roster' }), [
    [0, 'unreadable', undefined],
  ]);
  assert.deepEqual(await wrong({ bytes: Buffer.from('PK no workbook'), format: 'xlsx', what: 'roster' }), [
    [0, 'unreadable', undefined],
  ]);
});

const titles = ['code', 'parent', 'tier', 'name', 'valid_from'] as const;
async function workbook(kinds: readonly ('text' | 'number' | 'date')[], row: readonly (string | number)[]) {
  const pieces: Buffer[] = [];
  async function* rows() {
    yield [row];
  }
  const columns = titles.map((title, i) => ({ title, kind: kinds[i] ?? 'text', width: 10 }));
  for await (const piece of toXlsx({ name: 'Danh bạ', columns, total: 1, rows: rows() })) pieces.push(piece);
  return { bytes: Buffer.concat(pieces), format: 'xlsx', what: 'roster' } as const;
}

test('IM1 a workbook is read as a CSV is, dates as dates', async () => {
  const file = await workbook(
    ['text', 'text', 'text', 'text', 'date'],
    ['00001', '01', 'commune', 'Phường Mới', '2025-07-01'],
  );
  const found = await planned(file);
  assert.equal(found.hash, (await planned(csv('00001,01,commune,Phường Mới,2025-07-01,,'))).hash);
});

test('IM6 a code that a spreadsheet has made a number is refused', async () => {
  const file = await workbook(
    ['number', 'text', 'text', 'text', 'text'],
    [1, '01', 'commune', 'Phường Mới', '2025-07-01'],
  );
  assert.deepEqual(await wrong(file), [[2, 'numeric', 'code']]);
});

test('IM1 tiers come in a file of their own', async () => {
  const bytes = Buffer.from('id,rank,name,name_en\nhamlet,3,Thôn,Hamlet\ncommune,2,Xã,Commune\n');
  const { counts, steps } = await planned({ bytes, format: 'csv', what: 'tiers' });
  assert.equal(counts.tiers, 1);
  assert.deepEqual(
    steps.map(({ code, after }) => [code, after]),
    [['hamlet', 'Thôn']],
  );
});

test('IM4 an archive that unpacks to too much is seen before anything reads it', async () => {
  const pieces: Buffer[] = [];
  const bomb = [{ name: 'xl/worksheets/sheet1.xml', content: [Buffer.alloc(8 * 1024 * 1024)] }];
  for await (const piece of zip(bomb)) pieces.push(piece);
  const archive = Buffer.concat(pieces);
  assert.ok(archive.length < 100_000);
  assert.ok(measuredZip(archive, 9 * 1024 * 1024).length <= archive.length);
  assert.throws(() => measuredZip(archive, 7 * 1024 * 1024), RangeError);
  assert.throws(() => measuredZip(Buffer.from('PK'), 1), Error);
});
