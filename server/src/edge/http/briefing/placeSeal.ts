import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { PlaceSeal } from '../../../domain/nodes/JoinTurns.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import type { BriefingKeys } from '../../livekit/briefingTokens.ts';

/** Tells places from tokens that the same keys sign. */
const issuer = 'dieu-hanh/place';
const claimsSchema = z.object({
  sub: z.string(),
  briefing: uuidSchema,
  at: z.number(),
  group: z.string().optional(),
  entered: z.literal(true).optional(),
  back: z.literal(true).optional(),
});

/** PL17: places as pages keep them, signed by keys that all nodes find in the database. */
export const placeSeal = (keys: BriefingKeys): PlaceSeal => ({
  close: ({ identity, ...place }) =>
    new SignJWT(place)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keys.newest.id })
      .setIssuer(issuer)
      .setSubject(identity)
      .sign(keys.newest.secret),
  open: async (kept) => {
    try {
      const key = await keys.find(decodeProtectedHeader(kept).kid ?? '');
      if (!key) return undefined;
      const { payload } = await jwtVerify(kept, key.secret, { algorithms: ['HS256'], issuer });
      const { sub: identity, ...place } = claimsSchema.parse(payload);
      return { identity, ...place };
    } catch {
      // Whoever brings what is no place has none.
      return undefined;
    }
  },
});
