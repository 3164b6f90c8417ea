import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { DomainError } from '../../../protocol/errors.ts';
import type { FigureRow } from '../../../protocol/figureBatch.ts';
import { BATCH_ROWS } from '../../../protocol/limits.ts';
import { type BatchType, type ReadBatch, readBatch } from './readBatch.ts';

/** In pieces of so many bytes, which end anywhere. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

const read = (type: BatchType, text: string | Uint8Array, size = 65_536, packed = false): Promise<ReadBatch> =>
  readBatch(pieces(Buffer.from(text as string), size), type, packed);

const refusal = (reason: string, message: RegExp) => (error: DomainError) => {
  assert.equal(error.reason, reason, error.message);
  assert.match(error.message, message);
  return true;
};

const row = { indicator: 'beds', unit: '00001', period: '2026-11-26' };
const beds: readonly FigureRow[] = [
  { row: 1, ...row, value: '12.50', status: 'P' },
  { row: 2, ...row, unit: '00004', value: null, status: 'O' },
];
const csv = 'indicator,unit,period,value,status\nbeds,00001,2026-11-26,12.50,P\nbeds,00004,2026-11-26,,O\n';
const same: Readonly<Record<BatchType, string>> = {
  'application/x-ndjson':
    '{"indicator":"beds","unit":"00001","period":"2026-11-26","value":"12.50","status":"P"}\n' +
    '{"indicator":"beds","unit":"00004","period":"2026-11-26","value":null,"status":"O"}\n',
  'text/csv': csv,
  'application/vnd.sdmx.data+csv':
    'STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\r\n' +
    'dataflow,MOH:BEDS(1.0),I,D,beds,00001,2026-11-26,12.50,P,0\r\n' +
    'dataflow,MOH:BEDS(1.0),I,D,beds,00004,2026-11-26,NaN,O,\r\n',
  'application/json': JSON.stringify({
    dataSet: 'BEDS',
    dataValues: [
      { dataElement: 'beds', orgUnit: '00001', value: '12.50', categoryOptionCombo: 'default', comment: '"}],[{' },
      { dataElement: 'beds', orgUnit: '00004', value: '7', deleted: true },
    ],
    period: '20261126',
  }),
};

/** What a format counts its rows from, and which standing it can say. */
const expected = (type: BatchType): readonly FigureRow[] => {
  if (type === 'application/x-ndjson') return beds;
  if (type === 'application/json') return beds.map(({ status: _, ...rest }) => rest);
  return beds.map((each) => ({ ...each, row: each.row + 1 }));
};

for (const type of Object.keys(same) as BatchType[])
  test(`${type} becomes rows, wherever its pieces end, packed or not`, async () => {
    const text = Buffer.from(same[type]);
    for (let size = 1; size <= text.length; size = size < 80 ? size + 1 : size * 2) {
      const { rows, unread } = await read(type, text, size);
      assert.deepEqual([rows, unread], [expected(type), []], `in pieces of ${size}`);
    }
    const [plain, packed] = [await read(type, text), await read(type, gzipSync(text), 7, true)];
    assert.deepEqual(packed, plain);
    assert.match(plain.hash.toString('hex'), /^[0-9a-f]{64}$/);
  });

for (const type of Object.keys(same) as BatchType[])
  test(`${type} that is cut off anywhere is refused, or loses only what was cut off`, async () => {
    const text = same[type];
    for (let length = 0; length < text.length; length++) {
      const cut = await read(type, text.slice(0, length)).catch((error: DomainError) => error.reason);
      if (typeof cut === 'string') assert.equal(cut, 'bad-request');
      else {
        // A last line without its break may be whole, so it is believed: HTTP says where a batch ends.
        const ended = cut.rows.filter(
          (_, i) => i < text.slice(0, length).split('\n').length - (type === 'application/x-ndjson' ? 1 : 2),
        );
        assert.deepEqual(ended, expected(type).slice(0, ended.length));
      }
    }
  });

test('FG2 a long number of JSON stays as it is written', async () => {
  const line = (value: string) => `{"indicator":"beds","unit":"00001","period":"2026-11-26","value":${value}}`;
  const values = ['0.1', '12', '-3.25', '12.00000000000000000001', '123456789.1234567891', '1e999'];
  const { rows } = await read('application/x-ndjson', values.map(line).join('\n'));
  assert.deepEqual(
    rows.map(({ value }) => value),
    ['0.1', '12', '-3.25', '12.00000000000000000001', '123456789.1234567891', 'Infinity'],
  );
});

