import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import type { AttendanceRow } from '../../protocol/attendance.ts';
import type { AskReport } from '../../protocol/report.ts';
import type { Entry, Proof } from '../../protocol/rollcall.ts';
import { attendanceColumns, type EntryLine, roundColumns } from './columns.ts';
import { toCsv } from './csv.ts';
import { tableOf } from './table.ts';
import { wordsIn } from './words.ts';
import { toXlsx } from './xlsx.ts';

const line = (proof: Proof, entry: Partial<Entry>): EntryLine => ({
  unitName: 'Phường Bến Nghé',
  round: {
    proof,
    nr: 1,
    openedAt: '2026-09-02T01:00:00.000Z',
    deadline: '2026-09-02T01:05:00.000Z',
  } as EntryLine['round'],
  entry: { unit: '1', path: 'vn.1', state: 'late', at: null, note: null, ...entry } as Entry,
});
const lines = [
  line('challenge', {}),
  line('tap', {}),
  line('challenge', { state: 'answered' }),
  line('tap', { state: 'absent', away: true, note: 'Chủ tịch đi chống bão' }),
  line('tap', { state: 'absent' }),
];

/** Result and note of each line, as somebody finds them in the file. */
async function found(language: AskReport['language'], format: 'csv' | 'xlsx'): Promise<string[]> {
  async function* rows() {
    yield lines;
  }
  const words = wordsIn[language];
  const table = tableOf(
    'x',
    roundColumns(words, () => []),
    { total: lines.length, rows: rows() },
  );
  const read =
    format === 'csv'
      ? parse(await buffer(toCsv(table)), { bom: true, record_delimiter: '\r\n' })
      : await readSheet(await buffer(toXlsx(table)));
  const [header, ...data] = read as unknown[][];
  const at = (title: string) => header?.indexOf(title) ?? -1;
  return data.map((row) =>
    [row[at(words.rounds.state)], row[at(words.rounds.note)]].filter((one) => one !== null && one !== '').join(': '),
  );
}

for (const format of ['csv', 'xlsx'] as const)
  test(`RP8 RC11 RC25 ${format}: a late answer is unverified where digits were asked for, and an absence has its reason`, async () => {
    assert.deepEqual(await found('vi', format), [
      'Muộn, không kiểm chứng',
      'Muộn',
      'Đúng hạn',
      'Báo vắng: Chủ tịch đi chống bão',
      'Vắng',
    ]);
    assert.equal((await found('en', format))[0], 'Late, unverified');
    assert.equal((await found('en', format))[3], 'Reported absent: Chủ tịch đi chống bão');
  });

test('AT9 a file of attendance calls nobody absent before the briefing has begun, nor when it was never live', () => {
  const unit = (more: Partial<AttendanceRow>): AttendanceRow =>
    ({ firstIn: null, measured: 'absent', correction: null, ...more }) as AttendanceRow;
  const [never, came] = [unit({}), unit({ firstIn: '2026-09-02T01:00:00.000Z', measured: 'partial' })];
  const corrected = unit({ correction: { verdict: 'present' } as AttendanceRow['correction'] });
  const said = (course: 'before' | 'live' | 'never-live') => {
    const { attendance: w } = wordsIn.vi;
    const columns = attendanceColumns(wordsIn.vi, () => [], course);
    return [w.verdict, w.measured].map((title) => {
      const column = columns.find((one) => one.title === title);
      return [never, came, corrected].map((row) => column?.of(row));
    });
  };
  const [notYet, here] = ['Chưa vào, phiên họp chưa bắt đầu', 'Đã vào, phiên họp chưa bắt đầu'];
  assert.deepEqual(said('before'), [
    [notYet, here, 'Tham dự'],
    [notYet, here, notYet],
  ]);
  assert.deepEqual(said('live'), [
    ['Vắng', 'Chưa đủ', 'Tham dự'],
    ['Vắng', 'Chưa đủ', 'Vắng'],
  ]);
  assert.equal(said('never-live').flat().includes('Vắng'), false);
});
