import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Indicator } from '../../api/contract.ts';
import { figuresNamed } from './figuresNamed.ts';

const figure = (code: string, vi: string, en: string) => ({ code, name: { vi, en } }) as Indicator;
const all = [
  figure('icu-beds', 'Tỷ lệ giường hồi sức đang dùng', 'Intensive care beds in use'),
  figure('beds-free', 'Giường bệnh còn trống', 'Free beds'),
  figure('cases-new', 'Ca mắc mới', 'New cases'),
];
const named = (typed: string): string[] => figuresNamed(all, typed).map(({ code }) => code);

test('FG99 a figure is found by its name in either language without marks, and by its code; what begins so comes first', () => {
  assert.deepEqual(named('giuong'), ['beds-free', 'icu-beds']);
  assert.deepEqual(named('Ca mắc'), ['cases-new']);
  assert.deepEqual(named('new cases'), ['cases-new']);
  assert.deepEqual(named('beds-free'), ['beds-free']);
  assert.deepEqual(named(' '), []);
  assert.deepEqual(named('giuong mới'), []);
});
