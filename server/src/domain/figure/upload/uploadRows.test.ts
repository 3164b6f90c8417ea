import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { numberColumn, tableOf, textColumn } from '../../report/table.ts';
import { toXlsx } from '../../report/xlsx.ts';
import { inOwnCodes } from '../ownCodes.ts';
import { readInThread } from './readInThread.ts';
import { readUpload } from './readUpload.ts';
import { type UploadRows, uploadRows } from './uploadRows.ts';

const csv = (text: string, style: 'plain' | 'vi' | 'en' = 'vi') =>
  readUpload({ bytes: Buffer.from(text), format: 'csv', style });
const read = async (text: string, style?: 'plain' | 'vi' | 'en'): Promise<UploadRows> => {
  const found = await csv(text, style);
  assert.ok('rows' in found, JSON.stringify(found));
  return found;
};
const refusal = async (text: string) => {
  const found = await csv(text);
  return 'error' in found ? found.error.reason : undefined;
};

test('FG73 a long file is read by its columns, and numbers by the style that was declared', async () => {
  const file = 'period;unit;value;indicator\n2026-11-26;00001;1.234,5;beds\n2026-11-26;00002;12.5;beds\n';
  const { rows, unread } = await read(file);
  assert.deepEqual(rows, [{ row: 2, indicator: 'beds', unit: '00001', period: '2026-11-26', value: '1234.5' }]);
  assert.deepEqual(
    unread.map(({ row, column, value, reason }) => [row, column, value, reason]),
    [[3, 'value', '12.5', 'bad-value']],
  );
  assert.equal(unread[0]?.say.vi, 'không phải số viết theo kiểu đã chọn (1.234,5)');
  const same = await read('unit,period,indicator,value\n00001,2026-11-26,beds,1.234', 'plain');
  assert.equal(same.rows[0]?.value, '1.234');
  assert.equal((await read('unit,period,indicator,value\n1,2026-11-26,b,"1,234"', 'en')).rows[0]?.value, '1234');
});

test('FG73 FG3 of a wide file an empty cell says nothing, and a minus that there is none', async () => {
  const { rows, unread } = await read('unit;period;beds;cases\n00001;2026-11-26;12;\n00002;2026-11-26;-;3\n\n');
  assert.deepEqual(
    rows.map(({ row, unit, indicator, value }) => [row, unit, indicator, value]),
    [
      [2, '00001', 'beds', '12'],
      [3, '00002', 'beds', null],
      [3, '00002', 'cases', '3'],
    ],
  );
  assert.deepEqual(unread, []);
});

test('FG74 what is refused of a wide file is told by the column in which it stands, of a long one by those that it has', async () => {
  const { rows, unread } = await read('unit;period;beds;cases\n00001;2026-11-26;12.5;3\n00001;;4;\n');
  assert.deepEqual(
    unread.map(({ row, column, header }) => [row, column, header]),
    [[2, 'value', 'beds']],
  );
  const codes = { indicator: new Map([['beds', 'beds-free']]), unit: new Map() };
  const { known, unknown } = inOwnCodes(rows, codes);
  assert.deepEqual(
    [...unknown, ...known].map(({ row, header }) => [row, header]),
    [
      [2, 'cases'],
      [3, 'beds'],
    ],
  );
  const long = await read('unit;period;indicator;value\n00001;2026-11-26;beds;12.5\n');
  assert.deepEqual([long.unread[0]?.column, long.unread[0]?.header], ['value', undefined]);
  const strange = 'x'.repeat(65);
  const { unread: refused } = await read(`unit;period;${strange}\n00001;2026-11-26;1\n`);
  assert.deepEqual([refused[0]?.column, refused[0]?.header], ['indicator', undefined]);
});

test('FG73 of a long file an empty cell is refused, and one with the status O says that there is none', async () => {
  const { rows, unread } = await read(
    'unit,period,indicator,value,status\n1,2026-11-26,b,,O\n2,2026-11-26,b,,\n3,2026-11-26,b,4,P\n',
  );
  assert.deepEqual(
    rows.map(({ unit, value, status }) => [unit, value, status]),
    [
      ['1', null, 'O'],
      ['3', '4', 'P'],
    ],
  );
  assert.deepEqual(
    unread.map(({ row, reason }) => [row, reason]),
    [[3, 'bad-value']],
  );
});

