import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Every } from '../../../protocol/figureDefinition.ts';
import type { ReadFrame, ReadRow } from '../../../protocol/figureReading.ts';
import { toCsv } from '../../report/csv.ts';
import { readBatch } from '../formats/readBatch.ts';
import { momentIn, periodEnd, periodOf } from '../periods.ts';
import { sdmxTable } from './sdmxTable.ts';

const two = (text: string) => ({ vi: text, en: text });
const unit = (code: string, value: string | null): ReadRow => ({
  ...{ unit: code, path: `vn.${code}`, name: code, value, coverage: null, oldest: null },
  state: value === null ? 'withheld' : 'contested',
});

function frameOf(every: Every, moment: string): ReadFrame {
  const start = periodOf(every, Date.parse(moment));
  const span = { start: new Date(start).toISOString(), end: new Date(periodEnd(every, start)).toISOString() };
  return {
    ...{ indicator: 'beds-free', name: two('Giường'), measure: two('beds'), every, simulated: false, version: 1 },
    ...{ unit: 'vn', unitName: 'Việt Nam', asOf: { n: 7, at: '2026-11-26T10:00:00.000Z' }, period: span },
    rows: [unit('00001', '1234.5'), unit('00002', null), unit('00003', '-3')],
  };
}

async function written(frame: ReadFrame): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const bytes of toCsv(sdmxTable(frame), '')) pieces.push(bytes);
  return Buffer.concat(pieces);
}

test('FG192 SDMX-CSV begins as version 2.0 does, and each line has its state and time', async () => {
  const [header, first] = String(await written(frameOf('day', '2026-11-24T03:00:00Z'))).split('\r\n');
  assert.match(
    header ?? '',
    /^STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,/,
  );
  assert.match(first ?? '', /^dataflow,DH:FIGURES\(1\.0\),I,D,beds-free,00001,2026-11-24,1234\.5,A,beds,contested,/);
  assert.match(first ?? '', /2026-11-26T10:00:00\.000Z,false,$/);
});

test('FG192 what is written is read back by the same server, whatever the period, and missing is missing', async () => {
  const days: readonly (readonly [Every, string])[] = [
    ['5min', '2026-11-24T03:05:00Z'],
    ['hour', '2026-11-24T17:00:00Z'],
    ['day', '2026-11-24T17:00:00Z'],
    ['week', '2026-12-31T03:00:00Z'],
    ['week', '2027-01-03T16:59:00Z'],
    ['week', '2024-12-30T03:00:00Z'],
    ['week', '2026-06-10T03:00:00Z'],
    ['month', '2026-11-30T16:59:00Z'],
    ['once', '2026-11-30T16:59:00Z'],
  ];
  for (const [every, moment] of days) {
    const frame = frameOf(every, moment);
    const bytes = await written(frame);
    async function* body() {
      yield bytes;
    }
    const { rows, unread } = await readBatch(body(), 'application/vnd.sdmx.data+csv', false);
    assert.deepEqual(unread, []);
    assert.deepEqual(
      rows.map((row) => [row.unit, row.value ?? null, row.status]),
      [
        ['00001', '1234.5', 'A'],
        ['00002', null, 'O'],
        ['00003', '-3', 'A'],
      ],
    );
    const read = momentIn(every, rows[0]?.period ?? '');
    assert.equal(periodOf(every, read ?? 0), Date.parse(frame.period.start), `${every} ${moment}: ${rows[0]?.period}`);
  }
});
