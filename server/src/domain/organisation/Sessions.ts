import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../../lib/assertNever.ts';
import type { Clock } from '../../lib/clock.ts';
import { GroupCommit, type Outcome } from '../../lib/GroupCommit.ts';
import { type DomainError, isUnwritable, refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Person } from '../../protocol/person.ts';
import { describedAt } from './Accounts.ts';
import type { EndedSessions } from './EndedSessions.ts';
import { CODE_SESSION_SECONDS, LINK_SESSION_SECONDS, PASSWORD_SESSION_SECONDS } from './limits.ts';
import type { EndedSession, NewSession, SessionOpening, SessionStore, StoredAccount, StoredSession } from './ports.ts';
import { hashSecret, newId, newSecret, sameHash } from './secrets.ts';
import type { Units } from './Units.ts';

/** Who stands behind a request or a socket, as its session says. */
export interface Caller {
  readonly session: string;
  readonly account: Account;
  /** Public id of the device (never its secret): what links are bound to and LiveKit identities are made of. */
  readonly device: string;
  /** PS2: who sits there, as they said at the door. */
  readonly person: Person | null;
}

/** A proof that a request carries: the public id of a session and its secret. */
export interface SessionProof {
  readonly id: string;
  readonly secret: string;
}

/** Opens, recognises and ends sessions. The store has only the hash of a session's secret. */
export class Sessions {
  readonly #store: SessionStore;
  readonly #units: Units;
  readonly #clock: Clock;
  readonly #ended: Pick<EndedSessions, 'tell'>;
  /** DL9: thousands who act at the same moment cost a few queries; none is answered from an earlier one. */
  readonly #lookups = new GroupCommit<Claim, Caller>((_, claims) => this.#lookUp(claims), { gatherMs: 40 });
  readonly #renewals = new GroupCommit<Caller, Caller>((_, callers) => this.#renew(callers), { gatherMs: 40 });

  readonly #introductions = new GroupCommit<Caller, void>(async (_, callers) => {
    await this.#store.introduce(new Map(callers.map(({ session, person }) => [session, person])));
    return callers.map(() => ({ ok: undefined }));
  });

  constructor(store: SessionStore, units: Units, clock: Clock, ended: Pick<EndedSessions, 'tell'>) {
    this.#ended = ended;
    this.#store = store;
    this.#units = units;
    this.#clock = clock;
  }

  /**
   * LK4, LK8: the last step of signing in, which spends the link or code; whatever may fail was done before.
   * @param by what was looked at; a screen has neither link nor password
   * @returns undefined: the session `by.kept` is good, and stays the one of this device
   * @throws DomainError `link-revoked`, `link-over`, `link-used`, `wrong-credentials`: it was good then, and is no more;
   * `code-unknown`, `code-used`, `code-early`, `code-over`
   */
  async open(
    account: StoredAccount,
    device: string,
    by: Pick<NewSession, 'link' | 'password' | 'code' | 'kept' | 'remember'>,
  ): Promise<OpenedSession | undefined> {
    const id = newId();
    const secret = newSecret();
    const lifeSeconds = lifeOf(by);
    const wanted = { ...by, id, secretHash: hashSecret(secret), account: account.id, device, lifeSeconds };
    const opening = await this.#store.create(wanted);
    if (opening === 'kept') return undefined;
    if (opening !== 'opened') throw refusalOf(opening);
    return { id, secret, expires: new Date(this.#clock.now().getTime() + lifeSeconds * 1000) };
  }

  /** @throws DomainError `unauthenticated`, `unit-ended` */
  async authenticate(proof: SessionProof | undefined): Promise<Caller> {
    if (!proof) throw refuse('unauthenticated', 'sign in first');
    return this.#lookups.add('', proof);
  }

  /**
   * Who stands behind a session now, for somebody who has proved before that it is theirs.
   * @returns the same object while nothing has changed
   * @throws DomainError `unauthenticated`, `unit-ended`
   */
  renew(caller: Caller): Promise<Caller> {
    return this.#renewals.add('', caller);
  }

  /**
   * Who stands behind this session, for a token of ours that names it.
   * @throws DomainError `unauthenticated`, `unit-ended`
   */
  byId(id: string): Promise<Caller> {
    return this.#lookups.add('', { id });
  }

  /** PS2, NM4: from now on this person sits there. @returns the caller with them @throws DomainError `name-reserved` */
  async introduce(caller: Caller, person: Person | null): Promise<Caller> {
    if (person) this.#units.demandOwnTitles([person.name, person.title], caller.account.unit.code);
    const introduced = { ...caller, person };
    if (isDeepStrictEqual(caller.person, person)) return introduced;
    try {
      await this.#introductions.add('', introduced);
    } catch (error) {
      // SV16: a name that cannot be kept keeps nobody out; it is told for as long as this device is there.
      if (!isUnwritable(error)) throw error;
    }
    return introduced;
  }

  /** Those of the proofs that are good; a browser may hold several people. */
  async recognise(proofs: readonly SessionProof[]): Promise<StoredSession[]> {
    if (proofs.length === 0) return [];
    const stored = await this.#store.find(proofs.map((proof) => proof.id));
    const byId = Map.groupBy(proofs, ({ id }) => id);
    return stored.filter((session) => byId.get(session.id)?.some((proof) => proves(proof, session)));
  }

  async end(caller: Caller): Promise<void> {
    await this.#store.end(caller.session);
    this.#ended.tell([endedOf(caller)]);
  }

  /**
   * LK5: the account with its unit as the tree has it now. The tree of this node may be some seconds old: when it lacks
   * the unit, it is read again first.
   * @throws DomainError `unit-ended`, `store-unavailable`
   */
  async place(stored: StoredAccount): Promise<Account> {
    await this.#know([stored]);
    return this.describe(stored);
  }

  /** The account with its unit as this node knows the tree. @throws DomainError `unit-ended` */
  describe(stored: StoredAccount): Account {
    const unit = this.#units.index.find(stored.unit);
    if (!unit) throw refuse('unit-ended', `the unit ${stored.unit} of this account is not in the tree of today`);
    return describedAt(stored, { code: unit.code, path: unit.path, tier: unit.tier, name: unit.name });
  }

  /** Asks what has changed, since to read thousands of accounts again costs more than all else that an act does. */
  async #renew(callers: readonly Caller[]): Promise<Outcome<Caller>[]> {
    const known = callers.map(({ session: id, account: { name, role, unit } }) => ({
      id,
      name,
      role,
      unit: unit.code,
    }));
    const changed = new Set(await this.#store.changed(known));
    const isStale = (caller: Caller): boolean => changed.has(caller.session) || !this.#isToday(caller.account.unit);
    const stale = callers.filter(isStale);
    const anew = stale.length > 0 ? await this.#lookUp(stale.map(({ session: id }) => ({ id }))) : [];
    const outcomes = new Map(stale.map((caller, i) => [caller, anew[i] as Outcome<Caller>]));
    return callers.map((caller) => outcomes.get(caller) ?? { ok: caller });
  }

  async #know(accounts: readonly StoredAccount[]): Promise<void> {
    if (accounts.some(({ unit }) => !this.#units.index.find(unit))) await this.#units.refresh();
  }

  /** Whether the tree still has the unit as it is described here. */
  #isToday({ code, path, tier, name }: Account['unit']): boolean {
    const unit = this.#units.index.find(code);
    return unit !== undefined && unit.path === path && unit.tier === tier && unit.name === name;
  }

  async #lookUp(claims: readonly Claim[]): Promise<Outcome<Caller>[]> {
    const stored = await this.#store.find(claims.map(({ id }) => id));
    const byId = new Map(stored.map((session) => [session.id, session]));
    await this.#know(stored.map(({ account }) => account));
    return claims.map(({ id, secret }) => {
      const found = byId.get(id);
      if (!found || (secret !== undefined && !proves({ id, secret }, found)))
        return { error: refuse('unauthenticated', 'sign in first: there is no such session, or it ended') };
      try {
        return { ok: callerOf(found, this.describe(found.account)) };
      } catch (error) {
        return { error };
      }
    });
  }
}

