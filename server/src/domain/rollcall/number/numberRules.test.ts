import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDoubtful } from '../../../protocol/doubtfulNumber.ts';
import type { AskedNumber } from '../../../protocol/rollcallNumber.ts';
import { countedNumber, decideEntry, type EntryAsk, type EntryKind, type EntryRecord } from '../entryRules.ts';

const asked: AskedNumber = {
  ...{ label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 5_000, soft: null, indicator: null },
};
const said = (value: number, held = false) => ({ value, held });
const at = new Date('2026-11-26T10:00:00Z');
const who = { account: 'a', name: 'Chủ tịch', identity: '10001.a', address: '::1' };
const record = (seq: number, kind: EntryKind, more: Partial<EntryRecord> = {}): EntryRecord => ({
  ...{ round: 'r', unit: '10001', seq, kind, key: `k${seq}`, at, late: false, account: 'a', by: 'A', identity: 'i' },
  ...{ answerer: 'chair', name: null, note: null, ...more },
});
const ask = (kind: EntryKind, more: Partial<EntryAsk> = {}): EntryAsk => ({
  ...{ round: 'r', unit: '10001', kind, key: 'new', by: who, answerer: 'chair', name: null, note: null },
  ...{ challenge: null, received: at, ...more },
});
const rules = { answerers: ['chair'], proof: 'tap', challenge: null, number: asked } as const;
const reason = (work: () => unknown): string => {
  try {
    work();
    return 'recorded';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

test('FG31 a number outside of its limits is refused, and so is one that nobody asked for', () => {
  const of = (value: number, number: AskedNumber | undefined = asked) =>
    reason(() => decideEntry({ ...rules, number }, 'open', [], ask('answer', { number: said(value) })));
  assert.deepEqual(
    [-1, 0, 5_000, 5_001].map((value) => of(value)),
    ['bad-request', 'recorded', 'recorded', 'bad-request'],
  );
  const { number: _, ...without } = rules;
  assert.equal(
    reason(() => decideEntry(without, 'open', [], ask('answer', { number: said(1) }))),
    'bad-request',
  );
  assert.equal(
    reason(() => decideEntry(rules, 'open', [], ask('answer'))),
    'recorded',
    'it has no number to give',
  );
  const excuse = ask('excused', { answerer: null, number: said(1) });
  assert.equal(
    reason(() => decideEntry(rules, 'open', [], excuse)),
    'bad-request',
  );
});

test('FG30 until the deadline the unit changes its number, after it an official with a reason', () => {
  const facts = [record(1, 'answer', { number: said(12_000) })];
  const change = (state: 'open' | 'due' | 'closed', more: Partial<EntryAsk> = {}) =>
    reason(() =>
      decideEntry(
        rules,
        state,
        facts,
        ask('number', { answerer: null, note: 'gõ nhầm', number: said(1_200), ...more }),
      ),
    );
  assert.deepEqual(
    (['open', 'due', 'closed'] as const).map((state) => change(state)),
    ['conflict', 'recorded', 'recorded'],
  );
  assert.equal(change('due', { note: null }), 'bad-request');
  assert.equal(change('due', { number: undefined }), 'bad-request');
  assert.equal(change('due', { number: said(5_001) }), 'bad-request');
  const correction = (state: 'open' | 'due') =>
    reason(() => decideEntry(rules, state, facts, ask('correction', { number: said(1_200), own: 1 })));
  assert.deepEqual([correction('open'), correction('due')], ['recorded', 'too-late']);
  for (const none of [[], [record(1, 'excused')]])
    assert.equal(
      reason(() => decideEntry(rules, 'due', none, ask('number', { note: 'n', number: said(1) }))),
      'conflict',
    );
});

test('FG30 the last number counts, of the answer that counts', () => {
  const number = (facts: readonly EntryRecord[], proof: 'tap' | 'official' = 'tap') =>
    countedNumber(facts, proof)?.value;
  const first = record(1, 'answer', { number: said(10) });
  const second = record(2, 'correction', { number: said(20) });
  assert.equal(number([first, second]), 20);
  assert.equal(number([first, record(2, 'correction')]), undefined, 'the last one says that there is none');
  assert.equal(number([first, record(2, 'confirm'), record(3, 'correction', { number: said(30) })], 'official'), 10);
  const changed = record(3, 'number', { number: said(40), note: 'gõ nhầm' });
  assert.deepEqual(countedNumber([first, second, changed], 'tap'), {
    ...{ value: 40, held: false, changed: { by: 'A', why: 'gõ nhầm' } },
  });
  const byTelephone = record(1, 'official', { number: said(50) });
  assert.equal(number([byTelephone]), 50);
  assert.equal(
    number([byTelephone, record(2, 'number', { number: said(55) }), record(3, 'answer', { number: said(60) })]),
    60,
  );
});

test('FG31 FG3 who is absent or excused has no number', () => {
  assert.equal(countedNumber([], 'tap'), undefined);
  assert.equal(countedNumber([record(1, 'excused')], 'tap'), undefined);
  assert.equal(countedNumber([record(1, 'answer', { number: said(0) })], 'tap')?.value, 0);
});

test('FG31 ten times the last number, a tenth of it, or beyond the soft limits is doubted', () => {
  const doubted = (value: number, before: number | null, soft: AskedNumber['soft'] = null) =>
    isDoubtful({ soft }, value, before);
  assert.deepEqual(
    [1_199, 1_200, 12, 13].map((value) => doubted(value, 120)),
    [false, true, true, false],
  );
  assert.deepEqual([doubted(12_000, null), doubted(12_000, 0)], [false, false]);
  assert.deepEqual(
    [doubted(99, null, [0, 100]), doubted(101, null, [0, 100]), doubted(-1, null, [0, 100])],
    [false, true, true],
  );
});
