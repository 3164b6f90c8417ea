import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RosterRefused } from './roster.ts';
import { formatRoster, parseRoster, parseTiers } from './rosterCsv.ts';

const header = 'code,parent,tier,name,valid_from,valid_to';
const refusedLines = (text: string): string[] => {
  try {
    parseRoster(text);
  } catch (error) {
    if (error instanceof RosterRefused) return error.message.split('\n');
    throw error;
  }
  return [];
};

test('RF1 reads what it writes, with quotes and separators in names', () => {
  const versions = ['Plain', 'With, comma', 'With "quotes"', 'Semi;colon', 'K’Ho'].map((name, i) => ({
    code: `c${i}`,
    parent: i === 0 ? null : 'c0',
    path: 'x',
    tier: 't',
    name,
    validFrom: '2021-01-01',
    validTo: i === 4 ? '2025-07-01' : null,
  }));
  const rows = parseRoster(formatRoster(versions));
  assert.deepEqual(
    rows.map(({ line: _, ...r }) => r),
    versions.map(({ path: _, ...v }) => v),
  );
  assert.equal(rows.at(-1)?.line, 6);
});

test('NM1 RF1 a name of two lines, or with what nobody sees, is refused by its line, and lines after it are counted on', () => {
  const names = ['"Xã\nMột"', 'Xã \u202eHai', 'Xã Ba', '"\u001b[31mXã Bốn"'];
  const file = [header, ...names.map((name, i) => `a${i},,t,${name},2021-01-01,`)].join('\n');
  assert.deepEqual(
    refusedLines(file).map((line) => /^line (\d+)/.exec(line)?.[1]),
    ['2', '4', '6'],
  );
  assert.throws(() => parseTiers('id,rank,name,name_en\nx,0,Trung\u200bương,Nation\n'), RosterRefused);
  assert.deepEqual(parseTiers('id,rank,name,name_en,titles\nx,0,A,B,Chánh Văn phòng; Trưởng ban\n')[0]?.titles, [
    'Chánh Văn phòng',
    'Trưởng ban',
  ]);
});

test('RF2 a spreadsheet’s file: byte order mark, semicolons, CRLF, decomposed letters, no valid_to', () => {
  const rows = parseRoster(
    `\uFEFFcode;parent;tier;name;valid_from\r\nvn;;nation;${'Việt Nam'.normalize('NFD')};2021-01-01\r\n`,
  );
  assert.deepEqual(rows, [
    { line: 2, code: 'vn', parent: null, tier: 'nation', name: 'Việt Nam', validFrom: '2021-01-01', validTo: null },
  ]);
});

test('RF3 every bad line is told', () => {
  const lines = refusedLines(
    [header, 'OK!,,t,Name,2021-01-01,', 'a,,t,,2021-01-01,', 'b,,t,B,1.1.2021,', 'c,t', 'd,,t,D,2021-01-01,'].join(
      '\n',
    ),
  );
  assert.deepEqual(
    lines.map((l) => l.slice(0, l.indexOf(':'))),
    ['line 2', 'line 3', 'line 4', 'line 5'],
  );
  assert.match(lines[0] ?? '', /code/);
  assert.match(lines[3] ?? '', /2 fields, the header has 6/);
});

test('RF4 files that are no roster', () => {
  assert.deepEqual(refusedLines(''), ['line 1: the file is empty']);
  assert.deepEqual(refusedLines('a,b\n1,2'), ['line 1: the header lacks code, parent, tier, name, valid_from']);
  assert.deepEqual(refusedLines(`${header}\na,,t,"open`), ['line 2: a quoted field does not end']);
});
