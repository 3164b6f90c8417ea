import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutSchema } from '../../api/contract.ts';
import { choicesWith, chosenOf } from './choices.ts';

test('PN4 each choice of the producer is a layout that the server takes, and is known again when it comes back', () => {
  for (const { name, layout } of choicesWith('Nghỉ')) assert.equal(chosenOf(layoutSchema.parse(layout)), name);
  assert.equal(chosenOf({ kind: 'solo', who: { by: 'device', identity: 'x' } }), undefined);
});
