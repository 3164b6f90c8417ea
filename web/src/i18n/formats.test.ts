import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from './formats.ts';
import { momentOfZoned } from './zone.ts';

const at = (local: string): string => new Date(momentOfZoned(local)).toISOString();

test('days are written as Nghị định 30/2020 has it: a nought before days below ten and before months 1 and 2', () => {
  const { date, day, moment, weekday } = createFormats('vi');
  assert.deepEqual(
    ['2027-01-05T08:00', '2027-03-05T08:00', '2026-11-27T08:00'].map((then) => date(at(then))),
    ['05/01/2027', '05/3/2027', '27/11/2026'],
  );
  assert.equal(day(at('2026-11-27T17:00')), '17:00 ngày\u00a027/11/2026');
  assert.equal(moment(at('2026-11-27T09:41:07')), '09:41:07 ngày\u00a027/11/2026');
  assert.deepEqual(
    [27, 29].map((nr) => weekday(at(`2026-11-${nr}T08:00`))),
    ['thứ\u00a0Sáu', 'Chủ\u00a0nhật'],
  );
});

test('numbers, sizes and rates are written as the language has them', () => {
  const [vi, en] = [createFormats('vi'), createFormats('en')];
  assert.deepEqual([vi.number(10_051), en.number(10_051)], ['10.051', '10,051']);
  assert.deepEqual([vi.size(1_400_000), en.size(1_400_000), vi.size(12)], ['1,4\u00a0MB', '1.4\u00a0MB', '1\u00a0kB']);
  assert.deepEqual(
    [vi.rate(2_500), en.rate(2_500), vi.rate(639.6)],
    ['2,5\u00a0Mbit/s', '2.5\u00a0Mbit/s', '640\u00a0kbit/s'],
  );
});

test('a value keeps every digit of its steps', () => {
  const [vi, en] = [createFormats('vi'), createFormats('en')];
  assert.deepEqual([vi.steps(123_456, 1), en.steps(123_456, 1)], ['12.345,6', '12,345.6']);
  assert.deepEqual(
    [vi.steps(5, 2), vi.steps(-5, 2), vi.steps(0, 2), vi.steps(1_200, 0)],
    ['0,05', '−0,05', '0,00', '1.200'],
  );
  assert.equal(en.steps(8_846_400_000_000_001, 6), '8,846,400,000.000001');
});
