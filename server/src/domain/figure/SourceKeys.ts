import type { Quotas } from '../../lib/Quotas.ts';
import { RateLimits } from '../../lib/RateLimits.ts';
import { refuse, tooOften } from '../../protocol/errors.ts';
import type { FigureSource } from '../../protocol/figure.ts';
import { BATCHES } from '../../protocol/limits.ts';
import { hashSecret, newSecret } from '../organisation/secrets.ts';

/** So that whoever finds one knows what it is. */
const PREFIX = 'dhf_';
const KEY_FORM = /^dhf_[\w-]{43}$/;

export interface SourceKeyStore {
  /** Whose key has this hash, as the source is on record now. */
  holder(hash: Buffer): Promise<FigureSource | undefined>;
}

export const newSourceKey = (): string => `${PREFIX}${newSecret()}`;
export const hashOfKey = (key: string): Buffer => hashSecret(key);

/** FG41, FG42: who sends figures, and how often. */
export class SourceKeys {
  readonly #store: SourceKeyStore;
  readonly #batches: RateLimits;

  constructor(store: SourceKeyStore, quotas: Quotas) {
    this.#store = store;
    this.#batches = RateLimits.shared('batches', BATCHES, quotas);
  }

  /** One batch of whoever has this key. @throws DomainError `unauthenticated`, `rate-limited`, `store-unavailable` */
  async enter(key: string | undefined): Promise<FigureSource> {
    if (key === undefined || !KEY_FORM.test(key)) throw unknown();
    const source = await this.#store.holder(hashOfKey(key));
    if (!source) throw unknown();
    const wait = this.#batches.take(source.code);
    if (wait > 0) throw tooOften('this source has sent too many batches in the last minute', wait);
    return source;
  }
}

const unknown = () => refuse('unauthenticated', 'this is no key of a source of figures, or it was withdrawn');
