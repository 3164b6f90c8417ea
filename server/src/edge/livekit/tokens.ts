import { ParticipantInfo_Kind, ParticipantPermission, TrackSource } from '@livekit/protocol';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { AccessToken, type VideoGrant as SdkGrant } from 'livekit-server-sdk';
import { z } from 'zod';
import { DomainError, type Reason, refuse } from '../../protocol/errors.ts';
import { isLabel, isPlainText } from '../../protocol/name.ts';
import { isKept } from '../../protocol/text.ts';
import { type ApiKey, KeyProof, type KeyRing, touches } from './keys/index.ts';

/** Seconds that a client's clock may differ from ours; LiveKit allows about as much. */
const leewaySeconds = 60;
/** Clients keep the newest refresh token for their next resume, so it must outlive several refreshes. */
export const refreshTtlSeconds = 15 * 60;
export const refreshEverySeconds = 5 * 60;

const sources: Readonly<Record<string, TrackSource>> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

const text = z.string().max(65_536);
/** NM3 */
const plain = text.refine(isPlainText);
const name = z.string().max(256);
/** It goes into the record of who was there. */
const identity = name.refine(isKept).refine(isLabel);
/** LiveKit's `video` grant. Absent rights are kept absent: some of them default to true. */
const grantSchema = z.object({
  room: name.default(''),
  roomJoin: z.boolean().default(false),
  roomCreate: z.boolean().default(false),
  roomList: z.boolean().default(false),
  roomAdmin: z.boolean().default(false),
  destinationRoom: name.default(''),
  canPublish: z.boolean().optional(),
  canSubscribe: z.boolean().optional(),
  canPublishData: z.boolean().optional(),
  canPublishSources: z
    .array(z.string())
    .default([])
    .transform((list) => list.flatMap((source) => sources[source.toLowerCase()] ?? [])),
  canUpdateOwnMetadata: z.boolean().default(false),
  canSubscribeMetrics: z.boolean().default(false),
  canManageAgentSession: z.boolean().default(false),
  hidden: z.boolean().default(false),
  recorder: z.boolean().default(false),
  agent: z.boolean().default(false),
});
const claimsSchema = z.object({
  sub: identity.optional(),
  jti: identity.optional(),
  name: text.refine(isLabel).default(''),
  metadata: plain.default(''),
  attributes: z.record(plain, plain).default({}),
  kind: z.string().default('standard'),
  video: grantSchema.prefault({}),
});

export type Grant = z.output<typeof grantSchema>;

/** What a verified token says, whatever it is used for. */
export interface Claims {
  readonly proof: KeyProof;
  readonly identity: string;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly kind: ParticipantInfo_Kind;
  readonly grant: Grant;
}

/** A join that the token allows: who, where, and what they may do there. */
export interface AllowedJoin extends Omit<Claims, 'grant' | 'proof'> {
  /** Of programs; undefined for people in a briefing, whose session is looked up. */
  readonly proof: KeyProof | undefined;
  readonly room: string;
  readonly permission: ParticipantPermission;
}

/** Where a request may carry its token; the header wins, browsers' WebSockets have only the query. */
export interface TokenBearer {
  readonly authorization: string | undefined;
  readonly accessToken: string | undefined;
}

/** HTTP status of an upgrade, of `/rtc/validate`: clients decide by it whether to try again. */
const statuses: Partial<Record<Reason, number>> = {
  unauthenticated: 401,
  'unit-ended': 403,
  forbidden: 403,
  'outside-territory': 403,
  'bad-request': 400,
  'not-found': 404,
  'does-not-fit': 422,
  'rate-limited': 429,
  'node-full': 503,
  draining: 503,
  'node-cut-off': 503,
  'store-unavailable': 503,
  'record-unwritable': 503,
};
export const signalStatus = (error: unknown): number =>
  (error instanceof DomainError ? statuses[error.reason] : undefined) ?? 500;

/** Rooms of briefings have tokens of their own, and a law of their own; filled by the domain. */
export interface BriefingDoor {
  /** Who comes with this token; undefined: it is none of a briefing. @throws DomainError when it lets nobody in */
  readonly admit: (token: string) => Promise<AllowedJoin | undefined>;
  /** The next token of somebody who is in; undefined: the room is none of a briefing. @throws DomainError */
  readonly renew: (room: string, identity: string) => Promise<string> | undefined;
  /** @throws DomainError `store-unavailable` */
  readonly isBriefing: (room: string) => Promise<boolean>;
}

const noBriefings: BriefingDoor = {
  admit: async () => undefined,
  renew: () => undefined,
  isBriefing: async () => false,
};

/** Verifies and issues LiveKit access tokens (JWT, HS256, the key found by `iss`). */
export class Tokens {
  readonly #keys: Pick<KeyRing, 'find'>;
  #briefings = noBriefings;

  constructor(keys: Pick<KeyRing, 'find'>) {
    this.#keys = keys;
  }

  /** @throws DomainError `unauthenticated` for every token that is absent, broken, foreign, early or late. */
  async verify(bearer: TokenBearer): Promise<Claims> {
    const token = tokenOf(bearer);
    try {
      const key = this.#keys.find(decodeJwt(token).iss ?? '');
      if (!key) throw new Error('unknown API key');
      const { payload, proof } = await verifyBy(key, token);
      const { sub, jti, kind, video, ...rest } = claimsSchema.parse(payload);
      return { ...rest, proof, identity: sub ?? jti ?? '', kind: kindOf(kind), grant: video };
    } catch (error) {
      throw refuse('unauthenticated', 'invalid access token', error);
    }
  }

