import { networkOf } from '../../lib/networkOf.ts';
import type { SecurityLog } from '../../observability/SecurityEvents.ts';
import { refuse } from '../../protocol/errors.ts';
import { PasswordTries, type TryLimits } from './PasswordTries.ts';
import type { AccountStore, Limiter, StoredAccount } from './ports.ts';
import { hashSecret } from './secrets.ts';

/** argon2id; a port, since hashing is native code. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** @param known goes before others. @throws DomainError `busy` when too many wait */
  verify(hash: string, password: string, known?: boolean): Promise<boolean>;
}

export interface SignInLimits extends TryLimits {
  /** All tries from one address. Generous: a whole province may share one. */
  readonly address: Limiter;
  /** Tries of one link. */
  readonly link: Limiter;
}

/** Where a try comes from. */
export interface Origin {
  readonly address: string;
  /** Whose cookie came with it; undefined: of no browser, or of a new one. */
  readonly device?: string | undefined;
}

export interface SignedIn {
  readonly account: StoredAccount;
  /** The one that the link is bound to; `undefined` by password. */
  readonly device?: string;
  /** null: by password. */
  readonly link: string | null;
  /** Hash of the one that fitted. */
  readonly password?: string;
}

/** Proves who somebody is, by a personal link or a password. Whoever passes gets a session from `Sessions`. */
export class SignIn {
  readonly #accounts: AccountStore;
  readonly #hasher: PasswordHasher;
  readonly #limits: SignInLimits;
  readonly #logger: SecurityLog;
  readonly #tries: PasswordTries;
  /** Verified when the login is unknown, so that its answer takes as long as that of a wrong password. */
  readonly #decoy: Promise<string>;

  constructor(accounts: AccountStore, hasher: PasswordHasher, limits: SignInLimits, logger: SecurityLog) {
    this.#logger = logger;
    this.#accounts = accounts;
    this.#hasher = hasher;
    this.#limits = limits;
    this.#tries = new PasswordTries(limits);
    this.#decoy = hasher.hash('nobody has this password');
  }

  /**
   * The first device that comes with a link keeps it.
   * @param earlier another name of the device, which is believed when the link is bound to it, and binds none
   * @throws DomainError `link-unknown`, `link-revoked`, `link-over`, `link-used`, `rate-limited`
   */
  async byLink(secret: string, named: string, address: string, earlier?: string): Promise<SignedIn> {
    await this.#limits.address.consume(networkOf(address));
    const hash = hashSecret(secret);
    await this.#limits.link.consume(hash.toString('base64url'));
    const link = await this.#accounts.linkBySecret(hash);
    if (!link || link.revoked || link.over)
      this.#logger.warn({ link: link?.id ?? null, account: link?.account.id ?? null, address }, 'a link did not fit');
    if (!link) throw refuse('link-unknown', 'this link is not known: ask your moderator for a new one');
    if (link.revoked) throw refuse('link-revoked', 'this link was withdrawn: ask your moderator for a new one');
    if (link.over) throw refuse('link-over', 'this link was for one use within a day: ask for a new one');
    const device = earlier !== undefined && link.boundDevice === earlier ? earlier : named;
    const bound = await this.#accounts.bindLink(link.id, device);
    // Withdrawn meanwhile, or somebody else was quicker with a link for one use.
    if (bound === undefined) throw refuse('link-revoked', 'this link was withdrawn: ask your moderator for a new one');
    if (bound !== device) {
      this.#logger.warn({ link: link.id, account: link.account.id, address }, 'a second device came with a bound link');
      throw refuse(
        'link-used',
        'this link belongs to another device: open it there, or ask your moderator for a new one',
      );
    }
    const first = link.boundDevice === null;
    this.#logger.info({ account: link.account.id, link: link.id, first, address }, 'signed in by link');
    return { account: link.account, link: link.id, device };
  }

  /**
   * PW1–PW3. A device that has signed in to the account before has tries of its own, which nobody else can use up.
   * @throws DomainError `wrong-credentials`, `rate-limited`, `busy`
   */
  async byPassword(login: string, password: string, { address, device }: Origin): Promise<SignedIn> {
    const name = login.trim().toLowerCase();
    const network = networkOf(address);
    const known = device !== undefined && (await this.#accounts.knowsDevice(name, device));
    if (!known) await this.#limits.address.consume(network);
    const found = await this.#accounts.credentials(name);
    const facts = { account: found?.account.id ?? null, address, known };
    const giveBack = await this.#tries.take({ login: name, network, knownDevice: known ? device : undefined });
    const hash = found?.hash ?? (await this.#decoy);
    const fits = await this.#hasher.verify(hash, password, known).catch(async (error) => {
      await giveBack();
      throw error;
    });
    if (!found || !fits) {
      // Never what was typed: people type a password where the login belongs.
      this.#logger.warn(facts, 'not signed in: a password did not fit');
      throw refuse('wrong-credentials', 'login and password do not fit');
    }
    await giveBack();
    this.#logger.info(facts, 'signed in by password');
    return { account: found.account, link: null, password: found.hash };
  }

  /** This browser has just signed in to the account. */
  remember(account: string, device: string): Promise<void> {
    return this.#accounts.rememberDevice(account, device);
  }
}
