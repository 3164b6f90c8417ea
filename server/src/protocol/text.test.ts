import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followActSchema } from './directive.ts';
import { text } from './text.ts';

test('AU2 a text that no record could keep is refused where it comes in', () => {
  assert.equal(text(10).parse('  Đã rõ 👍 '), 'Đã rõ 👍');
  assert.equal(text(10).parse('a\tb\nc'), 'a\tb\nc');
  for (const bad of ['', '  ', 'a\u0000b', 'half \ud83d', '\udc4d', 'x'.repeat(11)])
    assert.equal(text(10).safeParse(bad).success, false, JSON.stringify(bad));
});

test('AK5 a promise has a day that a calendar has', () => {
  const said = { key: '6a4f0a0c-5f0e-4b52-9a40-3c1f9c4a7a10', act: 'acknowledge', name: 'A', words: 'B' };
  for (const [promised, good] of [
    ['2026-12-01', true],
    ['2026-02-30', false],
    ['0000-01-01', false],
  ] as const)
    assert.equal(followActSchema.safeParse({ ...said, promised }).success, good, promised);
});