test('FG43 a file without its columns, with the same twice, with strange ones or without values is refused', async () => {
  for (const text of [
    '',
    'unit,beds\n1,2\n',
    'unit,period,beds,beds\n1,2026-11-26,2,3\n',
    'unit,period,value\n1,2026-11-26,2\n',
    'unit,period,indicator,value,note\n1,2026-11-26,b,2,x\n',
    'unit,period,beds\n',
    'unit,period,beds\n1,2026-11-26,"2\n',
  ])
    assert.equal(await refusal(text), 'bad-request', JSON.stringify(text));
  const many = `unit,period,beds\n${'1,2026-11-26,2\n'.repeat(50_001)}`;
  assert.equal(await refusal(many), 'too-large');
});

test('FG73 a number where a code or a period belongs has lost its zeros, and is refused; a day of a workbook is one here', () => {
  const day = new Date('2026-11-26T00:00:00Z');
  const { rows, unread } = uploadRows(
    [
      ['unit', 'period', 'beds'],
      ['00001', day, 0.1 + 0.2],
      ['00001', new Date('2026-11-26T07:00:00Z'), 5],
      [1, day, 5],
      ['00001', 20261126, 5],
      ['00001', day, true],
      ['00001', day, Number.NaN],
      ['00001', day, '1.200'],
    ],
    'vi',
  );
  assert.deepEqual(
    rows.map(({ row, period, value }) => [row, period, value]),
    [
      [2, '2026-11-26', '0.3'],
      [3, '2026-11-26T00:00:00.000Z', '5'],
      [8, '2026-11-26', '1200'],
    ],
  );
  assert.deepEqual(
    unread.map(({ row, column }) => [row, column]),
    [
      [4, 'unit'],
      [5, 'period'],
      [6, 'value'],
      [7, 'value'],
    ],
  );
});

interface Row {
  readonly unit: string;
  readonly value: number;
}
async function workbook(rows: readonly Row[]): Promise<Buffer> {
  const columns = [
    textColumn<Row>('unit', 10, ({ unit }) => unit),
    textColumn<Row>('period', 12, () => '2026-11-26'),
    numberColumn<Row>('beds', ({ value }) => value),
  ];
  async function* pieces() {
    yield rows;
  }
  return buffer(toXlsx(tableOf('Sheet', columns, { rows: pieces(), total: rows.length })));
}

test('FG74 a workbook is read in a thread, and what is none, or is cut off, is refused', async () => {
  const bytes = await workbook([
    { unit: '00001', value: 12.5 },
    { unit: '00002', value: 3 },
  ]);
  const file = { format: 'xlsx', style: 'vi' } as const;
  const { rows } = await readInThread({ ...file, bytes });
  assert.deepEqual(
    rows.map(({ row, unit, value }) => [row, unit, value]),
    [
      [2, '00001', '12.5'],
      [3, '00002', '3'],
    ],
  );
  await assert.rejects(readInThread({ ...file, bytes: Buffer.from('unit,period,beds\n') }), { reason: 'bad-request' });
  await assert.rejects(readInThread({ ...file, bytes: bytes.subarray(0, bytes.length / 2) }), {
    reason: 'bad-request',
  });
});

test('FG148 a file of people whose last row is cut off is refused whole, one that only has no last line break is not', async () => {
  const wide = 'unit;period;beds;cases\n00001;2026-11-26;12;3\n00002;2026-11-26;';
  const long = 'unit,period,indicator,value\n00001,2026-11-26,beds,1\n00002,2026-11-26,beds,';
  for (const text of [wide, `${wide}12`, `${wide}"12`, long, long.slice(0, -1)])
    assert.equal(await refusal(text), 'bad-request', text);
  for (const text of [`${wide}12;`, `${wide}12;3`, `${long}5`]) assert.ok((await read(text)).rows.length > 1, text);
});

test('FG149 a period is taken as people write it, the day first, and what is no day stays as it was written', async () => {
  const periods = ['28/11/2026', '8/1/2026', '28/11/2026 14:00', '11/2026', '2026-11-28'];
  const wrong = ['31/11/2026', '11/28/2026', '28/11/2026 24:00', '28/11/26'];
  const lines = [...periods, ...wrong].map((period) => `00001;${period};1\n`).join('');
  const { rows } = await read(`unit;period;beds\n${lines}`);
  assert.deepEqual(
    rows.map(({ period }) => period),
    ['2026-11-28', '2026-01-08', '2026-11-28T14:00:00+07:00', '2026-11', '2026-11-28', ...wrong],
  );
});