test('an empty cell says nothing, so it is neither zero nor none', async () => {
  const { rows, unread } = await read('text/csv', 'indicator,unit,period,value,status\nbeds,00001,2026-11-26,,\n');
  assert.deepEqual(rows, []);
  assert.deepEqual([unread[0]?.row, unread[0]?.column, unread[0]?.reason], [2, 'value', 'bad-value']);
  const both = await read('text/csv', 'indicator,unit,period,value,status\nbeds,00001,2026-11-26,3,O\n');
  assert.deepEqual([both.unread[0]?.column, both.unread[0]?.value], ['status', 'O']);
});

test('what has not even the form of a row is told by row and column, and the others are taken', async () => {
  const good = { indicator: 'beds', unit: '1', period: '2026-11-26', value: 1 };
  const lines = [
    good,
    { ...good, unit: 1 },
    { ...good, indicator: null },
    { ...good, period: 20261126 },
    { ...good, value: true },
    { ...good, value: undefined },
    { ...good, value: '9'.repeat(65) },
    { ...good, status: 'F' },
    { ...good, seen: 5 },
    good,
  ];
  const { rows, unread } = await read('application/x-ndjson', lines.map((line) => JSON.stringify(line)).join('\n'));
  assert.deepEqual(
    rows.map((each) => each.row),
    [1, 10],
  );
  assert.deepEqual(
    unread.map((error) => [error.row, error.column, error.reason, error.value]),
    [
      [2, 'unit', 'unknown-unit', '1'],
      [3, 'indicator', 'unknown-indicator', 'null'],
      [4, 'period', 'bad-period', '20261126'],
      [5, 'value', 'bad-value', 'true'],
      [6, 'value', 'bad-value', undefined],
      [7, 'value', 'bad-value', '9'.repeat(64)],
      [8, 'status', 'bad-value', 'F'],
      [9, undefined, 'bad-period', '5'],
    ],
  );
  for (const { say } of unread) assert.ok(say.vi.length > 10 && say.en.length > 10);
});

test('a row of CSV with a decimal comma has a field too many, and is told so', async () => {
  const { rows, unread } = await read(
    'text/csv',
    'indicator,unit,period,value\nbeds,1,2026-11-26,12,5\nbeds,2,2026-11-26,1\n',
  );
  assert.deepEqual(
    rows.map((each) => each.row),
    [3],
  );
  assert.match(unread[0]?.say.en ?? '', /has 5 fields, the header has 4; decimals are written with a point/);
  assert.match(unread[0]?.say.vi ?? '', /dấu chấm/);
});

test('SDMX-CSV: a power of ten and a deletion are refused by row, since the number would be another one', async () => {
  const head = 'ACTION,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n';
  const lines = ['A,beds,1,2026-11-26,5,3', 'D,beds,1,2026-11-26,5,', 'R,beds,1,2026-11-26,5,0'];
  const { rows, unread } = await read('application/vnd.sdmx.data+csv', head + lines.join('\n'));
  assert.deepEqual(
    rows.map((each) => each.row),
    [4],
  );
  assert.deepEqual(
    unread.map(({ row: at, value }) => [at, value]),
    [
      [2, '3'],
      [3, 'D'],
    ],
  );
});

test('DHIS2: what stands around the list is valid for rows that say nothing else; a part of a figure is refused', async () => {
  const values = [
    { dataElement: 'beds', value: '1' },
    { dataElement: 'beds', orgUnit: '2', period: '202611', value: '2' },
    { dataElement: 'beds', orgUnit: '3', period: '2026W7', value: '3' },
    { dataElement: 'beds', value: '4', categoryOptionCombo: 'MALE' },
    { dataElement: 'beds', value: '5', attributeOptionCombo: 'PROJECT' },
  ];
  const { rows, unread } = await read(
    'application/json',
    JSON.stringify({ dataValues: values, orgUnit: '1', period: '20261126' }),
  );
  assert.deepEqual(
    rows.map(({ unit, period, value }) => [unit, period, value]),
    [
      ['1', '2026-11-26', '1'],
      ['2', '2026-11', '2'],
      ['3', '2026-W07', '3'],
    ],
  );
  assert.deepEqual(
    unread.map((error) => [error.row, error.value]),
    [
      [4, 'MALE'],
      [5, 'PROJECT'],
    ],
  );
});

