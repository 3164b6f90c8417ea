import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StagedFigures, StagedPicture } from '../../../protocol/figureStage.ts';
import { stagedFiguresSchema, stagedMoveSchema } from '../../../protocol/figureStage.ts';
import { stageNews } from './stageNews.ts';

const words = { vi: 'Trên ngưỡng cảnh báo', en: 'Above the warning' };
const day = 86_400;
/** A country of 63 provinces. */
const picture: StagedPicture = {
  indicator: {
    ...{ code: 'cases-of-the-day', name: { vi: 'Số ca mắc mới trong ngày', en: 'New cases of the day' } },
    ...{ unit: { vi: 'ca', en: 'cases' }, scale: 0, kind: 'flow', every: 'day', up: 'weighted', simulated: true },
    cuts: { at: [1, 2, 3, 4], words: [words, words, words, words, words], worse: 'up' },
  },
  ...{
    root: 'vn',
    rootName: 'Việt Nam',
    period: '2026-11-26T17:00:00.000Z',
    n: 123_456,
    at: '2026-11-27T10:42:00.000Z',
  },
  ...{
    value: 12_607_000,
    coverage: { expected: 10_056, fresh: 9_000, late: 500, stale: 200, none: 300, held: 30, contested: 26 },
  },
  oldest: '2026-11-26T17:00:00.000Z',
  units: Array.from({ length: 63 }, (_, i) => [String(i + 10), 200_000 + i, 300, 312] as const).map((each) => [
    ...each,
  ]),
  names: Array.from({ length: 63 }, (_, i) => (i % 6 === 0 ? 'Bà Rịa – Vũng Tàu' : 'Quảng Ngãi')),
  series: Array.from({ length: 28 }, (_, i) => (i === 27 ? 12_607_000 : 11_000_000 + i)),
  starts: Array.from({ length: 28 }, (_, i) => (i === 0 ? Date.parse('2026-10-30T17:00:00.000Z') / 1000 : day)),
  beside: [],
};
const { coverage, oldest, period, series, starts } = picture;
const { cuts: _, kind: __, ...named } = picture.indicator;
const other = { indicator: named, period, value: 12_607_000, coverage, oldest, series, starts };
const briefing = '11111111-1111-4111-8111-111111111111';
const staged = (change: Partial<StagedPicture> = {}, version = 1): StagedFigures => ({
  ...{ briefing, version },
  shown: { depth: 'provinces', view: 'map', mark: null, content: 'a'.repeat(64), picture: { ...picture, ...change } },
});
const sizeOf = (notice: unknown): number => Buffer.byteLength(JSON.stringify(notice));

test('FG66 what is told of a whole country at once is no more than four kilobytes, and of all that moves two', (t) => {
  const first = stageNews(undefined, staged());
  assert.equal(first?.name, 'figures.staged');
  const whole = sizeOf(stagedFiguresSchema.parse(first?.notice));
  const value = 12_700_000;
  const series = [...picture.series.slice(0, -1), value];
  const units = picture.units.map(([code, , counted, expected]): StagedPicture['units'][number] => {
    return [code, 300_000, counted, expected];
  });
  const moved = stageNews(staged(), staged({ value, series, units, n: 123_457 }));
  assert.equal(moved?.name, 'figures.stagedMove');
  const move = sizeOf(stagedMoveSchema.parse(moved?.notice));
  t.diagnostic(`${whole} bytes at once, ${move} of all that moves`);
  assert.ok(whole <= 4_096);
  assert.ok(move <= 2_048);
});

test('FG75 FG66 with three others beside it a whole country is told in seven kilobytes, and of all that moves in two and a half', (t) => {
  const beside = [other, other, other];
  const whole = sizeOf(stagedFiguresSchema.parse(stageNews(undefined, staged({ beside }))?.notice));
  const value = 12_700_000;
  const units = picture.units.map(([code, , counted, expected]): StagedPicture['units'][number] => {
    return [code, 300_000, counted, expected];
  });
  const moved = beside.map((one) => ({ ...one, value, series: [...series.slice(0, -1), value] }));
  const after = { value, series: [...series.slice(0, -1), value], units, n: 123_457 };
  const news = stageNews(staged({ beside }), staged({ ...after, beside: moved }));
  assert.equal(news?.name, 'figures.stagedMove');
  const move = sizeOf(stagedMoveSchema.parse(news?.notice));
  t.diagnostic(`${whole} bytes at once, ${move} of all that moves`);
  assert.ok(whole <= 7 * 1_024);
  assert.ok(move <= 2_560);
});

test('FG75 what moves beside is told alone, and another figure beside is another picture', () => {
  const before = staged({ beside: [other, other] });
  const held = { ...other, coverage: { ...coverage, held: 31, fresh: 8_999 } };
  const news = stageNews(before, staged({ beside: [other, held] }));
  assert.deepEqual(
    news?.name === 'figures.stagedMove' && [news.notice.units, news.notice.beside?.map((one) => one.coverage.held)],
    [[], [30, 31]],
  );
  assert.equal(stageNews(before, staged({ beside: [other] }))?.name, 'figures.staged');
  const renamed = { ...other, indicator: { ...other.indicator, unit: { vi: 'lít', en: 'l' } } };
  assert.equal(stageNews(before, staged({ beside: [other, renamed] }))?.name, 'figures.staged');
  assert.equal(stageNews(before, staged({ beside: [other, { ...other }] })), undefined);
});

