/** One secret of a key. While a key is rotated it has two. */
export interface KeySecret {
  readonly secret: string;
  /** When it ends, ms since 1970; undefined: when it is replaced or its key withdrawn. */
  readonly until: number | undefined;
}

/** KY1: what a program of the operator proves itself with, and the rooms that it may touch. */
export interface ApiKey {
  /** What LiveKit's SDKs call the API key: the issuer of its tokens. No secret. */
  readonly name: string;
  /** Names of rooms, or beginnings of names followed by `*`. */
  readonly rooms: readonly string[];
  /** Where events of these rooms go. */
  readonly webhooks: readonly string[];
  /** The newest first; it signs what this server issues. */
  readonly secrets: readonly KeySecret[];
}

/** KY2: whatever a token grants, its key has no more rooms than these. */
export const touches = ({ rooms }: Pick<ApiKey, 'rooms'>, room: string): boolean =>
  rooms.some((wanted) => (wanted.endsWith('*') ? room.startsWith(wanted.slice(0, -1)) : room === wanted));

/** By which secret of which key somebody came. The secret is not to be seen, also not by a log. */
export class KeyProof {
  /** Name of the key. */
  readonly key: string;
  readonly #secret: string;

  constructor(key: string, secret: string) {
    this.key = key;
    this.#secret = secret;
  }

  /** Whether that secret still is one of these. */
  isOf(secrets: readonly KeySecret[]): boolean {
    return secrets.some(({ secret }) => secret === this.#secret);
  }
}
