import type { Logger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import type { AccountStore, Limiter, StoredAccount } from './ports.ts';
import { hashSecret } from './secrets.ts';

/** argon2id; a port, since hashing is native code. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

export interface SignInLimits {
  /** All tries from one address. Generous: a whole province may share one. */
  readonly address: Limiter;
  /** Tries of one link. */
  readonly link: Limiter;
  /** Failed passwords of one login from one address, and of one login from anywhere. */
  readonly loginHere: Limiter;
  readonly login: Limiter;
}

export interface SignedIn {
  readonly account: StoredAccount;
  /** null: by password. */
  readonly link: string | null;
}

/** Proves who somebody is, by a personal link or a password. Whoever passes gets a session from `Sessions`. */
export class SignIn {
  readonly #accounts: AccountStore;
  readonly #hasher: PasswordHasher;
  readonly #limits: SignInLimits;
  readonly #logger: Logger;
  /** Verified when the login is unknown, so that its answer takes as long as that of a wrong password. */
  readonly #decoy: Promise<string>;

  constructor(accounts: AccountStore, hasher: PasswordHasher, limits: SignInLimits, logger: Logger) {
    this.#logger = logger;
    this.#accounts = accounts;
    this.#hasher = hasher;
    this.#limits = limits;
    this.#decoy = hasher.hash('nobody has this password');
  }

  /**
   * The first device that comes with a link keeps it.
   * @throws DomainError `link-unknown`, `link-revoked`, `link-over`, `link-used`, `rate-limited`
   */
  async byLink(secret: string, device: string, address: string): Promise<SignedIn> {
    await this.#limits.address.consume(address);
    const hash = hashSecret(secret);
    await this.#limits.link.consume(hash.toString('base64url'));
    const link = await this.#accounts.linkBySecret(hash);
    if (!link) throw refuse('link-unknown', 'this link is not known: ask your moderator for a new one');
    if (link.revoked) throw refuse('link-revoked', 'this link was withdrawn: ask your moderator for a new one');
    if (link.over) throw refuse('link-over', 'this link was for one use within a day: ask for a new one');
    const bound = await this.#accounts.bindLink(link.id, device);
    // Withdrawn meanwhile, or somebody else was quicker with a link for one use.
    if (bound === undefined) throw refuse('link-revoked', 'this link was withdrawn: ask your moderator for a new one');
    if (bound !== device) {
      this.#logger.info({ link: link.id, account: link.account.id }, 'a second device came with a bound link');
      throw refuse(
        'link-used',
        'this link belongs to another device: open it there, or ask your moderator for a new one',
      );
    }
    const first = link.boundDevice === null;
    this.#logger.info({ account: link.account.id, link: link.id, first }, 'signed in by link');
    return { account: link.account, link: link.id };
  }

  /** @throws DomainError `wrong-credentials`, `rate-limited` */
  async byPassword(login: string, password: string, address: string): Promise<SignedIn> {
    const name = login.trim().toLowerCase();
    const here = `${name}@${address}`;
    await this.#limits.address.consume(address);
    await Promise.all([this.#limits.loginHere.check(here), this.#limits.login.check(name)]);
    const found = await this.#accounts.credentials(name);
    const fits = await this.#hasher.verify(found?.hash ?? (await this.#decoy), password);
    if (found && fits) {
      this.#logger.info({ account: found.account.id }, 'signed in by password');
      return { account: found.account, link: null };
    }
    await Promise.all([this.#limits.loginHere.consume(here), this.#limits.login.consume(name)]);
    throw refuse('wrong-credentials', 'login and password do not fit');
  }
}
