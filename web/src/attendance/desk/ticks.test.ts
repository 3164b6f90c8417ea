import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticksOf } from './ticks.ts';

const at = (text: string): number => new Date(`2026-11-25T${text}`).getTime();
const clock = (ms: number): string => new Date(ms).toTimeString().slice(0, 5);

test('the axis has round minutes, whatever the span', () => {
  assert.deepEqual(ticksOf(at('09:03:20'), at('09:47'), 6).map(clock), ['09:10', '09:20', '09:30', '09:40']);
  assert.deepEqual(ticksOf(at('09:00'), at('09:02'), 6).map(clock), ['09:00', '09:01', '09:02']);
  assert.deepEqual(ticksOf(at('08:10'), at('14:50'), 8).map(clock), [
    '09:00',
    '10:00',
    '11:00',
    '12:00',
    '13:00',
    '14:00',
  ]);
});
