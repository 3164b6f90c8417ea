import { ParticipantInfo_Kind, ParticipantPermission } from '@livekit/protocol';
import type { Entrance } from '../../domain/briefing/Entrance.ts';
import { attributesOf } from '../../domain/briefing/identity.ts';
import type { Caller } from '../../domain/organisation/Sessions.ts';
import { refuse } from '../../protocol/errors.ts';
import { type BriefingKeys, readBriefingToken } from './briefingTokens.ts';
import type { BriefingDoor } from './tokens.ts';

/**
 * EN7: who comes into a briefing, as their session says it. Everybody is a listener whom officials see: nobody is
 * hidden, a recorder or an agent, whatever a token says; the floor lifts them later.
 */
export const briefingDoor = (
  entrance: Entrance,
  keys: BriefingKeys,
  sign: (room: string, caller: Caller) => Promise<string>,
): BriefingDoor => ({
  admit: async (token) => {
    const pass = await readBriefingToken(keys, token);
    if (!pass) return undefined;
    const { identity, account, person } = await entrance.admit(pass);
    return {
      ...{ proof: undefined, room: pass.room, identity, name: account.name, metadata: '' },
      ...{ attributes: attributesOf(account, person), kind: ParticipantInfo_Kind.STANDARD, permission: listener() },
    };
  },
  renew: (room, identity) => {
    if (!entrance.guards(room)) return undefined;
    const caller = entrance.holder(room, identity);
    if (!caller) return Promise.reject(refuse('unauthenticated', 'the session has ended'));
    return sign(room, caller);
  },
  isBriefing: (room) => entrance.isBriefing(room),
});

const listener = (): ParticipantPermission =>
  new ParticipantPermission({ canPublish: false, canPublishData: false, canSubscribe: true });
