import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from './actor.ts';
import { allowedActs, at, demandIndicators, demandSense, figuresOf, may } from './rights.ts';

const province = 'vn.79';
const steward: Actor = { id: 's', role: 'steward', unit: { path: province }, indicators: ['beds', 'oxygen'] };
const inside = 'vn.79.760';
const decisions = ['figure.release', 'figure.reject', 'figure.answer', 'figure.upload', 'figure.own'] as const;

test('FG38 a steward decides on the indicators that they answer for, in their territory, and on no others', () => {
  for (const act of decisions) {
    assert.equal(may(steward, act, figuresOf(['beds'], inside)), 'allowed', act);
    assert.equal(may(steward, act, figuresOf(['beds', 'oxygen'], province)), 'allowed', act);
    assert.equal(may(steward, act, figuresOf(['beds', 'cases'], inside)), 'forbidden', act);
    assert.equal(may(steward, act, figuresOf(['beds'], 'vn')), 'outside-territory', act);
    assert.equal(may(steward, act, figuresOf(['beds'], 'vn.790')), 'outside-territory', act);
    // What does not say of which figures it is, is not theirs.
    for (const target of [at(inside), figuresOf([], inside)]) assert.equal(may(steward, act, target), 'forbidden', act);
  }
});

test('FG38 a steward does and sees nothing else, and who lists no indicator has nothing', () => {
  assert.deepEqual(allowedActs(steward).sort(), [...decisions, 'indicator.read'].sort());
  for (const indicators of [undefined, null, []])
    assert.equal(may({ ...steward, indicators }, 'figure.release', figuresOf(['beds'], inside)), 'forbidden');
});

test('FG38 to leaders it is all the same of which indicators a figure is', () => {
  const leader: Actor = { id: 'l', role: 'moderator', unit: { path: province } };
  assert.equal(may(leader, 'figure.release', figuresOf(['anything'], inside)), 'allowed');
  assert.equal(may(leader, 'figure.own', figuresOf(['beds'], inside)), 'forbidden');
});

test('FG38 RT3 a steward answers for some indicators; a principal and an operator make them, a moderator does not', () => {
  assert.throws(() => demandIndicators('steward', undefined), { reason: 'bad-request' });
  assert.throws(() => demandIndicators('steward', []), { reason: 'bad-request' });
  assert.throws(() => demandIndicators('moderator', ['beds']), { reason: 'bad-request' });
  demandIndicators('steward', ['beds']);
  demandIndicators('seat', undefined);
  const made = { ...at(inside), role: 'steward' as const };
  const by = (role: Actor['role']) => may({ id: 'b', role, unit: { path: province } }, 'account.create', made);
  assert.deepEqual(
    [by('principal'), by('operator'), by('moderator'), by('steward')],
    [...['allowed', 'allowed', 'forbidden', 'forbidden']],
  );
});

test('FG38 RT8 a steward is of a unit with units below it, since nobody confirms what they have typed themselves', () => {
  assert.throws(() => demandSense('steward', { path: 'vn.79.760', hasUnitsBelow: false }), { reason: 'bad-request' });
  demandSense('steward', { path: 'vn', hasUnitsBelow: true });
});
