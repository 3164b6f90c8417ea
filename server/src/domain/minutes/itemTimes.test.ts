import assert from 'node:assert/strict';
import { test } from 'node:test';
import { itemsNotRun, itemTimesOf } from './itemTimes.ts';

const END = '2026-11-26T03:00:00.000Z';
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 26, 2, minute)).toISOString();
const item = (nr: number, title: string) => ({ nr, title });
const [opening, report, close] = [item(1, 'Khai mạc'), item(2, 'Báo cáo'), item(3, 'Bế mạc')];

test('MN11 an item runs until another is chosen, none is, or the briefing is over; each time stands by itself', () => {
  const times = itemTimesOf(
    [
      { at: at(1), item: opening },
      { at: at(5), item: report },
      { at: at(9), item: null },
      { at: at(20), item: opening },
    ],
    END,
  );
  assert.deepEqual(
    times.map(({ item: { title }, from, to, seconds }) => [title, from, to, seconds]),
    [
      ['Khai mạc', at(1), at(5), 240],
      ['Báo cáo', at(5), at(9), 240],
      ['Khai mạc', at(20), END, 40 * 60],
    ],
  );
});

test('MN11 what ran is found again where it was moved to; of two items with one title only that which ran is', () => {
  const times = itemTimesOf([{ at: at(1), item: report }], END);
  const agenda = [opening, close, report].map(({ title }) => ({ title }));
  assert.deepEqual(itemsNotRun(agenda, times), [{ title: 'Khai mạc' }, { title: 'Bế mạc' }]);
  const twice = [{ title: 'Báo cáo', by: 'Bộ Y tế' }, { title: 'Báo cáo' }];
  assert.deepEqual(itemsNotRun(twice, times), [twice[0]]);
});
