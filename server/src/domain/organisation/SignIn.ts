import { networkOf } from '../../lib/networkOf.ts';
import type { SecurityLog } from '../../observability/SecurityEvents.ts';
import { DomainError, refuse } from '../../protocol/errors.ts';
import type { KeptSessions } from '../../protocol/session.ts';
import { byAddress } from './byAddress.ts';
import { PasswordTries, type TryLimits } from './PasswordTries.ts';
import type { AccountStore, Limiter, NewSession, StoredAccount } from './ports.ts';
import type { OpenedSession, SessionProof, Sessions } from './Sessions.ts';
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
  /** Whether the link was bound to no device before. */
  readonly first?: boolean;
  /** Hash of the one that fitted. */
  readonly password?: string;
  /** Id of the code of a slip that fitted. */
  readonly code?: string;
}

/** Proves who somebody is, by a personal link or a password. Whoever passes gets a session from `Sessions`. */
export class SignIn {
  readonly #accounts: Pick<AccountStore, 'linkBySecret' | 'credentials' | 'knowsDevice'>;
  readonly #hasher: PasswordHasher;
  readonly #limits: SignInLimits;
  readonly #logger: SecurityLog;
  readonly #sessions: Pick<Sessions, 'open' | 'recognise' | 'place'>;
  readonly #tries: PasswordTries;
  /** Verified when the login is unknown, so that its answer takes as long as that of a wrong password. */
  readonly #decoy: Promise<string>;

  constructor(parts: {
    readonly accounts: Pick<AccountStore, 'linkBySecret' | 'credentials' | 'knowsDevice'>;
    readonly sessions: Pick<Sessions, 'open' | 'recognise' | 'place'>;
    readonly hasher: PasswordHasher;
    readonly limits: SignInLimits;
    readonly logger: SecurityLog;
  }) {
    this.#logger = parts.logger;
    this.#accounts = parts.accounts;
    this.#sessions = parts.sessions;
    this.#hasher = parts.hasher;
    this.#limits = parts.limits;
    this.#tries = new PasswordTries(parts.limits);
    this.#decoy = parts.hasher.hash('nobody has this password');
  }

  /**
   * Whose link it is. It is spent by `enter` alone.
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
    return { account: link.account, link: link.id, device, first: link.boundDevice === null };
  }

  /**
   * LK1, LK4: opens the session, and binds the link to its device, in one step after which nothing can fail.
   * @returns undefined: the session that the device has already is kept
   * @throws DomainError `link-revoked`, `link-over`, `link-used`, `wrong-credentials`, `code-unknown`, `code-used`,
   * `code-early`, `code-over`
   */
  async enter(
    { account, link, password, code, first }: SignedIn,
    device: string,
    { address, ...how }: Pick<NewSession, 'kept' | 'remember'> & { readonly address: string },
  ): Promise<OpenedSession | undefined> {
    const facts = { account: account.id, link, address, ...(code !== undefined && { code }) };
    const opened = await this.#sessions
      .open(account, device, { link, password, code, ...how })
      .catch((error: unknown) => {
        const why = error instanceof DomainError ? error.reason : 'internal';
        if (link !== null) this.#logger.warn({ ...facts, why, err: error }, 'not signed in by link');
        if (code !== undefined) this.#logger.warn({ ...facts, why, err: error }, 'not signed in by the code of a slip');
        throw error;
      });
    if (link !== null) this.#logger.info({ ...facts, first }, 'signed in by link');
    if (code !== undefined) this.#logger.info(facts, 'signed in by the code of a slip');
    return opened;
  }

  /**
   * LK6: whom the root address lets in in a browser that carries these proofs.
   * @throws DomainError `rate-limited`, `store-unavailable`
   */
  async keptBy(proofs: readonly SessionProof[], address: string): Promise<KeptSessions> {
    if (proofs.length === 0) return { sessions: [], others: false };
    await this.#limits.address.consume(networkOf(address));
    const good = await this.#sessions.recognise(proofs);
    const shown = good.filter(({ account }) => byAddress(account.role));
    // Whose unit left the tree is not offered (LK5): the link says why.
    const placed = await Promise.allSettled(shown.map(({ account }) => this.#sessions.place(account)));
    const sessions = placed.flatMap((told, i) => {
      const session = shown[i]?.id;
      return told.status === 'fulfilled' && session !== undefined
        ? [{ session, name: told.value.name, unit: told.value.unit.name }]
        : [];
    });
    return { sessions, others: good.length > shown.length };
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
}
