import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FollowState, followStateSchema } from '../../protocol/directive.ts';
import { after, afterRecall, type FollowActName, type FollowStatus, step, untouched } from './follow.ts';

const acts: readonly FollowActName[] = [
  ...(['delivered', 'read', 'acknowledge', 'refuse', 'ask', 'reply', 'start', 'done'] as const),
  ...(['agree-recall', 'refuse-recall'] as const),
];
const words = { name: 'Lê Văn A', words: 'Công an xã làm', promised: '2026-12-01' };

/** Does the acts one after the other, at 1, 2, 3 …; an act that is refused fails. */
function follow(...done: readonly (FollowActName | 'recall')[]): FollowStatus {
  return done.reduce<FollowStatus>((now, act, i) => {
    if (act === 'recall') return afterRecall(now);
    const next = step(now, act);
    assert.equal(next.kind, 'step', `${act} after ${done.slice(0, i).join(', ')}`);
    return next.kind === 'step' ? after(now, next.state, { act, at: String(i + 1), ...words }) : now;
  }, untouched);
}

/** A way into each state. */
const ways: Readonly<Record<FollowState, readonly (FollowActName | 'recall')[]>> = {
  sent: [],
  delivered: ['delivered'],
  read: ['delivered', 'read'],
  question: ['ask'],
  acknowledged: ['acknowledge'],
  refused: ['refuse'],
  'in-progress': ['acknowledge', 'start'],
  done: ['acknowledge', 'done'],
  'recall-asked': ['acknowledge', 'recall'],
  recalled: ['acknowledge', 'recall', 'agree-recall'],
  'recall-refused': ['acknowledge', 'recall', 'refuse-recall'],
};

/** The table of AK10, in the order of `acts`; `=`: the state stays, `–`: refused, `.`: on record already. */
const table: Readonly<Record<FollowState, string>> = {
  sent: 'delivered read acknowledged refused question – – – – –',
  delivered: '. read acknowledged refused question – – – – –',
  read: '. . acknowledged refused question – – – – –',
  question: '. . acknowledged refused question read – – – –',
  acknowledged: '. . – – = – in-progress done – –',
  refused: '. . acknowledged – – – – – – –',
  'in-progress': '. . – – = – in-progress done – –',
  done: '. . – – – – – – – –',
  'recall-asked': '. . – – – – – – recalled recall-refused',
  recalled: '. . – – – – – – – –',
  'recall-refused': '. . – – – – – done – –',
};

for (const state of followStateSchema.options)
  test(`AK10 what an addressee that is ${state} may do, and what becomes of it`, () => {
    const now = follow(...ways[state]);
    assert.equal(now.state, state);
    for (const [i, expected] of table[state].split(' ').entries()) {
      const act = acts[i] as FollowActName;
      const next = step(now, act);
      const became = next.kind === 'repeat' ? '.' : next.kind === 'refused' ? '–' : next.state;
      assert.equal(became, expected === '=' ? state : expected, act);
    }
  });

test('AK4 whoever does more with it has got it and read it, from that moment on', () => {
  for (const act of ['read', 'acknowledge', 'refuse', 'ask'] as const) {
    const now = follow(act);
    assert.deepEqual([now.deliveredAt, now.readAt], ['1', '1'], act);
    for (const less of ['delivered', 'read'] as const) assert.deepEqual(step(now, less), { kind: 'repeat' });
  }
  const now = follow('delivered', 'read', 'acknowledge');
  assert.deepEqual([now.deliveredAt, now.readAt, now.answeredAt], ['1', '2', '3'], 'the first moment stays');
});

test('AK4 who only got it has not read it', () => {
  assert.equal(follow('delivered').readAt, null);
});

test('AK5 acknowledging takes a refusal back, with its words, its name and its promise', () => {
  const refused = follow('refuse');
  assert.deepEqual([refused.words, refused.name, refused.promised], [words.words, words.name, null]);
  const now = after(refused, 'acknowledged', { act: 'acknowledge', at: '9', ...words, words: 'Xã làm' });
  assert.deepEqual([now.state, now.answeredAt, now.words, now.promised], ['acknowledged', '9', 'Xã làm', '2026-12-01']);
});

test('AK7 a second question before the reply takes the place of the first, one after it opens anew', () => {
  const first = follow('ask');
  const second = after(first, 'question', { act: 'ask', at: '2', name: null, words: 'Bao giờ?', promised: null });
  assert.equal(second.question, 'Bao giờ?');
  const replied = follow('ask', 'reply');
  assert.equal(replied.reply, words.words);
  const again = after(replied, 'question', { act: 'ask', at: '3', name: null, words: 'Còn gì?', promised: null });
  assert.deepEqual([again.question, again.reply], ['Còn gì?', null]);
});

test('AK8 a reply needs an open question; the state is read, or stays what it became meanwhile', () => {
  assert.equal(step(follow('read'), 'reply').kind, 'refused');
  assert.equal(step(follow('ask', 'reply'), 'reply').kind, 'refused');
  assert.equal(follow('ask', 'reply').state, 'read');
  assert.equal(follow('ask', 'acknowledge', 'reply').state, 'acknowledged');
  assert.equal(follow('ask', 'acknowledge', 'done', 'reply').state, 'done');
});

test('AK8 a reply is not done by the unit, and says nothing of what it has read', () => {
  const asked = { ...follow('ask'), deliveredAt: null, readAt: null };
  const replied = after(asked, 'read', { act: 'reply', at: '7', name: null, words: 'Có', promised: null });
  assert.deepEqual([replied.deliveredAt, replied.readAt], [null, null]);
});

test('AK9 progress may be said again, and a report without words keeps the last one', () => {
  const started = follow('acknowledge', 'start');
  const again = after(started, 'in-progress', { act: 'start', at: '3', name: null, words: null, promised: null });
  assert.equal(again.report, words.words);
  assert.equal(follow('acknowledge', 'done').doneAt, '2');
});

test('AK12 a recall asks those who neither refused nor are done', () => {
  const asked = followStateSchema.options.filter((state) => afterRecall(follow(...ways[state])).state !== state);
  assert.deepEqual(asked, ['sent', 'delivered', 'read', 'question', 'acknowledged', 'in-progress']);
  for (const state of asked) assert.equal(afterRecall(follow(...ways[state])).state, 'recall-asked');
});

test('AK12 only what was acknowledged can be kept back; then it may still be done', () => {
  assert.equal(step(follow('read', 'recall'), 'refuse-recall').kind, 'refused');
  assert.equal(step(follow('read', 'recall'), 'agree-recall').kind, 'step');
  assert.equal(follow('acknowledge', 'recall', 'refuse-recall', 'done').state, 'done');
});

test('DR20 on a superseded directive only delivered and read are recorded', () => {
  for (const act of acts) {
    const next = step(untouched, act, true);
    assert.equal(next.kind, act === 'delivered' || act === 'read' ? 'step' : 'refused', act);
  }
});
