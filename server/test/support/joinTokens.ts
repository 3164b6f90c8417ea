import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import { type ApiKey, KeyRing } from '../../src/edge/livekit/keys/index.ts';
import { createLogger } from '../../src/observability/logger.ts';

/** A key for every room, as an installation has one to begin with. */
export const keyOf = ({ key, secret }: { key: string; secret: string }, more: Partial<ApiKey> = {}): ApiKey => ({
  ...{ name: key, rooms: ['*'], webhooks: [], secrets: [{ secret, until: undefined }] },
  ...more,
});
export const ringOf = (...keys: readonly ApiKey[]): KeyRing => KeyRing.of(keys, createLogger('silent'));

/** Signs tokens for joins, as programs do with their key. */
export class JoinTokens {
  readonly #pair: { readonly key: string; readonly secret: string };

  constructor(pair: { key: string; secret: string }) {
    this.#pair = pair;
  }

  issueJoin(
    { room, ...who }: { room: string; identity: string; name: string; attributes: Record<string, string> },
    permission: VideoGrant,
    ttl = 600,
  ): Promise<string> {
    const token = new AccessToken(this.#pair.key, this.#pair.secret, { ...who, ttl });
    token.addGrant({ room, roomJoin: true, ...permission });
    return token.toJwt();
  }
}
