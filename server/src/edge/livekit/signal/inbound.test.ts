import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignalRequest, SubscriptionPermission } from '@livekit/protocol';
import { roomsTopic } from '../../../cluster/topics/rooms.ts';
import type { Participant, SubscriptionRules } from '../../../hall/index.ts';
import { receive } from './inbound.ts';
import type { SignalSession } from './SignalSession.ts';

test('ND1 whatever a client says of who may have its tracks, other nodes can read what is told of its room', () => {
  const said: SubscriptionRules[] = [];
  const participant = { publishing: { setRules: (rules: SubscriptionRules) => said.push(rules) } };
  const session = { participant: participant as unknown as Participant } as SignalSession;
  const long = 'x'.repeat(3_000);
  const value = new SubscriptionPermission({
    trackPermissions: [
      { participantSid: long, allTracks: true },
      { participantIdentity: long, allTracks: true },
      { participantSid: long, participantIdentity: 'an', trackSids: [long, 'TR_1'] },
      { participantSid: 'PA_1', allTracks: true },
    ],
  });
  const message = { case: 'subscriptionPermission', value } as const;
  receive(new SignalRequest({ message }), { session, allowSimulate: false, ignored: () => assert.fail() });
  const [rules] = said;
  assert.deepEqual(rules, {
    allParticipants: false,
    rules: [
      { participantSid: '', participantIdentity: 'an', allTracks: false, trackSids: ['TR_1'] },
      { participantSid: 'PA_1', participantIdentity: '', allTracks: true, trackSids: [] },
    ],
  });
  const about = { sid: 'RM_1', createdAt: 1, metadata: '', metadataAt: 0 };
  const person = { identity: 'binh', sid: 'PA_2', join: 1, place: 'open', stage: '', info: '', layers: [] };
  roomsTopic.schema.parse({
    ...{ kind: 'whole', room: 'r', version: 1, counts: [1, 1], lines: [] },
    about: { ...about, emptyTimeout: 0, departureTimeout: 0, maxParticipants: 0 },
    people: [{ ...person, rules: rules?.rules }],
  });
});
