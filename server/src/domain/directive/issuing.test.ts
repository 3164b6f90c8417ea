import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import { decideIssue, decideRecall, type IssueMoment } from './issuing.ts';
import type { Draft } from './ports.ts';

const now = new Date('2026-09-02T07:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const draft: Draft = {
  ...{ key: 'k', issuer: { unit: 'vn', path: 'vn', name: 'Việt Nam' }, by: { account: 'pm', name: 'PM' } },
  ...{ title: 'Lập chốt', text: '…', attachments: [], addressing: { to: ['vn'], except: [] }, addressees: [] },
  ...{ deadline: null, briefing: null, supersedes: null },
};
type Unissued = Extract<IssueMoment, { first: undefined }>;
const moment = (more: Partial<Unissued> = {}): Unissued => ({
  ...{ first: undefined, now, briefing: null, files: new Map(), olderEnded: false },
  ...more,
});
const outcome = (known: IssueMoment, more: Partial<Draft> = {}) => {
  try {
    return decideIssue({ ...draft, ...more }, known).kind;
  } catch (error) {
    return error instanceof DomainError ? error.reason : error;
  }
};

test('DR3 the key answers the first directive, and is its account’s alone', () => {
  assert.deepEqual(decideIssue(draft, { first: { id: 'd', account: 'pm' } }), { kind: 'stands', id: 'd' });
  assert.equal(outcome({ first: { id: 'd', account: 'other' } }), 'conflict');
});

test('DR4 in a briefing that is live, at a whole second of it', () => {
  const table: [state: string, liveAt: Date | null, outcome: string][] = [
    ['scheduled', null, 'not-live'],
    ['open', null, 'not-live'],
    ['live', at(-10), 'issue'],
    ['closed', at(-10), 'briefing-closed'],
  ];
  for (const [state, liveAt, expected] of table)
    assert.equal(outcome(moment({ briefing: { state, liveAt } })), expected, state);
  const second = (liveAt: Date) => {
    const issuing = decideIssue(draft, moment({ briefing: { state: 'live', liveAt } }));
    return issuing.kind === 'issue' && issuing.second;
  };
  assert.deepEqual([at(-10.9), at(-10), at(0), at(1)].map(second), [10, 10, 0, 0]);
  assert.deepEqual(decideIssue(draft, moment()), { kind: 'issue', attachments: [], second: null });
});

test('RH3 no directive is issued in a rehearsal, however live it is', () => {
  const live = moment({ briefing: { state: 'live', liveAt: at(-10) } });
  const id = (version: number) => `01234567-89ab-${version}def-8123-456789abcdef`;
  assert.equal(outcome(live, { briefing: id(4) }), 'issue');
  assert.equal(outcome(live, { briefing: id(8) }), 'rehearsal');
});

test('DR5 a deadline that has come is refused', () => {
  for (const [seconds, expected] of [
    [-1, 'bad-request'],
    [0, 'bad-request'],
    [1, 'issue'],
  ] as const)
    assert.equal(outcome(moment(), { deadline: at(seconds).toISOString() }), expected, String(seconds));
});

test('DR23 an attachment was uploaded before, and is named as its type asks', () => {
  const attachments = [{ sha256: 'a1', name: 'chốt' }];
  const files = new Map([['a1', { type: 'application/pdf', size: 7 }]]);
  assert.equal(outcome(moment(), { attachments }), 'bad-request');
  assert.deepEqual(decideIssue({ ...draft, attachments }, moment({ files })), {
    ...{ kind: 'issue', second: null },
    attachments: [{ sha256: 'a1', name: 'chốt.pdf', type: 'application/pdf', size: 7 }],
  });
});

test('DR19 a directive ends once', () => {
  assert.equal(outcome(moment({ olderEnded: true }), { supersedes: 'older' }), 'conflict');
  assert.equal(decideRecall('k', undefined), true);
  assert.equal(decideRecall('k', { key: 'k' }), false, 'the same key answers the same again');
  assert.throws(() => decideRecall('k', { key: 'other' }), { reason: 'conflict' });
});