const line = (value: string): string => `{"indicator":"beds","unit":"1","period":"2026-11-26","value":${value}}`;
const whole: readonly (readonly [string, BatchType, string | Uint8Array, string, RegExp])[] = [
  [
    'NDJSON that is none',
    'application/x-ndjson',
    `${line('1')}\n{"indicator":`,
    'bad-request',
    /line 2 is broken JSON/,
  ],
  ['a list of JSON', 'application/x-ndjson', `[${line('1')}]`, 'bad-request', /line 1 is no JSON object/],
  [
    'a field that nobody knows',
    'application/x-ndjson',
    '{"vlaue":1}',
    'bad-request',
    /line 1 has a field "vlaue" that nobody knows/,
  ],
  ['a line without end', 'application/x-ndjson', `{"unit":"${'1'.repeat(9_000)}`, 'bad-request', /longer than/],
  ['50,001 lines', 'application/x-ndjson', `${line('1')}\n`.repeat(BATCH_ROWS + 1), 'too-large', /at most 50000 rows/],
  ['no rows', 'text/csv', 'indicator,unit,period,value\n', 'bad-request', /no rows/],
  ['nothing', 'text/csv', '', 'bad-request', /empty/],
  [
    'semicolons',
    'text/csv',
    'indicator;unit;period;value\nbeds;1;2026-11-26;12,5',
    'bad-request',
    /semicolons.*Excel in Vietnamese/,
  ],
  ['tabs', 'text/csv', 'indicator\tunit\tperiod\tvalue\n', 'bad-request', /tabs/],
  ['a header that lacks something', 'text/csv', 'indicator,unit,value\n', 'bad-request', /lacks period/],
  ['a header with more', 'text/csv', 'indicator,unit,period,value,stauts\n', 'bad-request', /nobody knows/],
  ['a header that says something twice', 'text/csv', 'indicator,unit,period,value,value\n', 'bad-request', /same name/],
  [
    'a last row that is cut off',
    'text/csv',
    'indicator,unit,period,value\nbeds,1,2026-11-26,1\nbeds,1',
    'bad-request',
    /cut off/,
  ],
  ['labels of SDMX', 'application/vnd.sdmx.data+csv', 'INDICATOR: Chỉ tiêu,REF_AREA\n', 'bad-request', /labels=id/],
  [
    'bytes that are no UTF-8',
    'text/csv',
    Buffer.from('indicator,unit,period,value\nbeds,H\xe0 N\xf4i,2026-11-26,1', 'latin1'),
    'bad-request',
    /not UTF-8/,
  ],
  ['UTF-16', 'text/csv', Buffer.from('\uFEFFindicator,unit,period,value\n', 'utf16le'), 'bad-request', /not UTF-8/],
  ['JSON that is cut off', 'application/json', '{"dataValues":[{"dataElement":"a"', 'bad-request', /cut off/],
  ['JSON without a list', 'application/json', '{"dataValue":[]}', 'bad-request', /no list/],
  [
    'two lists',
    'application/json',
    '{"dataValues":[],"dataValues":[{"value":"1"}]}',
    'bad-request',
    /names "dataValues" twice/,
  ],
  ['a list without commas', 'application/json', '{"dataValues":[{}{}]}', 'bad-request', /broken JSON/],
  [
    '50,001 values',
    'application/json',
    `{"dataValues":[${'{},'.repeat(BATCH_ROWS)}{}]}`,
    'too-large',
    /at most 50000 rows/,
  ],
  [
    'brackets without end',
    'application/json',
    `{"dataValues":[{"a":${'['.repeat(100_000)}`,
    'bad-request',
    /longer than/,
  ],
  [
    'much around the list',
    'application/json',
    `{"a":"${'a'.repeat(70_000)}","dataValues":[]}`,
    'bad-request',
    /too much/,
  ],
];
for (const [what, type, text, reason, message] of whole)
  test(`the whole batch is refused: ${what}`, () => assert.rejects(read(type, text), refusal(reason, message)));

