import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { refuse } from '../../protocol/errors.ts';
import { sessionIdSchema } from '../../protocol/session.ts';
import { uuidSchema } from '../../protocol/uuid.ts';

/** What signs and verifies: the newest of ours, or an older one by its name. */
export interface BriefingKeys {
  readonly newest: { readonly id: string; readonly secret: Uint8Array };
  find(id: string): Promise<{ readonly secret: Uint8Array } | undefined>;
}

/** Seconds that the clocks of our nodes may differ. */
const leewaySeconds = 60;
/** Tells our tokens from those of API keys, whose issuer is the name of the key. */
const issuer = 'dieu-hanh/briefing';
const claimsSchema = z.object({ sid: sessionIdSchema, acc: uuidSchema, video: z.object({ room: uuidSchema }) });

export interface BriefingTokenFacts {
  readonly room: string;
  readonly session: string;
  readonly account: string;
  /** For clients and their logs; nobody here believes it. */
  readonly identity: string;
}

/** EN7: the token with which a LiveKit client joins a briefing. It names a session, and gives no right by itself. */
export async function signBriefingToken(
  { newest }: Pick<BriefingKeys, 'newest'>,
  { room, session, account, identity }: BriefingTokenFacts,
  lifeSeconds: number,
): Promise<string> {
  // The grant is what every client may look at before it connects: a listener's.
  const video = { room, roomJoin: true, canPublish: false, canPublishData: false, canSubscribe: true };
  return new SignJWT({ sid: session, acc: account, video })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: newest.id })
    .setIssuer(issuer)
    .setSubject(identity)
    .setIssuedAt()
    .setExpirationTime(`${lifeSeconds} seconds`)
    .sign(newest.secret);
}

/**
 * @returns undefined for what does not call itself a token of a briefing
 * @throws DomainError `unauthenticated` when it does, and is broken, foreign or late; `store-unavailable`
 */
export async function readBriefingToken(
  keys: BriefingKeys,
  token: string,
): Promise<Omit<BriefingTokenFacts, 'identity'> | undefined> {
  const kid = keyNamed(token);
  if (kid === undefined) return undefined;
  const key = await keys.find(kid);
  if (!key) throw refuse('unauthenticated', 'invalid access token: it is too old, or not of this installation');
  try {
    const options = { algorithms: ['HS256'], clockTolerance: leewaySeconds, requiredClaims: ['exp'], issuer };
    const { payload } = await jwtVerify(token, key.secret, options);
    const { sid: session, acc: account, video } = claimsSchema.parse(payload);
    return { session, account, room: video.room };
  } catch (error) {
    throw refuse('unauthenticated', 'invalid access token', error);
  }
}

/** Name of the key by which it says that it is signed; undefined: it does not call itself one of ours. */
function keyNamed(token: string): string | undefined {
  try {
    return decodeJwt(token).iss === issuer ? (decodeProtectedHeader(token).kid ?? '') : undefined;
  } catch {
    return undefined;
  }
}
