import type { Logger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account, UnitCode } from '../../protocol/organisation.ts';
import type { DoneAct, MadeSeats } from '../../protocol/people.ts';
import { passwordFragment } from '../../protocol/people.ts';
import type { Actor } from '../shared/actor.ts';
import { at, demand, demandIndicators, demandSense, type Target } from '../shared/rights.ts';
import type { AccountNews } from './AccountNews.ts';
import { describedAt, linkUrl } from './Accounts.ts';
import { mayUndo } from './deviceCode.ts';
import type { EndedSessions } from './EndedSessions.ts';
import { ACTS_SHOWN, PASSWORD_LINK_SECONDS } from './limits.ts';
import type { AccountDeskStore, AccountStore, PeopleActStore, StoredAccount } from './ports.ts';
import type { Caller } from './Sessions.ts';
import { hashSecret, newSecret } from './secrets.ts';
import type { Units } from './Units.ts';

interface Parts {
  readonly store: AccountDeskStore;
  readonly accounts: Pick<AccountStore, 'findAny' | 'find'>;
  readonly acts: PeopleActStore;
  readonly units: Units;
  readonly ended: Pick<EndedSessions, 'tell'>;
  readonly news: Pick<AccountNews, 'tell'>;
  readonly publicUrl: string;
  readonly logger: Logger;
}

/** What officials do to accounts from a desk, beside their personal links. */
export class AccountDesk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * RT9: whoever may make such an account here, and may change the one that it was.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `bad-request`
   */
  async change(actor: Actor, id: string, to: Omit<StoredAccount, 'id'>): Promise<Account> {
    const { store, units, ended, news, logger } = this.#parts;
    if (id === actor.id) throw refuse('forbidden', 'nobody changes their own account');
    const allow = (now: StoredAccount) => demand(actor, 'account.change', this.#target(now));
    allow(await this.#any(id));
    const unit = units.get(to.unit);
    // Without the account: what it is to become is asked for, not whose it is.
    demand(actor, 'account.change', { paths: [unit.path], role: to.role });
    demandSense(to.role, { path: unit.path, hasUnitsBelow: !units.index.isBase(unit.code) });
    demandIndicators(to.role, to.indicators ?? undefined);
    units.demandOwnTitles([to.name], to.unit);
    const { account, ended: over } = await store.change(id, to, { account: actor.id }, allow);
    logger.info({ account: id, role: to.role, unit: to.unit, by: actor.id }, 'account changed');
    await news.tell(id);
    ended.tell(over);
    const { code, path, tier, name } = unit;
    return describedAt(account, { code, path, tier, name });
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async endSession(actor: Actor, id: string, session: string): Promise<void> {
    demand(actor, 'session.end', this.#target(await this.#any(id)));
    const ended = await this.#parts.store.endSession(id, session, { account: actor.id });
    await this.#parts.news.tell(id);
    this.#parts.ended.tell(ended);
    this.#parts.logger.info({ account: id, by: actor.id }, 'a session was ended by an official');
  }

  /**
   * LK9: a device that was there before ends what a code opened in the same account; the code is withdrawn.
   * @throws DomainError `forbidden`, `not-found`
   */
  async undoCode({ account, session: own }: Pick<Caller, 'account' | 'session'>, session: string): Promise<void> {
    demand(account, 'session.undo', { paths: [account.unit.path], account: account.id });
    const ended = await this.#parts.store.undoCode({ account: account.id, session: own }, session, (mine, other) => {
      if (!mayUndo(mine, other))
        throw refuse('forbidden', 'only what a code opened is undone, by a device without one');
    });
    this.#parts.ended.tell(ended);
    this.#parts.logger.info({ account: account.id, sessions: ended.length }, 'a unit ended what a code opened');
  }

  /**
   * PW5: a link by which the person sets a password, once, within a day.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `bad-request`, `conflict` when the login is another's
   */
  async offerPassword(actor: Actor, id: string, login: string): Promise<{ linkId: string; url: string }> {
    const { store, accounts, units, publicUrl, logger } = this.#parts;
    const account = await accounts.find(id);
    if (!account) throw refuse('not-found', 'there is no such account');
    demand(actor, 'password.offer', this.#target(account));
    demandSense(account.role, {
      path: units.get(account.unit).path,
      hasUnitsBelow: !units.index.isBase(account.unit),
    });
    const owner = await store.loginOf(login);
    if (owner !== undefined && owner !== id) throw refuse('conflict', 'another account is signed in to by this login');
    const secret = newSecret();
    const linkId = await store.offerPassword(id, hashSecret(secret), login, PASSWORD_LINK_SECONDS, {
      account: actor.id,
    });
    logger.info({ link: linkId, account: id, by: actor.id }, 'a link to set a password was issued');
    await this.#parts.news.tell(id);
    return { linkId, url: linkUrl(publicUrl, secret, passwordFragment) };
  }

  /**
   * AC3: a seat for each unit of the territory without units below it that has none, and a link for each that has none.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`
   */
  async makeSeats(actor: Actor, code: UnitCode): Promise<MadeSeats> {
    const { store, units, publicUrl, logger } = this.#parts;
    const { path } = units.get(code);
    demand(actor, 'account.create', { paths: [path], role: 'seat' });
    demand(actor, 'link.issue', { paths: [path], role: 'seat' });
    const seats = units.index.baseUnits([path]).map(({ code: unit, name, path: of }) => {
      const secret = newSecret();
      return { unit, name, path: of, secret, secretHash: hashSecret(secret) };
    });
    const wanted = seats.map(({ unit, name, secretHash }) => ({ unit, name, secretHash }));
    const { made, linked } = await store.makeSeats(wanted, code, { account: actor.id });
    logger.info({ unit: code, made, links: linked.length, by: actor.id }, 'seats and links made');
    const told = new Set(linked);
    return {
      made,
      links: seats
        .filter(({ unit }) => told.has(unit))
        .map(({ unit, name, path: of, secret }) => ({
          ...{ unit, name, within: units.namesAbove(of), url: linkUrl(publicUrl, secret) },
        })),
    };
  }

  /** PE2: what was done to one unit and its people. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async history(actor: Actor, unit: UnitCode, before?: string): Promise<readonly DoneAct[]> {
    demand(actor, 'account.read', at(this.#parts.units.get(unit).path));
    return this.#parts.acts.of(unit, ACTS_SHOWN, before);
  }

  async #any(id: string): Promise<StoredAccount> {
    const account = await this.#parts.accounts.findAny(id);
    if (!account) throw refuse('not-found', 'there is no such account');
    return account;
  }

  #target({ id, role, unit }: StoredAccount): Target {
    return { paths: [this.#parts.units.get(unit).path], account: id, role };
  }
}
