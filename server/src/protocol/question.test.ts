import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { LONGEST_QUESTION, MOST_DECIDED } from './limits.ts';
import { askQuestionSchema, decideQuestionsSchema } from './question.ts';

test('QU2 a question is text of 1 to 500 characters that a record can keep', () => {
  const fits = (text: string) => askQuestionSchema.safeParse({ key: randomUUID(), text }).success;
  assert.equal(LONGEST_QUESTION, 500);
  assert.ok(fits('ạ'.repeat(LONGEST_QUESTION)));
  assert.ok(!fits('ạ'.repeat(LONGEST_QUESTION + 1)));
  for (const text of ['', '  \n ', 'a\u0000', 'a\ud800']) assert.ok(!fits(text), JSON.stringify(text));
});

test('QU7 one act decides on a hundred questions at most, and a decline says why', () => {
  const fits = (count: number, decision: unknown) =>
    decideQuestionsSchema.safeParse({
      key: randomUUID(),
      questions: Array.from({ length: count }, randomUUID),
      decision,
    }).success;
  assert.ok(fits(MOST_DECIDED, { act: 'pass' }));
  assert.ok(!fits(MOST_DECIDED + 1, { act: 'pass' }));
  assert.ok(!fits(0, { act: 'pass' }));
  assert.ok(!fits(1, { act: 'decline', words: ' ' }));
});
