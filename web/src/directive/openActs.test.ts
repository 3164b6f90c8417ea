import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followStateSchema } from '@dieu-hanh/server/protocol';
import { awaitsAnswer, type InboxItem, inOrder, openActs } from './openActs.ts';

const item = (
  state: string,
  { title = state, deadline = null as string | null, issuedAt = '2026-11-25T01:00:00Z', directive = 'issued' } = {},
): InboxItem =>
  ({ directive: { title, deadline, issuedAt, state: directive }, follow: { state } }) as unknown as InboxItem;

test('each state offers what the unit may do next, the first being what is asked of it', () => {
  const table: Readonly<Record<string, readonly string[]>> = {
    sent: ['acknowledge', 'ask', 'refuse'],
    delivered: ['acknowledge', 'ask', 'refuse'],
    read: ['acknowledge', 'ask', 'refuse'],
    question: ['acknowledge', 'ask', 'refuse'],
    acknowledged: ['done', 'start', 'ask'],
    refused: [],
    'in-progress': ['done', 'ask'],
    done: [],
    'recall-asked': ['agree-recall', 'refuse-recall'],
    recalled: [],
    'recall-refused': ['done', 'ask'],
  };
  assert.deepEqual(Object.keys(table).sort(), [...followStateSchema.options].sort());
  for (const [state, acts] of Object.entries(table)) assert.deepEqual(openActs(item(state)), acts, state);
});

test('a directive that was recalled or replaced asks nothing, save for the word on its recall', () => {
  assert.deepEqual(openActs(item('read', { directive: 'superseded' })), []);
  assert.deepEqual(openActs(item('acknowledged', { directive: 'recalled' })), []);
  assert.equal(awaitsAnswer(item('recall-asked', { directive: 'recalled' })), true);
  assert.deepEqual(openActs(item('recall-refused', { directive: 'recalled' })), ['done', 'ask']);
});

test('unanswered before under way before finished; the nearer deadline first', () => {
  const order = inOrder([
    item('done'),
    item('acknowledged', { title: 'later work', deadline: '2026-11-30T10:00:00Z' }),
    item('in-progress', { title: 'sooner work', deadline: '2026-11-26T10:00:00Z' }),
    item('read', { title: 'no deadline' }),
    item('sent', { title: 'due today', deadline: '2026-11-25T10:00:00Z' }),
  ]).map(({ directive }) => directive.title);
  assert.deepEqual(order, ['due today', 'no deadline', 'sooner work', 'later work', 'done']);
});