function lifeOf({ link, code }: Pick<NewSession, 'link' | 'code'>): number {
  if (code !== undefined) return CODE_SESSION_SECONDS;
  return link === null ? PASSWORD_SESSION_SECONDS : LINK_SESSION_SECONDS;
}

export type OpenedSession = SessionProof & { readonly expires: Date };

function refusalOf(opening: Exclude<SessionOpening, 'opened' | 'kept'>): DomainError {
  switch (opening) {
    case 'link-revoked':
      return refuse(opening, 'this link was withdrawn: ask your moderator for a new one');
    case 'link-over':
      return refuse(opening, 'this link was for one use within a day: ask for a new one');
    case 'link-used':
      return refuse(opening, 'this link belongs to another device: open it there, or ask your moderator for a new one');
    case 'code-unknown':
      return refuse(opening, 'unit and code do not fit: compare both with the slip');
    case 'code-used':
      return refuse(opening, 'this code belongs to another device: ask the office for another slip');
    case 'code-early':
      return refuse(opening, 'this code works from a day before the briefing');
    case 'code-over':
      return refuse(opening, 'the briefing of this code is over, or the code was withdrawn');
    case 'password-changed':
      return refuse('wrong-credentials', 'the password was changed meanwhile');
    default:
      return assertNever(opening);
  }
}

const callerOf = ({ id, device, person }: StoredSession, account: Account): Caller => {
  return { session: id, device, person, account };
};

/** What is told of a caller whose session is over. */
export const endedOf = ({ session, account, device }: Caller): EndedSession => ({
  ...{ session, device },
  ...{ account: account.id, unit: account.unit.code },
});

/** A session that somebody says is theirs; without a secret, when they have proved it before. */
interface Claim {
  readonly id: string;
  readonly secret?: string;
}

const proves = ({ secret }: SessionProof, { secretHash }: StoredSession): boolean =>
  sameHash(hashSecret(secret), Buffer.from(secretHash, 'hex'));
