import { networkOf } from '../../lib/networkOf.ts';
import type { Quotas } from '../../lib/Quotas.ts';
import { RateLimits } from '../../lib/RateLimits.ts';
import { type Said, tooOften } from '../../protocol/errors.ts';
import type { FigureSource } from '../../protocol/figureDefinition.ts';
import { BATCHES } from '../../protocol/limits.ts';
import { hashSecret, newSecret } from '../organisation/secrets.ts';
import { noKey, tooManyUnknown } from './admission.ts';
import { KEY_GUESSES } from './limits.ts';

const SENT_OFTEN: Said = {
  vi: 'Nguồn này đã gửi quá nhiều lô trong một phút qua',
  en: 'this source has sent too many batches in the last minute',
};

/** So that whoever finds one knows what it is. */
const PREFIX = 'dhf_';
const KEY_FORM = /^dhf_[\w-]{43}$/;

export interface SourceKeyStore {
  /** Whose key has this hash, as the source is on record now. */
  holder(hash: Buffer): Promise<FigureSource | undefined>;
}

export const newSourceKey = (): string => `${PREFIX}${newSecret()}`;
export const hashOfKey = (key: string): Buffer => hashSecret(key);

/** Who has proven to be a source, and by which key. */
export interface KeyHolder {
  readonly source: FigureSource;
  readonly keyHash: Buffer;
}

/** FG41, FG42, FG49: who sends figures, and how often. */
export class SourceKeys {
  readonly #store: SourceKeyStore;
  readonly #batches: RateLimits;
  readonly #guesses: RateLimits;
  /** By the hash of a key that was good when it came last: whose it was. */
  readonly #known = new Map<string, string>();

  constructor(store: SourceKeyStore, quotas: Quotas) {
    this.#store = store;
    this.#batches = RateLimits.shared('batches', BATCHES, quotas);
    this.#guesses = new RateLimits(KEY_GUESSES);
  }

  /**
   * One batch of whoever has this key.
   * @throws DomainError `unauthenticated`, `rate-limited`, `store-unavailable`
   */
  async enter(key: string | undefined, address: string): Promise<KeyHolder> {
    if (key === undefined || !KEY_FORM.test(key)) throw noKey();
    const keyHash = hashOfKey(key);
    const id = keyHash.toString('hex');
    const known = this.#known.get(id);
    // Before anything is asked of the store.
    if (known === undefined) this.#countGuess(networkOf(address));
    else this.#countBatch(known);
    const source = await this.#store.holder(keyHash);
    if (!source) {
      this.#known.delete(id);
      throw noKey();
    }
    this.#known.set(id, source.code);
    if (known === undefined) this.#countBatch(source.code);
    return { source, keyHash };
  }

  #countGuess(network: string): void {
    const wait = this.#guesses.take(network);
    if (wait > 0) throw tooManyUnknown(wait);
  }

  #countBatch(source: string): void {
    const wait = this.#batches.take(source);
    if (wait > 0) throw tooOften(SENT_OFTEN, wait);
  }
}
