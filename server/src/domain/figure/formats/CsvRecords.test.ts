import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { DomainError } from '../../../protocol/errors.ts';
import { CsvRecords } from './CsvRecords.ts';

function read(text: string, size = text.length || 1): string[][] {
  const found: string[][] = [];
  const records = new CsvRecords(1_000, (fields) => found.push(fields));
  for (let at = 0; at < text.length; at += size) records.read(text.slice(at, at + size));
  records.end();
  return found;
}

const cases: readonly (readonly [string, string, readonly string[][]])[] = [
  [
    'LF and no last line break',
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CRLF',
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['quotes around commas, quotes and line breaks', '"a,b","c""d","e\r\nf"\n', [['a,b', 'c"d', 'e\r\nf']]],
  [
    'empty fields',
    ',\n"",\n',
    [
      ['', ''],
      ['', ''],
    ],
  ],
  ['empty lines, which are none', '\n\na\n\r\n', [['a']]],
  ['a quoted field at the end', 'a,"b"', [['a', 'b']]],
];
for (const [what, text, wanted] of cases)
  test(`CSV: ${what}, in pieces of every size`, () => {
    for (let size = 1; size <= text.length; size++) assert.deepEqual(read(text, size), wanted, `${size}`);
  });

test('a record keeps its place when empty lines stand before it', () => {
  const places: number[] = [];
  const records = new CsvRecords(1_000, (_, record) => places.push(record));
  records.read('\na\n\n"b\nc"\nd');
  records.end();
  assert.deepEqual(places, [2, 4, 5]);
});

for (const text of ['a"b\n', '"a"b\n', '"a\n', '"a" ,b\n', '"a""\n', `"${'a\n'.repeat(4_500)}"`, 'a'.repeat(9_000)])
  test(`CSV is refused, not guessed at: ${JSON.stringify(text.slice(0, 20))}`, () => {
    for (const size of [7, text.length])
      assert.throws(
        () => read(text, size),
        (error) => error instanceof DomainError && error.reason === 'bad-request',
      );
  });

test('CSV is read as another reader of RFC 4180 reads it', () => {
  const letters = ['a', '"', ',', '\n', '\r\n', '""', '"a"', ' ', 'ệ'];
  // Every text of up to four of them.
  let texts = [''];
  for (let length = 0; length < 4; length++) {
    texts = texts.flatMap((text) => letters.map((letter) => text + letter));
    for (const text of texts) {
      const ours = attempt(() => read(text));
      // Quotes inside of a field that is not quoted are refused there too.
      const theirs = attempt(() =>
        parse(text, { record_delimiter: ['\n', '\r\n'], skip_empty_lines: true, relax_column_count: true }),
      );
      if (ours !== undefined) assert.deepEqual(ours, theirs, JSON.stringify(text));
      else assert.equal(theirs, undefined, JSON.stringify(text));
    }
  }
});

function attempt(work: () => string[][]): string[][] | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
