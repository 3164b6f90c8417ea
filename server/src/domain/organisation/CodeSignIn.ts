import { networkOf } from '../../lib/networkOf.ts';
import type { SecurityLog } from '../../observability/SecurityEvents.ts';
import { refuse } from '../../protocol/errors.ts';
import { UNIT_CODE } from '../../protocol/organisation.ts';
import type { CodeTries } from './CodeTries.ts';
import type { CodeHashes, CodeStore } from './codePorts.ts';
import { readCode } from './deviceCode.ts';
import type { Limiter } from './ports.ts';
import type { SignedIn } from './SignIn.ts';

interface Parts {
  readonly store: Pick<CodeStore, 'find'>;
  readonly hashes: CodeHashes;
  readonly tries: CodeTries;
  /** All tries from one address, as for links. */
  readonly address: Limiter;
  readonly logger: SecurityLog;
}

/** Proves that somebody holds the slip of a unit, by the code that is printed on it. (LK7, LK8) */
export class CodeSignIn {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Whether the code may be used at this moment, and by this device, is decided by the transaction that opens the session.
   * @param unit code of a unit, and `typed` a code, as people typed them
   * @throws DomainError `code-unknown`, `rate-limited`
   */
  async byCode(unit: string, typed: string, address: string): Promise<SignedIn> {
    const { store, hashes, tries, address: limit, logger } = this.#parts;
    await limit.consume(networkOf(address));
    const place = unit.replace(/[\s.]/g, '').toLowerCase();
    const code = readCode(typed);
    // A code that is too short is a slip of the hand, and tells nobody anything.
    if (code === undefined || !UNIT_CODE.test(place)) throw unknown();
    const giveBack = await tries.take(place, address);
    const found = await store.find(place, hashes.all(place, code));
    if (!found) {
      logger.warn({ unit: place, address }, 'not signed in: a code did not fit');
      throw unknown();
    }
    await giveBack();
    return { account: found.account, link: null, code: found.id };
  }
}

const unknown = () => refuse('code-unknown', 'unit and code do not fit: compare both with the slip');
