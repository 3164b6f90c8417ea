import type { Logger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account, UnitCode } from '../../protocol/organisation.ts';
import { loginSchema } from '../../protocol/people.ts';
import { linkFragment } from '../../protocol/session.ts';
import type { Actor } from '../shared/actor.ts';
import { demand, demandIndicators, demandSense, type Target } from '../shared/rights.ts';
import type { AccountNews } from './AccountNews.ts';
import type { EndedSessions } from './EndedSessions.ts';
import { demandPassword } from './passwordRules.ts';
import type { AccountFacts, AccountStore, StoredAccount } from './ports.ts';
import type { PasswordHasher } from './SignIn.ts';
import { hashSecret, newSecret } from './secrets.ts';
import type { Units } from './Units.ts';

/** Accounts and their links, within the territory of whoever asks. */
export class Accounts {
  readonly #store: AccountStore;
  readonly #units: Units;
  readonly #hasher: PasswordHasher;
  readonly #ended: Pick<EndedSessions, 'tell'>;
  readonly #news: Pick<AccountNews, 'tell'>;
  readonly #publicUrl: string;
  readonly #logger: Logger;

  constructor(parts: {
    readonly store: AccountStore;
    readonly units: Units;
    readonly hasher: PasswordHasher;
    readonly ended: Pick<EndedSessions, 'tell'>;
    readonly news: Pick<AccountNews, 'tell'>;
    readonly publicUrl: string;
    readonly logger: Logger;
  }) {
    this.#store = parts.store;
    this.#units = parts.units;
    this.#hasher = parts.hasher;
    this.#ended = parts.ended;
    this.#news = parts.news;
    this.#publicUrl = parts.publicUrl;
    this.#logger = parts.logger;
  }