test('FG66 nothing is told while nothing changes but the time', () => {
  const later = staged({ n: 200_000, at: '2026-11-27T10:43:00.000Z' });
  assert.equal(stageNews(staged(), later), undefined);
  const empty: StagedFigures = { briefing, version: 0, shown: null };
  assert.equal(stageNews(undefined, empty), undefined);
});

test('FG66 of what moves the units are told that did, and a mark with them', () => {
  const [one, ...rest] = picture.units;
  assert.ok(one);
  const units: StagedPicture['units'] = [[one[0], 5, one[2], one[3]], ...rest];
  const news = stageNews(staged(), staged({ units }));
  assert.deepEqual(news?.name === 'figures.stagedMove' && news.notice.units, [[one[0], 5, one[2], one[3]]]);
  const marked = staged({}, 2);
  const mark = { kind: 'unit', unit: '10' } as const;
  const pointed = stageNews(staged(), { ...marked, shown: marked.shown && { ...marked.shown, mark } });
  assert.deepEqual(pointed?.name === 'figures.stagedMove' && [pointed.notice.mark, pointed.notice.units], [mark, []]);
});

test('FG128 of what period an announcement is, is told when it moves: all of them, none any more, and nothing where it stands', () => {
  const older = (...codes: readonly string[]) => codes.map((code): [string, number] => [code, 1_793_000_000]);
  const before = staged({ before: older('10', '11') });
  assert.equal(stageNews(before, staged({ before: older('10', '11') })), undefined);
  const movedTo = (change: Partial<StagedPicture>) => {
    const news = stageNews(before, staged(change));
    return news?.name === 'figures.stagedMove' && stagedMoveSchema.parse(news.notice).before;
  };
  assert.deepEqual(movedTo({ before: older('10') }), older('10'));
  assert.deepEqual(movedTo({}), []);
  assert.equal(movedTo({ before: older('10', '11'), oldest: null }), undefined);
});

test('FG128 FG66 of a whole country of which each province was announced for a period before, six kilobytes are told at most', (t) => {
  const before = picture.units.map(([code]): [string, number] => [code, 1_793_000_000]);
  const whole = sizeOf(stagedFiguresSchema.parse(stageNews(undefined, staged({ before }))?.notice));
  const move = stageNews(staged(), staged({ before, units: picture.units.map(([code]) => [code, 300_000, 0, 312]) }));
  t.diagnostic(`${whole} bytes at once, ${sizeOf(move?.notice)} of all that moves`);
  assert.ok(whole <= 6 * 1_024);
  assert.ok(sizeOf(move?.notice) <= 4 * 1_024);
});

test('FG28 FG66 another picture is told whole, and so is that none is there', () => {
  assert.equal(stageNews(staged(), staged({ rootName: 'Nước Việt Nam' }))?.name, 'figures.staged');
  const gone = stageNews(staged(), { briefing, version: 2, shown: null });
  assert.deepEqual(gone?.notice, { briefing, version: 2, shown: null });
  assert.equal(stageNews(gone?.notice as StagedFigures, { briefing, version: 2, shown: null }), undefined);
});

test('FG141 that a period is coming in is told by itself, and that it is no more', () => {
  const coming = { period: '2026-11-27T17:00:00.000Z', counted: 1, expected: 10_056 };
  const told = stageNews(staged(), staged({ coming }));
  assert.equal(told?.name, 'figures.stagedMove');
  assert.deepEqual(told?.name === 'figures.stagedMove' && stagedMoveSchema.parse(told.notice).coming, coming);
  assert.equal(stageNews(staged({ coming }), staged({ coming })), undefined);
  const gone = stageNews(staged({ coming }), staged());
  assert.equal(gone?.name === 'figures.stagedMove' && gone.notice.coming, null);
});

test('FG172 of how many units no denominator is known moves, with a sum that stays', () => {
  const moved = stageNews(staged({ unweighed: 9 }), staged({ unweighed: 8, n: 123_457 }));
  assert.equal(moved?.name === 'figures.stagedMove' && moved.notice.unweighed, 8);
  const none = stageNews(staged({ unweighed: 9 }), staged({ n: 123_457 }));
  assert.ok(none?.name === 'figures.stagedMove' && !('unweighed' in none.notice));
  const within = stageNews(staged({ unweighedIn: [['01', 9]] }), staged({ unweighedIn: [['01', 8]] }));
  assert.deepEqual(within?.name === 'figures.stagedMove' && within.notice.unweighedIn, [['01', 8]]);
  const known = stageNews(staged({ unweighedIn: [['01', 9]] }), staged({}));
  assert.deepEqual(known?.name === 'figures.stagedMove' && known.notice.unweighedIn, []);
  const told = stageNews(staged({ beside: [{ ...other, unweighed: 9 }] }), staged({ beside: [other] }));
  assert.ok(told?.name === 'figures.stagedMove' && told.notice.beside);
});
