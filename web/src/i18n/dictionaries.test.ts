import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callRefusals, reasons } from '@dieu-hanh/server/protocol';
import { en as deskEn } from './desk/en.ts';
import { en as roundsEn } from './desk/roundsEn.ts';
import { vi as roundsVi } from './desk/roundsVi.ts';
import { vi as deskVi } from './desk/vi.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

/** Every line of a dictionary by its path, functions told apart from texts. */
function lines(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'object') for (const [k, v] of lines(value, at)) found.set(k, v);
    else found.set(at, typeof value === 'function' ? `function of ${value.length}` : typeof value);
  }
  return found;
}

test('both languages have the same lines, each of the same kind', () => {
  assert.deepEqual([...lines(en)].sort(), [...lines(vi)].sort());
  assert.deepEqual([...lines(deskEn)].sort(), [...lines(deskVi)].sort());
  assert.deepEqual([...lines(roundsEn)].sort(), [...lines(roundsVi)].sort());
});

test('no line is empty', () => {
  for (const dictionary of [vi, en, deskVi, deskEn, roundsVi, roundsEn]) {
    const flat = JSON.stringify(dictionary);
    assert.ok(!flat.includes(':""'), 'an empty line');
  }
});

test('each reason of the protocol and each offered refusal has a sentence', () => {
  for (const dictionary of [vi, en]) {
    assert.deepEqual(Object.keys(dictionary.reason).sort(), [...reasons].sort());
    assert.deepEqual(Object.keys(dictionary.call.refusals).sort(), [...callRefusals].sort());
  }
});
