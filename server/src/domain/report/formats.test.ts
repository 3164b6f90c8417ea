import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import readExcel, { readSheet } from 'read-excel-file/node';
import { toCsv } from './csv.ts';
import { dateColumn, numberColumn, type Table, tableOf, textColumn, timeColumn } from './table.ts';
import { toXlsx } from './xlsx.ts';

interface Row {
  readonly words: string | null;
  readonly n: number | null;
  readonly at: string | null;
  readonly day: string | null;
}

const row = (words: string | null, rest: Partial<Row> = {}): Row => ({ words, n: null, at: null, day: null, ...rest });

/** A table of these rows, which come in pieces of `size`. */
function table(rows: readonly Row[], size = 2): Table {
  async function* pieces() {
    for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
  }
  const columns = [
    textColumn<Row>('Lời', 20, (r) => r.words),
    numberColumn<Row>('Số', (r) => r.n),
    timeColumn<Row>('Lúc', (r) => r.at),
    dateColumn<Row>('Ngày', (r) => r.day),
  ];
  return tableOf('Tham dự: [79]', columns, { total: rows.length, rows: pieces() });
}

const HEADER = ['Lời', 'Số', 'Lúc (Asia/Ho_Chi_Minh)', 'Ngày'];
/** Texts that files break on. */
const hard = [
  'Xã Tân Phú, huyện "Cũ"',
  'hai\ndòng\r\nba',
  ' khoảng trắng ',
  '',
  "'đã có dấu",
  '<b>&amp; "x" \'y\'</b>',
  ']]>',
  'Đắk Lắk · 越南 · 🇻🇳',
];
const formulas = ['=1+1', '+84 28', '-5', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '＠x'];

test('RP5 a CSV has a byte order mark and CRLF, and a reader of RFC 4180 finds every text again', async () => {
  const bytes = await buffer(toCsv(table(hard.map((words) => row(words)))));
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  assert.ok(bytes.toString().endsWith('\r\n'));
  const [header, ...rows] = parse(bytes, { bom: true, record_delimiter: '\r\n' });
  assert.deepEqual(header, HEADER);
  assert.deepEqual(
    rows.map((fields) => fields[0]),
    hard,
  );
});

test('RP5 nothing in a CSV begins like a formula, except a number', async () => {
  const bytes = await buffer(toCsv(table([...formulas.map((words) => row(words)), row('số', { n: -5 })])));
  const rows: string[][] = parse(bytes, { bom: true, record_delimiter: '\r\n', from: 2 });
  assert.deepEqual(
    rows.slice(0, -1).map((fields) => fields[0]),
    formulas.map((words) => `'${words}`),
  );
  assert.deepEqual(rows.at(-1), ['số', '-5', '', '']);
});

test('RP7 times are those of Viet Nam in both formats, and the header names the zone', async () => {
  const rows = [row('a', { n: 12.5, at: '2026-09-01T18:05:09.123Z', day: '2026-09-02' }), row('b')];
  const [, first, second] = parse(await buffer(toCsv(table(rows))), { bom: true });
  assert.deepEqual(first, ['a', '12.5', '2026-09-02 01:05:09', '2026-09-02']);
  assert.deepEqual(second, ['b', '', '', '']);
  const sheet = await readSheet(await buffer(toXlsx(table(rows))));
  assert.deepEqual(sheet, [
    HEADER,
    ['a', 12.5, new Date('2026-09-02T01:05:09Z'), new Date('2026-09-02T00:00:00Z')],
    ['b', null, null, null],
  ]);
});

test('RP6 a reader of workbooks finds every text again, also those that look like formulas', async () => {
  const words = [...hard.filter((w) => w.trim() !== ''), ...formulas.filter((w) => !w.includes('\r'))];
  const bytes = await buffer(toXlsx(table(words.map((w) => row(w)))));
  const [sheet, ...more] = await readExcel(bytes, { trim: false });
  assert.deepEqual([sheet?.sheet, more.length], ['Tham dự   79 ', 0]);
  // XML has one kind of line end.
  const lines = (texts: readonly unknown[] = []) => texts.map((t) => String(t).replaceAll('\r\n', '\n'));
  assert.deepEqual(lines(sheet?.data.slice(1).map((cells) => cells[0])), lines(words));
});

test('RP6 what XML cannot say is replaced, and a cell holds no more than a cell can', async () => {
  const [, [broken] = [], [long] = []] = await readSheet(
    await buffer(toXlsx(table([row('a\u0000b\u001Fc\uD800d'), row('x'.repeat(40_000))]))),
  );
  assert.equal(broken, 'a\uFFFDb\uFFFDc\uFFFDd');
  assert.equal(String(long).length, 32_767);
});

test('RP6 an empty report is a sheet with a header', async () => {
  assert.deepEqual(await readSheet(await buffer(toXlsx(table([])))), [HEADER]);
  assert.deepEqual(parse(await buffer(toCsv(table([]))), { bom: true }), [HEADER]);
});

test('RP6 more rows than a sheet holds are refused, and none is written', async () => {
  const many = { ...table([row('a')]), total: 1_048_576 };
  await assert.rejects(buffer(toXlsx(many)), { reason: 'too-large' });
});

test('RP2 a source that fails ends the file with its error, and one that is not read to its end is closed', async () => {
  async function* failing(): AsyncGenerator<readonly Row[]> {
    yield [row('a')];
    throw new Error('the store is away');
  }
  const columns = [textColumn<Row>('Lời', 20, (r) => r.words)];
  for (const format of [toCsv, toXlsx])
    await assert.rejects(buffer(format(tableOf('x', columns, { total: 1, rows: failing() }))), /the store is away/);

  for (const format of [toCsv, toXlsx]) {
    const closed = Promise.withResolvers<void>();
    const endless = async function* (): AsyncGenerator<readonly Row[]> {
      try {
        for (;;) yield Array.from({ length: 500 }, (_, i) => row(`${i} ${Math.random()}`));
      } finally {
        closed.resolve();
      }
    };
    let size = 0;
    for await (const piece of format(tableOf('x', columns, { total: 1, rows: endless() }))) {
      size += piece.length;
      if (size > 100_000) break;
    }
    await closed.promise;
  }
});
