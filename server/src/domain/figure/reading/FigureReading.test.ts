import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import type { Language } from '../../../protocol/briefing.ts';
import {
  frameReadSchema,
  readFrameSchema,
  readSeriesSchema,
  seriesReadSchema,
} from '../../../protocol/figureReading.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { toCsv } from '../../report/csv.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { periodOf } from '../periods.ts';
import { FigureReading } from './FigureReading.ts';
import { frameTable } from './frameTable.ts';
import { readingTable } from './readingTable.ts';

const DAY_MS = 86_400_000;
const today = periodOf('day', Date.now());
const units = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12', 'vn.2', 'vn.2.21'].map((path) => {
  const code = path.split('.').at(-1) ?? '';
  return { code, path, name: `=Xã ${code}` };
});
const key = {
  code: 'gso',
  name: 'GSO',
  root: '1',
  indicators: ['beds-free', 'share'],
  until: new Date().toISOString(),
};

const period = new Date(today).toISOString();
/** What they may read is decided elsewhere. */
const account = {} as Account;

function defined({ definitions }: LiveFigures, code: string) {
  const indicator = definitions.indicators.get(code);
  if (!indicator) throw new Error(code);
  return indicator;
}

/** A node that knows two days of a country. */
async function world() {
  const memory = new FigureMemory();
  memory.record(today - DAY_MS, { 11: 5, 12: 6, 21: 7 });
  memory.record(today, { 11: 8, 21: 9 });
  const live = new LiveFigures({
    store: memory,
    units: () => units,
    clock: { now: () => new Date(today + DAY_MS / 2) },
  });
  await live.reload();
  const tree = () => ({ find: (code: string) => units.find((unit) => unit.code === code) });
  const past = { lastAt: async () => ({ n: 1, at: new Date(today - 1) }) };
  const figures = { demandFrame: (_: Account, ask: { indicator: string }) => defined(live, ask.indicator) };
  const reading = new FigureReading({ live, store: memory, past, figures, tree });
  const frame = async (ask: Record<string, string> = {}, code = 'beds-free') =>
    readFrameSchema.parse(await reading.frame(key, code, frameReadSchema.parse(ask)));
  const series = async (ask: Record<string, string> = {}) =>
    readSeriesSchema.parse(await reading.series(key, 'beds-free', seriesReadSchema.parse(ask)));
  const table = async (unit: string, language: Language) => {
    const nameOf = (code: string) => tree().find(code)?.name ?? code;
    return frameTable(await reading.frameFor(account, 'beds-free', { unit, period, rows: 'all' }), {
      language,
      nameOf,
    });
  };
  return { frame, series, table };
}

test('FG188 a frame has sums with their coverage and units as they stand, in the territory of the key alone', async () => {
  const { frame } = await world();
  const { rows, asOf, unitName } = await frame({ period });
  assert.deepEqual(
    rows.map(({ unit, value, coverage }) => [unit, value, coverage?.expected]),
    [
      ['1', '14', 2],
      ['11', '8', undefined],
      ['12', '6', undefined],
    ],
  );
  assert.deepEqual([asOf.n, unitName], [2, '=Xã 1']);
  assert.deepEqual((await frame({ period, rows: 'sums' })).rows.length, 1);
  assert.deepEqual(
    (await frame({ period, unit: '12' })).rows.map(({ unit }) => unit),
    ['12'],
  );
  const past = await frame({ period, at: period });
  assert.deepEqual([past.asOf.n, past.rows[1]?.value], [1, '5'], 'as it was known then');
});

test('FG187 FG191 what is elsewhere, not listed, or no period is refused with its reason', async () => {
  const { frame } = await world();
  const refused = (ask: Record<string, string>, reason: string, code?: string) =>
    assert.rejects(frame(ask, code), { reason }, `${JSON.stringify(ask)} ${code}`);
  await refused({ unit: '2' }, 'outside-territory');
  await refused({ unit: 'vn' }, 'outside-territory');
  await refused({ unit: '99' }, 'outside-territory');
  await refused({}, 'forbidden', 'beds-all');
  await refused({}, 'forbidden', 'nothing');
  await refused({ period: '2026-02-30' }, 'bad-request');
  await refused({ at: new Date(Date.now() + 9 * DAY_MS).toISOString() }, 'bad-request');
});

test('FG189 a series has each period, and nothing where nothing was said', async () => {
  const { series } = await world();
  const { points } = await series({ to: period, periods: '3' });
  assert.deepEqual(
    points.map(({ value, coverage }) => [value, coverage?.expected]),
    [
      [null, 2],
      ['11', 2],
      ['14', 2],
    ],
  );
  assert.deepEqual(
    (await series({ to: period, periods: '1', unit: '11' })).points.map(({ value }) => value),
    ['8'],
  );
});

test('FG190 each line of CSV has its time and coverage, and no name begins a formula', async () => {
  const { frame } = await world();
  let text = '';
  for await (const bytes of toCsv(readingTable(await frame({ period })))) text += String(bytes);
  const [header = '', first = '', ...others] = text.trim().split('\r\n');
  const names = header.replace('\uFEFF', '').split(',');
  const cell = (name: string) => first.split(',')[names.indexOf(name)];
  assert.deepEqual(['unit', 'value', 'expected', 'as_of_n', 'period_start'].map(cell), ['1', '14', '2', '2', period]);
  assert.doesNotMatch(cell('name') ?? '', /^[=+@-]/);
  assert.equal(others.length, 2);
});

test('FG203 a table for people has a line for each sum and unit, in their language, with coverage, time and record', async () => {
  const { table } = await world();
  const linesOf = async (language: Language) =>
    String(await buffer(toCsv(await table('1', language), '')))
      .trimEnd()
      .split('\r\n');
  const [head = '', ...lines] = await linesOf('vi');
  assert.match(head, /^Mã,Đơn vị,Thuộc,Chỉ tiêu,Kỳ bắt đầu \(.*\),Giá trị,/);
  assert.deepEqual(
    lines.map((line) => line.split(',')).map(([code, name, , , , value]) => [code, name, value]),
    [
      ['1', "'=Xã 1", '14'],
      ['11', "'=Xã 11", '8'],
      ['12', "'=Xã 12", '6'],
    ],
  );
  assert.deepEqual(lines[0]?.split(',').slice(8, 10), ['2', '2'], 'units with a value, and expected');
  assert.match((await linesOf('en'))[0] ?? '', /^Code,Unit,In,Figure,Period begins/);
});
