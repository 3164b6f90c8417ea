import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureSelection, SelectedUnit } from '../../protocol/figureSelection.ts';
import { basisOf } from './basisOf.ts';

const units = ['a', 'b', 'c'].map((unit, i): SelectedUnit => {
  const path = `vn.${i < 2 ? '01' : '79'}.${unit}`;
  return { unit, path, name: unit, value: 90 + i, state: 'fresh', until: null };
});
const selection = { rule: { is: 'at-least', value: 90 }, indicator: {} } as unknown as FigureSelection;

test('FG59 FG67 minutes name of a selection whom the round asked, the worst first, and not whom it names elsewhere', () => {
  const asked = new Set(['a', 'b']);
  const basis = basisOf(selection, units, ({ unit }) => asked.has(unit));
  assert.deepEqual(
    basis?.units.map(({ unit }) => unit),
    ['b', 'a'],
  );
  assert.equal(
    basisOf(selection, units, () => false),
    undefined,
  );
});
