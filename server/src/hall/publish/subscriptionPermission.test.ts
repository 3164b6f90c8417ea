import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAllowed, openRules } from './subscriptionPermission.ts';

const an = { sid: 'PA_an', identity: 'an' };
const rule = { participantSid: '', participantIdentity: '', allTracks: false, trackSids: [] as string[] };
const only = (...rules: Partial<typeof rule>[]) => ({
  allParticipants: false,
  rules: rules.map((r) => ({ ...rule, ...r })),
});

test('rules name participants by sid or identity, and all or some tracks', () => {
  assert.ok(isAllowed(openRules, an, 'TR_1'));
  assert.ok(!isAllowed(only(), an, 'TR_1'));
  assert.ok(isAllowed(only({ participantIdentity: 'an', allTracks: true }), an, 'TR_1'));
  assert.ok(isAllowed(only({ participantSid: 'PA_an', trackSids: ['TR_1'] }), an, 'TR_1'));
  assert.ok(!isAllowed(only({ participantSid: 'PA_an', trackSids: ['TR_2'] }), an, 'TR_1'));
  assert.ok(!isAllowed(only({ participantIdentity: 'binh', allTracks: true }), an, 'TR_1'));
});
