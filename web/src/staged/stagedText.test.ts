import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StagedUnit } from '../api/contract.ts';
import { createFormats } from '../i18n/formats.ts';
import { stagedText } from './stagedText.ts';
import { stagedWords } from './words/staged.vi.ts';

const at = (local: string): string => new Date(local).toISOString();
const seconds = (local: string): number => new Date(local).getTime() / 1000;
const words = { ...createFormats('vi'), t: stagedWords.in('vi') };
const two = { vi: 'ca', en: 'cases' };
const nobody = { expected: 10_056, fresh: 0, late: 0, stale: 0, none: 10_056, held: 0, contested: 0 };
const told = {
  indicator: { name: two, unit: two, scale: 0, every: 'day', up: 'none' },
  ...{ value: 12_607, coverage: nobody, oldest: at('2026-11-28T00:00'), period: at('2026-11-27T00:00') },
  ...{ at: at('2026-11-27T18:20'), root: 'vn', before: [['79', seconds('2026-11-26T00:00')] as [string, number]] },
} as const;
const of = (unit: StagedUnit, isLowest = false) => ({ unit, isLowest });

test('FG128 a unit of which was announced says so, with its own period where that is one before; of whom nothing was, that it was not', () => {
  const text = stagedText(words, { ...told, before: [...told.before] });
  assert.deepEqual([text.coverage, text.outOf], ['số công bố', 'số công bố']);
  assert.equal(text.oldest, '1 đơn vị có số công bố của kỳ trước');
  const [here, older, none] = [of(['01', 4, 0, 579]), of(['79', 7, 0, 273]), of(['48', null, 0, 94])];
  assert.equal(text.share(here), 'số công bố');
  assert.equal(text.share(older), 'số công bố của kỳ trước: ngày\u00a025/11/2026');
  assert.equal(text.share(none), 'chưa công bố cho kỳ này');
  assert.deepEqual([here, older, none].map(text.shortShare), ['công bố', 'kỳ 25/11', '–']);
  assert.deepEqual([here, older, none].map(text.onMap), ['4', '7*', '–']);
  assert.equal(text.share(of(['26734', 3, 1, 1], true)), '1/1 đơn vị', 'one that reports says it itself');
});

test('FG128 what is announced of the whole is told with its own period, or that it was not', () => {
  const older = stagedText(words, { ...told, before: [], oldest: at('2026-11-26T00:00') });
  assert.equal(older.coverage, 'số công bố của kỳ trước: ngày\u00a025/11/2026');
  assert.equal(older.oldest, '');
  const none = stagedText(words, { ...told, before: [], value: null, oldest: null });
  assert.deepEqual([none.coverage, none.outOf], ['chưa công bố cho kỳ này', 'chưa công bố cho kỳ này']);
});

test('FG61 FG128 what a unit has of a day before it began is of a sum; a stage that does not say so is read as before', () => {
  const unit = of(['79', 7, 0, 1]);
  const { up: _, ...indicator } = told.indicator;
  assert.equal(
    stagedText(words, { ...told, before: [], indicator: { ...indicator, up: 'sum' } }).share(unit),
    '0/1 đơn vị',
  );
  assert.equal(stagedText(words, { ...told, before: [], indicator }).share(unit), 'số công bố');
  assert.equal(stagedText(words, { ...told, before: [], indicator }).share(of(['79', null, 0, 1])), '0/1 đơn vị');
});
