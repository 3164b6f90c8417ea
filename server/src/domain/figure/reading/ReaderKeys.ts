import { networkOf } from '../../../lib/networkOf.ts';
import type { Quotas } from '../../../lib/Quotas.ts';
import { RateLimits } from '../../../lib/RateLimits.ts';
import { refuse, type Said, tooOften } from '../../../protocol/errors.ts';
import type { FigureReaderKey } from '../../../protocol/figureReading.ts';
import { READS } from '../../../protocol/limits.ts';
import { hashSecret, newSecret } from '../../organisation/secrets.ts';
import { tooManyUnknown } from '../admission.ts';
import { KEY_GUESSES } from '../limits.ts';
import { demandGood } from './readerRights.ts';

const READ_OFTEN: Said = {
  vi: 'Khoá này đã đọc quá nhiều lần trong một phút qua',
  en: 'this key has read too often in the last minute',
};

/** So that whoever finds one knows what it is, and that it is none that sends (`dhf_`). */
const PREFIX = 'dhr_';
const KEY_FORM = /^dhr_[\w-]{43}$/;

export interface KnownReader extends FigureReaderKey {
  readonly withdrawn: boolean;
}

export interface ReaderKeyStore {
  /** Whose key has this hash, also one that is good no more. */
  reader(hash: Buffer): Promise<KnownReader | undefined>;
}

interface Parts {
  readonly store: ReaderKeyStore;
  readonly quotas: Quotas;
  /** PostgreSQL's clock. */
  readonly now: () => number;
}

export const isReaderKey = (key: string): boolean => key.startsWith(PREFIX);
export const newReaderKey = (): string => `${PREFIX}${newSecret()}`;
export const hashOfReaderKey = (key: string): Buffer => hashSecret(key);

/** FG185, FG186: which program reads figures, and how often. */
export class ReaderKeys {
  readonly #o: Parts;
  readonly #reads: RateLimits;
  readonly #guesses: RateLimits = new RateLimits(KEY_GUESSES);
  /** By the hash of a key that was good when it came last: its code. */
  readonly #known = new Map<string, string>();

  constructor(parts: Parts) {
    this.#o = parts;
    this.#reads = RateLimits.shared('figure-reads', READS, parts.quotas);
  }

  /**
   * One read of whoever has this key.
   * @throws DomainError `unauthenticated`, `rate-limited`, `store-unavailable`
   */
  async enter(key: string | undefined, address: string): Promise<FigureReaderKey> {
    if (key === undefined || !KEY_FORM.test(key)) throw noReader();
    const hash = hashOfReaderKey(key);
    const id = hash.toString('hex');
    const known = this.#known.get(id);
    // Before anything is asked of the store.
    if (known === undefined) this.#countGuess(networkOf(address));
    else this.#countRead(known);
    const { withdrawn, ...reader } = await this.#good(hash, id);
    this.#known.set(id, reader.code);
    if (known === undefined) this.#countRead(reader.code);
    return reader;
  }

  async #good(hash: Buffer, id: string): Promise<KnownReader> {
    try {
      const reader = await this.#o.store.reader(hash);
      if (!reader) throw noReader();
      demandGood(reader, this.#o.now());
      return reader;
    } catch (error) {
      this.#known.delete(id);
      throw error;
    }
  }

  #countGuess(network: string): void {
    const wait = this.#guesses.take(network);
    if (wait > 0) throw tooManyUnknown(wait);
  }

  #countRead(code: string): void {
    const wait = this.#reads.take(code);
    if (wait > 0) throw tooOften(READ_OFTEN, wait);
  }
}

const noReader = () =>
  refuse('unauthenticated', {
    vi: 'Đây không phải là khoá đọc số liệu; khoá ghi ở `Authorization: Bearer`',
    en: 'this is no key that reads figures; it stands in `Authorization: Bearer`',
  });
