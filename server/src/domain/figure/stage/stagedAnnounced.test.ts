import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { freeBeds } from '../../../../test/support/official/figure.ts';
import { toldAs } from '../../../protocol/announced.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import { stagedContentSchema, stagedFiguresSchema } from '../../../protocol/figureStage.ts';
import { FigureCards } from '../FigureCards.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { periodOf } from '../periods.ts';
import { StagedPictures } from './StagedPictures.ts';

const DAY_MS = 86_400_000;
const today = periodOf('day', Date.now());
const ago = (days: number) => today - days * DAY_MS;
const iso = (moment: number) => new Date(moment).toISOString();
const paths = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12', 'vn.2', 'vn.2.21', 'vn.3', 'vn.3.31'];
const units = paths.map((path) => ({ code: path.split('.').at(-1) ?? '', path, name: `Tỉnh ${path}` }));
const announced: Indicator = { ...freeBeds, code: 'announced', up: 'none', version: 1 };

/** What all see of a day, with what was said in memory. */
async function picture(code: string, days: number, store: FigureMemory, beside: readonly string[] = []) {
  const live = new LiveFigures({ store, units: () => units, clock: { now: () => new Date() } });
  await live.reload();
  const tree = () => ({ find: (unit: string) => units.find((one) => one.code === unit) });
  const pictures = new StagedPictures({
    ...{ live, cards: new FigureCards(live), tree },
    store: { content: async () => undefined },
  });
  const others = beside.map((indicator) => ({ indicator, period: iso(today) }));
  return pictures.make({ indicator: code, root: 'vn', depth: 'provinces', period: iso(ago(days)), beside: others });
}

test('FG128 what is on the stage says how it is summed up, and which announcements are of a period before, with the end of that', async () => {
  const store = new FigureMemory();
  store.define({ indicators: [announced] });
  store.record(ago(1), { vn: 90, 1: 40, 11: 5 }, announced);
  store.record(ago(9), { 3: 7 }, announced);
  store.record(today, { vn: 100, 2: 30 }, announced);
  store.record(today, { 11: 3 });
  const { picture: told } = await picture('announced', 0, store, ['beds-free', 'announced']);
  assert.deepEqual([told.indicator.up, told.beside.map(({ indicator }) => indicator.up)], ['none', ['sum', 'none']]);
  assert.deepEqual(told.units, [
    ['1', 40, 0, 2],
    ['2', 30, 0, 1],
    ['3', null, 0, 1],
  ]);
  assert.deepEqual(told.before, [['1', today / 1000]], 'one that stands no more has no time');
  const { picture: sum } = await picture('beds-free', 0, store);
  assert.deepEqual([sum.indicator.up, 'before' in sum], ['sum', false]);
});

test('FG61 FG128 what a unit has of a day before it began stands on the stage as of a sum, in which nothing was announced', async () => {
  const store = new FigureMemory();
  const closed = { unit: '9', closed: today, began: today };
  store.closed.push({ ...closed, successor: '11', share: 1 }, { ...closed, successor: '21', share: 2 });
  store.record(ago(1), { 9: 12 });
  const { picture: told } = await picture('beds-free', 1, store);
  const [, value = null, counted = 0, expected = 0] = told.units[0] ?? [];
  assert.deepEqual([value, counted, expected], [4, 0, 1], 'it is counted where most of it went');
  assert.equal(toldAs({ value, counted, expected }), 'announced', 'by what was told before');
  assert.equal(toldAs({ up: told.indicator.up, value, counted, expected }), 'units');
});

test('FG128 what the version before tells, and has put on record, is read as it was told', async () => {
  const store = new FigureMemory();
  store.define({ indicators: [announced] });
  store.record(ago(1), { vn: 90, 1: 40 }, announced);
  const content = await picture('announced', 0, store, ['beds-free']);
  const { before: _, ...rest } = content.picture;
  const { up: __, ...indicator } = rest.indicator;
  const beside = rest.beside.map(({ indicator: { up: ___, ...one }, ...each }) => ({ ...each, indicator: one }));
  const former = { ...rest, indicator, beside };
  assert.deepEqual(stagedContentSchema.parse({ ...content, picture: former }).picture, former);
  const shown = { depth: 'provinces', view: 'map', mark: null, content: 'a'.repeat(64), picture: former };
  const notice = { briefing: '11111111-1111-4111-8111-111111111111', version: 1, shown };
  assert.deepEqual(stagedFiguresSchema.parse(notice), notice);
});

test('FG172 a ratio on the stage says of how many units no denominator is known', async () => {
  const all: Indicator = { ...freeBeds, code: 'beds-all', version: 1 };
  const share: Indicator = { ...all, code: 'beds-share', up: 'ratio', numerator: 'beds-free', denominator: 'beds-all' };
  const store = new FigureMemory();
  store.define({ indicators: [all, share] });
  store.record(today, { 11: 3, 12: 4 });
  const { picture: unknown } = await picture('beds-share', 0, store, ['beds-free', 'beds-share']);
  assert.deepEqual([unknown.value, unknown.unweighed, unknown.coverage.expected], [null, 4, 4]);
  assert.deepEqual(
    unknown.beside.map(({ unweighed }) => unweighed),
    [undefined, 4],
  );
  const whole = unknown.units.map(([code, , , expected]) => [code, expected]);
  assert.deepEqual(unknown.unweighedIn, whole, 'each province by itself');
  store.record(today, { 11: 5, 21: 7, 31: 0 }, all);
  const some = (await picture('beds-share', 0, store)).picture;
  assert.equal(some.unweighed, 1, 'zero is known');
  assert.deepEqual(some.unweighedIn, [['1', 1]]);
  store.record(today, { 12: 5 }, all);
  const known = (await picture('beds-share', 0, store)).picture;
  assert.ok(!('unweighed' in known) && !('unweighedIn' in known));
});
