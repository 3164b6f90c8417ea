import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from '../i18n/formats.ts';
import { momentOfZoned } from '../i18n/zone.ts';
import { periodText } from './periodText.ts';
import { stagedWords } from './words/staged.vi.ts';

const now = new Date(momentOfZoned('2026-11-26T18:20'));
const at = (local: string): string => new Date(momentOfZoned(local)).toISOString();
const said = (every: Parameters<typeof periodText>[0], local: string): string =>
  periodText(every, at(local), stagedWords.in('vi').period, createFormats('vi'), now);

test('a value says what it is of, with the day where it is not today', () => {
  assert.equal(said('5min', '2026-11-26T17:40'), 'lúc 17:40');
  assert.equal(said('hour', '2026-11-26T17:00'), '17:00–18:00');
  assert.equal(said('hour', '2026-11-25T23:00'), '23:00–00:00 ngày\u00a025/11/2026');
  assert.equal(said('day', '2026-11-25T00:00'), 'ngày\u00a025/11/2026');
  assert.equal(said('week', '2026-11-23T00:00'), 'tuần từ 23/11/2026');
  assert.equal(said('month', '2026-02-01T00:00'), 'tháng 02/2026');
});
