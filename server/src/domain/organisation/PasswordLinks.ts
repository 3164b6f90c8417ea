import { networkOf } from '../../lib/networkOf.ts';
import type { SecurityLog } from '../../observability/SecurityEvents.ts';
import { refuse } from '../../protocol/errors.ts';
import type { PasswordOffer } from '../../protocol/people.ts';
import type { EndedSessions } from './EndedSessions.ts';
import { SHORTEST_PASSWORD } from './limits.ts';
import { demandPassword } from './passwordRules.ts';
import type { AccountDeskStore, PasswordLink } from './ports.ts';
import type { Sessions } from './Sessions.ts';
import type { PasswordHasher, SignInLimits } from './SignIn.ts';
import { hashSecret } from './secrets.ts';

interface Parts {
  readonly store: Pick<AccountDeskStore, 'passwordLink' | 'usePassword'>;
  readonly sessions: Pick<Sessions, 'place'>;
  readonly hasher: PasswordHasher;
  readonly limits: Pick<SignInLimits, 'address' | 'link'>;
  readonly ended: Pick<EndedSessions, 'tell'>;
  readonly logger: SecurityLog;
}

/** PW5: whoever holds such a link sets the password of its account, once. It opens no session. */
export class PasswordLinks {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whose it is. @throws DomainError `unit-ended`, `link-unknown`, `link-revoked`, `link-over`, `rate-limited` */
  async read(secret: string, address: string): Promise<PasswordOffer> {
    const { account, login } = await this.#find(secret, address);
    const { unit } = await this.#parts.sessions.place(account);
    return { name: account.name, unit: unit.name, login, shortest: SHORTEST_PASSWORD };
  }

  /** @throws DomainError as above, and `bad-request`, `weak-password`, `busy`, `conflict` when the login has become another's */
  async use(secret: string, password: string, address: string): Promise<void> {
    const { store, hasher, ended, logger } = this.#parts;
    const link = await this.#find(secret, address);
    const { name, unit } = await this.#parts.sessions.place(link.account);
    demandPassword(password, { login: link.login, name, unit: unit.name });
    const over = await store.usePassword(link, await hasher.hash(password));
    // Somebody was quicker with it, or it was withdrawn while the password was hashed.
    if (!over) throw refuse('link-over', 'this link was for one use within a day: ask for a new one');
    logger.info({ account: link.account.id, link: link.id, address }, 'a password was set by link');
    ended.tell(over);
  }

  async #find(secret: string, address: string): Promise<PasswordLink> {
    const { limits, store, logger } = this.#parts;
    await limits.address.consume(networkOf(address));
    const hash = hashSecret(secret);
    await limits.link.consume(hash.toString('base64url'));
    const found = await store.passwordLink(hash);
    if (typeof found !== 'string') return found;
    logger.warn({ address, why: found }, 'a link to set a password did not fit');
    if (found === 'revoked') throw refuse('link-revoked', 'this link was withdrawn: ask your moderator for a new one');
    if (found === 'over') throw refuse('link-over', 'this link was for one use within a day: ask for a new one');
    throw refuse('link-unknown', 'this link is not known: ask your moderator for a new one');
  }
}
