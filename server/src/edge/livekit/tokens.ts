import { ParticipantInfo_Kind, ParticipantPermission, TrackSource } from '@livekit/protocol';
import { decodeJwt, jwtVerify } from 'jose';
import { AccessToken, type VideoGrant as SdkGrant } from 'livekit-server-sdk';
import { z } from 'zod';
import { DomainError, type Reason, refuse } from '../../protocol/errors.ts';
import { isKept } from '../../protocol/text.ts';

/** Seconds that a client's clock may differ from ours; LiveKit allows about as much. */
const leewaySeconds = 60;
/** Clients keep the newest refresh token for their next resume, so it must outlive several refreshes. */
export const refreshTtlSeconds = 15 * 60;
export const refreshEverySeconds = 5 * 60;
const joinTtlSeconds = 6 * 60 * 60;

const sources: Readonly<Record<string, TrackSource>> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

const text = z.string().max(65_536);
const name = z.string().max(256);
/** It goes into the record of who was there. */
const identity = name.refine(isKept);
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
  iss: z.string(),
  sub: identity.optional(),
  jti: identity.optional(),
  name: text.default(''),
  metadata: text.default(''),
  attributes: z.record(z.string(), text).default({}),
  kind: z.string().default('standard'),
  video: grantSchema.prefault({}),
});

export type Grant = z.output<typeof grantSchema>;

/** What a verified token says, whatever it is used for. */
export interface Claims {
  readonly apiKey: string;
  readonly identity: string;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly kind: ParticipantInfo_Kind;
  readonly grant: Grant;
}

/** A join that the token allows: who, where, and what they may do there. */
export interface AllowedJoin extends Omit<Claims, 'grant'> {
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
  forbidden: 403,
  'outside-territory': 403,
  'bad-request': 400,
  'not-found': 404,
  'node-full': 503,
  draining: 503,
  'store-unavailable': 503,
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

/** Verifies and issues LiveKit access tokens (JWT, HS256, the secret found by `iss`). */
export class Tokens {
  readonly #secrets: ReadonlyMap<string, Uint8Array>;
  readonly #issuer: { readonly key: string; readonly secret: string };

  #briefings = noBriefings;

  /** The first pair signs what this server issues; all of them verify. */
  constructor(issuer: { key: string; secret: string }, ...others: { key: string; secret: string }[]) {
    const encoder = new TextEncoder();
    this.#issuer = issuer;
    this.#secrets = new Map([issuer, ...others].map(({ key, secret }) => [key, encoder.encode(secret)]));
  }

  /** @throws DomainError `unauthenticated` for every token that is absent, broken, foreign, early or late. */
  async verify(bearer: TokenBearer): Promise<Claims> {
    const token = tokenOf(bearer);
    try {
      const secret = this.#secrets.get(decodeJwt(token).iss ?? '');
      if (!secret) throw new Error('unknown API key');
      const options = { algorithms: ['HS256'], clockTolerance: leewaySeconds, requiredClaims: ['exp'] };
      const { payload } = await jwtVerify(token, secret, options);
      const { iss, sub, jti, kind, video, ...rest } = claimsSchema.parse(payload);
      return { ...rest, apiKey: iss, identity: sub ?? jti ?? '', kind: kindOf(kind), grant: video };
    } catch (error) {
      throw refuse('unauthenticated', 'invalid access token', error);
    }
  }

  /**
   * @throws DomainError as `verify`, and what the door of briefings throws; no right to join is `unauthenticated`, no
   * room or identity is `bad-request`, a briefing's room with an API key's token is `forbidden` (EN6).
   */
  async admit(bearer: TokenBearer): Promise<AllowedJoin> {
    const person = await this.#briefings.admit(tokenOf(bearer));
    if (person) return person;
    const { grant, ...who } = await this.verify(bearer);
    if (!grant.roomJoin) throw refuse('unauthenticated', 'the token does not allow to join a room');
    if (!grant.room) throw refuse('bad-request', 'no room name');
    if (!who.identity) throw refuse('bad-request', 'no participant identity');
    await this.demandOpenRoom(grant.room);
    return { ...who, room: grant.room, permission: permissionOf(grant) };
  }

  /** From now on rooms of briefings are behind this door. */
  guard(briefings: BriefingDoor): void {
    this.#briefings = briefings;
  }

  /** EN6: programs with an API key have rooms of their own. @throws DomainError `forbidden`, `store-unavailable` */
  async demandOpenRoom(room: string): Promise<void> {
    if (await this.#briefings.isBriefing(room))
      throw refuse('forbidden', 'this room belongs to a briefing: API keys have no right there');
  }

  /** A token for a join of our own making; valid for six hours unless told otherwise. */
  async issueJoin(
    who: { room: string; identity: string; name: string; attributes: Readonly<Record<string, string>> },
    permission: Pick<SdkGrant, 'canPublish' | 'canSubscribe' | 'canPublishData'>,
    ttlSeconds = joinTtlSeconds,
  ): Promise<string> {
    const { room, identity, name, attributes } = who;
    return this.#sign({ identity, name, attributes, ttlSeconds }, { room, roomJoin: true, ...permission });
  }

  /** The same rights as the participant has now, for their next resume or full reconnect. */
  async issueRefresh(admission: AllowedJoin): Promise<string> {
    const { room, permission: p, identity, name, metadata, attributes, kind } = admission;
    const ofBriefing = this.#briefings.renew(room, identity);
    if (ofBriefing) return ofBriefing;
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
    const ttlSeconds = refreshTtlSeconds;
    return this.#sign({ identity, name, metadata, attributes, kind, ttlSeconds }, grant);
  }

  #sign(who: SignedParticipant, grant: SdkGrant): Promise<string> {
    const token = new AccessToken(this.#issuer.key, this.#issuer.secret, {
      identity: who.identity,
      name: who.name,
      metadata: who.metadata ?? '',
      attributes: { ...who.attributes },
      ttl: who.ttlSeconds,
    });
    if (who.kind) token.kind = ParticipantInfo_Kind[who.kind].toLowerCase();
    token.addGrant(grant);
    return token.toJwt();
  }
}

/** @throws DomainError `unauthenticated` */
function tokenOf({ authorization, accessToken }: TokenBearer): string {
  const token = authorization ? /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] : accessToken;
  if (!token) throw refuse('unauthenticated', 'no access token');
  return token;
}

interface SignedParticipant {
  readonly identity: string;
  readonly name: string;
  readonly metadata?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly kind?: ParticipantInfo_Kind;
  readonly ttlSeconds: number;
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