  /** Accounts of the unit itself. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async ofUnit(actor: Actor, code: UnitCode): Promise<(Account & Omit<AccountFacts, 'account'>)[]> {
    const unit = this.#units.get(code);
    demand(actor, 'account.read', { paths: [unit.path] });
    const rows = await this.#store.ofUnit(code);
    return rows.map(({ account, ...facts }) => ({ ...this.#describe(account), ...facts }));
  }

  /** RT8. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `bad-request` */
  async create(
    actor: Actor,
    { key, ...wanted }: Omit<StoredAccount, 'id'> & { readonly key?: string | undefined },
  ): Promise<Account> {
    const unit = this.#units.get(wanted.unit);
    demand(actor, 'account.create', { paths: [unit.path], role: wanted.role });
    demandSense(wanted.role, this.#placeOf(wanted.unit));
    demandIndicators(wanted.role, wanted.indicators ?? undefined);
    this.#units.demandOwnTitles([wanted.name], wanted.unit);
    const account = await this.#store.create(wanted, { account: actor.id, key });
    this.#logger.info({ account: account.id, role: account.role, unit: account.unit, by: actor.id }, 'account made');
    return this.#describe(account);
  }

  /** Withdraws the account's links and makes a new one; its secret is told this once. RT8 holds here too. */
  async issueLink(actor: Actor, accountId: string): Promise<{ linkId: string; url: string }> {
    const account = await this.#store.find(accountId);
    if (!account) throw refuse('not-found', 'there is no such account');
    demand(actor, 'link.issue', this.#target(account));
    demandSense(account.role, this.#placeOf(account.unit));
    const secret = newSecret();
    const { link: linkId, ended } = await this.#store.replaceLink(account.id, hashSecret(secret), actor.id, {
      account: actor.id,
    });
    this.#logger.info({ link: linkId, account: account.id, by: actor.id }, 'link issued, older ones withdrawn');
    await this.#news.tell(account.id);
    this.#ended.tell(ended);
    return { linkId, url: linkUrl(this.#publicUrl, secret) };
  }

  /**
   * IV2: a link for an account that nobody can sign in as; what it has already stays as it is.
   * @returns undefined: it has a good link, or a password
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `bad-request`
   */
  async issueFirstLink(actor: Actor, accountId: string): Promise<string | undefined> {
    const account = await this.#store.find(accountId);
    if (!account) throw refuse('not-found', 'there is no such account');
    demand(actor, 'link.issue', this.#target(account));
    demandSense(account.role, this.#placeOf(account.unit));
    const secret = newSecret();
    const link = await this.#store.addFirstLink(account.id, hashSecret(secret), actor.id);
    if (link === undefined) return undefined;
    this.#logger.info({ link, account: account.id, by: actor.id }, 'a first link was issued');
    await this.#news.tell(account.id);
    return linkUrl(this.#publicUrl, secret);
  }

  /** The link is refused from now on and its sessions end. */
  async revokeLink(actor: Actor, linkId: string): Promise<void> {
    const link = await this.#store.linkById(linkId);
    if (!link) throw refuse('not-found', 'there is no such link');
    demand(actor, 'link.revoke', this.#target(link.account));
    const ended = await this.#store.revokeLink(linkId, { account: actor.id });
    this.#logger.info({ link: linkId, account: link.account.id, by: actor.id }, 'link withdrawn');
    await this.#news.tell(link.account.id);
    this.#ended.tell(ended);
  }

  /**
   * AC2: nobody signs in as it, its links are withdrawn, its sessions end. Repeating it is harmless.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`
   */
  async disable(actor: Actor, accountId: string): Promise<void> {
    const account = await this.#any(accountId);
    if (account.id === actor.id) throw refuse('forbidden', 'nobody disables their own account');
    demand(actor, 'account.disable', this.#target(account));
    const ended = await this.#store.disable(account.id, { account: actor.id });
    this.#logger.info({ account: account.id, by: actor.id, sessions: ended.length }, 'account disabled');
    await this.#news.tell(account.id);
    this.#ended.tell(ended);
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async enable(actor: Actor, accountId: string): Promise<void> {
    const account = await this.#any(accountId);
    demand(actor, 'account.enable', this.#target(account));
    await this.#store.enable(account.id, { account: actor.id });
    this.#logger.info({ account: account.id, by: actor.id }, 'account enabled');
    await this.#news.tell(account.id);
  }

  /**
   * For the command line: no actor, since whoever runs it owns the machine.
   * @throws DomainError `not-found`, `bad-request`, `weak-password`, `conflict`
   */
  async setPassword(accountId: string, login: string, password: string): Promise<void> {
    const account = await this.#any(accountId);
    const name = loginSchema.parse(login);
    demandPassword(password, { login: name, name: account.name, unit: this.#units.get(account.unit).name });
    const hash = await this.#hasher.hash(password);
    const by = { account: null };
    const ended = await this.#store.setPassword(accountId, name, hash, by);
    await this.#news.tell(accountId);
    this.#ended.tell(ended);
  }

  async #any(accountId: string): Promise<StoredAccount> {
    const account = await this.#store.findAny(accountId);
    if (!account) throw refuse('not-found', 'there is no such account');
    return account;
  }

  #target(account: StoredAccount): Target {
    return { paths: [this.#units.get(account.unit).path], account: account.id, role: account.role };
  }

  #placeOf(code: UnitCode) {
    return { path: this.#units.get(code).path, hasUnitsBelow: !this.#units.index.isBase(code) };
  }

  #describe(stored: StoredAccount): Account {
    const { code, path, tier, name } = this.#units.get(stored.unit);
    return describedAt(stored, { code, path, tier, name });
  }
}

/** An account, with its unit as the tree has it. */
export const describedAt = ({ id, name, role, indicators }: StoredAccount, unit: Account['unit']): Account => ({
  ...{ id, name, role, unit },
  ...(indicators && { indicators }),
});

/** The secret stands in the fragment, which browsers send to nobody. */
export const linkUrl = (publicUrl: string, secret: string, fragment: string = linkFragment): string =>
  `${publicUrl}/#${fragment}=${secret}`;