test('the whole batch is refused: gzip that is cut off, none, or a bomb; and more bytes than a batch has', async () => {
  const packed = gzipSync(csv);
  await assert.rejects(read('text/csv', packed.subarray(0, -9), 5, true), refusal('bad-request', /no whole gzip/));
  await assert.rejects(read('text/csv', csv, 5, true), refusal('bad-request', /no whole gzip/));
  const spaces = (bytes: number) => Buffer.concat([Buffer.from('{"dataValues":['), Buffer.alloc(bytes, ' ')]);
  const bomb = gzipSync(spaces(80 * 1024 * 1024));
  assert.ok(bomb.length < 200_000);
  const unpacked = refusal('too-large', /unpacked batch has at most 67108864/);
  await assert.rejects(read('application/json', bomb, 16_384, true), unpacked);
  await assert.rejects(read('application/json', spaces(9 * 1024 * 1024)), refusal('too-large', /at most 8388608/));
  const lines = gzipSync(Buffer.alloc(60 * 1024 * 1024, '\n'));
  for (const type of ['text/csv', 'application/x-ndjson'] as const)
    await assert.rejects(read(type, lines, 16_384, true), refusal('too-large', /at most 50000 rows/));
});

test('50,000 rows are a batch', async (t) => {
  const text = gzipSync(Array.from({ length: BATCH_ROWS }, (_, i) => line(String(i))).join('\n'));
  const began = performance.now();
  assert.equal((await read('application/x-ndjson', text, 65_536, true)).rows.length, BATCH_ROWS);
  t.diagnostic(`${Math.round(performance.now() - began)} ms`);
});

test('what a sender broke off is told as they say it', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield gzipSync(csv).subarray(0, 20);
    throw new Error('the line was cut');
  }
  await assert.rejects(readBatch(broken(), 'text/csv', false), /UTF-8|the line was cut/);
});

test('FG148 JSON that names something twice is refused whole, however it is written and wherever it stands', async () => {
  const { indicator, unit, period } = row;
  const good = `{"indicator":"${indicator}","unit":"${unit}","period":"${period}T17:00+07:00","value":1}`;
  assert.equal((await read('application/x-ndjson', good)).rows[0]?.value, '1');
  const twice = good.replace('"value":1', '"value":1,"value":100');
  const escaped = good.replace('"value":1', '"value":1,"v\\u0061lue":100');
  for (const text of [twice, escaped, `${good}\n${twice}`])
    await assert.rejects(read('application/x-ndjson', text), refusal('bad-request', /names "value" twice/));
  const dhis2 = (value: string, around = '') => `{"dataValues":[${value}],"period":"20261126","orgUnit":"1"${around}}`;
  const plain = '{"dataElement":"beds","value":"1","note":{"a":"x:\\"y","b":[{"a":1},{"a":2}]}}';
  assert.equal((await read('application/json', dhis2(plain))).rows.length, 1);
  for (const text of [
    dhis2('{"dataElement":"beds","value":"1","value":"2"}'),
    dhis2(plain.replace('"b"', '"a"')),
    dhis2(plain, ',"period":"20261125"'),
  ])
    await assert.rejects(read('application/json', text), refusal('bad-request', /twice/));
});

test('FG148 a CSV without a last line break is cut off where its last row lacks its value, a field or a quote', async () => {
  const head = 'indicator,unit,period,value\nbeds,1,2026-11-26,1\n';
  for (const last of ['beds,2,2026-11-26,', 'beds,2,2026-11-26', 'b', 'beds,2,2026-11-26,"12'])
    await assert.rejects(read('text/csv', head + last), refusal('bad-request', /cut off|quote/), last);
  assert.equal((await read('text/csv', `${head}beds,2,2026-11-26,12`)).rows.length, 2);
  const { rows, unread } = await read('text/csv', `${head}beds,2,2026-11-26,\n`);
  assert.deepEqual([rows.length, unread.length], [1, 1], 'a row that ends is one, and is refused alone');
  const marked = 'indicator,unit,period,value,status\nbeds,1,2026-11-26,1,';
  assert.equal((await read('text/csv', marked)).rows.length, 1, 'what may be empty says nothing');
});

test('FG149 CSV that is sent takes a period with the day first, and a moment of reading too', async () => {
  const text = 'indicator,unit,period,value,seen\nbeds,1,28/11/2026,1,28/11/2026 9:05\n';
  const { rows } = await read('text/csv', text);
  assert.deepEqual([rows[0]?.period, rows[0]?.seen], ['2026-11-28', '2026-11-28T09:05:00+07:00']);
});