  /**
   * @throws DomainError as `verify`, and what the door of briefings throws; no right to join is `unauthenticated`, no
   * room or identity is `bad-request`, a room that the key may not touch, or a briefing's, is `forbidden` (KY2, EN6).
   */
  async admit(bearer: TokenBearer): Promise<AllowedJoin> {
    const person = await this.#briefings.admit(tokenOf(bearer));
    if (person) return person;
    const { grant, ...who } = await this.verify(bearer);
    if (!grant.roomJoin) throw refuse('unauthenticated', 'the token does not allow to join a room');
    if (!grant.room) throw refuse('bad-request', 'no room name');
    if (!who.identity) throw refuse('bad-request', 'no participant identity');
    await this.demandRoom(who.proof, grant.room);
    return { ...who, room: grant.room, permission: permissionOf(grant) };
  }

  /** From now on rooms of briefings are behind this door. */
  guard(briefings: BriefingDoor): void {
    this.#briefings = briefings;
  }

  /** KY2: whether the key, as it is now, has this room. */
  touches({ key }: KeyProof, room: string): boolean {
    const found = this.#keys.find(key);
    return found !== undefined && touches(found, room);
  }

  /** KY3, KY4: what became of that by which somebody came: it signs still, it is to be replaced, or it is over. */
  stateOf(proof: KeyProof, room: string): 'newest' | 'older' | 'over' {
    const key = this.#keys.find(proof.key);
    if (!key || !touches(key, room) || !proof.isOf(key.secrets)) return 'over';
    return proof.isOf(key.secrets.slice(0, 1)) ? 'newest' : 'older';
  }

  /** KY2, EN6: programs have the rooms of their key, and no briefing's. @throws DomainError `forbidden`, `store-unavailable` */
  async demandRoom(proof: KeyProof, room: string): Promise<void> {
    if (!this.touches(proof, room)) throw refuse('forbidden', 'this API key has no right in this room');
    if (await this.#briefings.isBriefing(room))
      throw refuse('forbidden', 'this room belongs to a briefing: API keys have no right there');
  }

  /**
   * KY5: the same rights as the participant has now, for their next resume or full reconnect, by the newest secret of the
   * key by which they came.
   * @throws DomainError `unauthenticated` when that key, its secret or their session is over
   */
  async issueRefresh(admission: AllowedJoin): Promise<{ token: string; proof: KeyProof | undefined }> {
    const { room, permission: p, identity, name, metadata, attributes, kind } = admission;
    const ofBriefing = this.#briefings.renew(room, identity);
    if (ofBriefing) return { token: await ofBriefing, proof: undefined };
    const { proof } = admission;
    const key = proof && this.#keys.find(proof.key);
    const [newest] = key?.secrets ?? [];
    if (!proof || !key || !newest || this.stateOf(proof, room) === 'over')
      throw refuse('unauthenticated', 'the API key, or its secret, is over');
    const grant: SdkGrant = {
      room,
      roomJoin: true,
      canPublish: p.canPublish,
      canSubscribe: p.canSubscribe,
      canPublishData: p.canPublishData,
      canPublishSources: p.canPublishSources.filter((source) => source !== TrackSource.UNKNOWN),
      canUpdateOwnMetadata: p.canUpdateMetadata,
      canSubscribeMetrics: p.canSubscribeMetrics,
      canManageAgentSession: p.canManageAgentSession,
      hidden: p.hidden,
      recorder: p.recorder,
      agent: p.agent,
    };
    const who = { identity, name, metadata, attributes: { ...attributes }, ttl: refreshTtlSeconds };
    const token = new AccessToken(key.name, newest.secret, who);
    token.kind = ParticipantInfo_Kind[kind].toLowerCase();
    token.addGrant(grant);
    return { token: await token.toJwt(), proof: new KeyProof(key.name, newest.secret) };
  }
}

/** By any secret of the key that is good now. @throws Error of the last one */
async function verifyBy({ name, secrets }: ApiKey, token: string): Promise<{ payload: JWTPayload; proof: KeyProof }> {
  const options = { algorithms: ['HS256'], clockTolerance: leewaySeconds, requiredClaims: ['exp'] };
  let failure: unknown;
  for (const { secret } of secrets) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), options);
      return { payload, proof: new KeyProof(name, secret) };
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      failure = error;
    }
  }
  throw failure;
}

/** @throws DomainError `unauthenticated` */
function tokenOf({ authorization, accessToken }: TokenBearer): string {
  const token = authorization ? /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] : accessToken;
  if (!token) throw refuse('unauthenticated', 'no access token');
  return token;
}

function kindOf(kind: string): ParticipantInfo_Kind {
  const value = ParticipantInfo_Kind[kind.toUpperCase() as keyof typeof ParticipantInfo_Kind];
  return value ?? ParticipantInfo_Kind.STANDARD;
}

/** Publishing and subscribing are allowed unless said otherwise; data follows publishing. */
function permissionOf(grant: Grant): ParticipantPermission {
  const canPublish = grant.canPublish ?? true;
  return new ParticipantPermission({
    canPublish,
    canSubscribe: grant.canSubscribe ?? true,
    canPublishData: grant.canPublishData ?? canPublish,
    canPublishSources: grant.canPublishSources,
    canUpdateMetadata: grant.canUpdateOwnMetadata,
    canSubscribeMetrics: grant.canSubscribeMetrics,
    canManageAgentSession: grant.canManageAgentSession,
    hidden: grant.hidden,
    recorder: grant.recorder,
    agent: grant.agent,
  });
}
