import { randomBytes } from 'node:crypto';
import { refuse } from '../../protocol/errors.ts';
import { newId } from '../organisation/secrets.ts';
import { KEY_ROTATE_SECONDS, TOKEN_SECONDS } from './limits.ts';
import type { StoredTokenKey, TokenKeyStore } from './ports.ts';

/** Unknown keys that strangers name are not asked for more often than this, ms. */
const ASK_EVERY_MS = 1_000;

/**
 * EN7: the keys of tokens of briefings, as this node knows them. They are made here and lie in the database, where all
 * nodes find them; no API key is among them. While PostgreSQL is away those that are known go on.
 */
export class TokenKeys {
  readonly #store: TokenKeyStore;
  #keys: readonly StoredTokenKey[] = [];
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  private constructor(store: TokenKeyStore) {
    this.#store = store;
  }

  static async create(store: TokenKeyStore): Promise<TokenKeys> {
    const keys = new TokenKeys(store);
    await keys.rotate();
    return keys;
  }

  /** What signs now. */
  get newest(): StoredTokenKey {
    const [newest] = this.#keys;
    if (!newest) throw refuse('internal', 'there is no key for tokens of briefings');
    return newest;
  }

  /** Also one that another node has made a moment ago. @throws DomainError `store-unavailable` */
  async find(id: string): Promise<StoredTokenKey | undefined> {
    const known = this.#keys.find((key) => key.id === id);
    if (known) return known;
    // Whoever comes while it is asked waits for the same answer.
    if (!this.#asking && performance.now() < this.#askedAt + ASK_EVERY_MS) return undefined;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    await this.#asking;
    return this.#keys.find((key) => key.id === id);
  }

  async #ask(): Promise<void> {
    this.#keys = await this.#store.all();
    this.#askedAt = performance.now();
  }

  /** Makes the next key when it is time, and forgets those with which no token can be good any more. */
  async rotate(): Promise<void> {
    const fresh = { id: newId(), secret: randomBytes(32) };
    this.#keys = await this.#store.rotate(fresh, KEY_ROTATE_SECONDS, KEY_ROTATE_SECONDS + 4 * TOKEN_SECONDS);
  }
}
