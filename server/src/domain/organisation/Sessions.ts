import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../lib/clock.ts';
import { GroupCommit, type Outcome } from '../../lib/GroupCommit.ts';
import { isUnwritable, refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Person } from '../../protocol/person.ts';
import { describedAt } from './Accounts.ts';
import type { EndedSessions } from './EndedSessions.ts';
import { LINK_SESSION_SECONDS, PASSWORD_SESSION_SECONDS } from './limits.ts';
import type { EndedSession, NewSession, SessionStore, StoredAccount, StoredSession } from './ports.ts';
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
   * @param by what was looked at; a screen has neither
   * @throws DomainError `link-revoked`, `wrong-credentials`: it was good then, and is no more
   */
  async open(
    account: StoredAccount,
    device: string,
    { link, password }: Pick<NewSession, 'link' | 'password'>,
  ): Promise<SessionProof & { expires: Date }> {
    const id = newId();
    const secret = newSecret();
    const lifeSeconds = link === null ? PASSWORD_SESSION_SECONDS : LINK_SESSION_SECONDS;
    const opened = { id, secretHash: hashSecret(secret), account: account.id, link, password, device, lifeSeconds };
    if (!(await this.#store.create(opened)))
      throw link === null
        ? refuse('wrong-credentials', 'the password was changed meanwhile')
        : refuse('link-revoked', 'this link was withdrawn: ask your moderator for a new one');
    return { id, secret, expires: new Date(this.#clock.now().getTime() + lifeSeconds * 1000) };
  }

  /** @throws DomainError `unauthenticated`, also when the account's unit exists no longer */
  async authenticate(proof: SessionProof | undefined): Promise<Caller> {
    if (!proof) throw refuse('unauthenticated', 'sign in first');
    return this.#lookups.add('', proof);
  }

  /**
   * Who stands behind a session now, for somebody who has proved before that it is theirs.
   * @returns the same object while nothing has changed
   * @throws DomainError `unauthenticated` as above
   */
  renew(caller: Caller): Promise<Caller> {
    return this.#renewals.add('', caller);
  }

  /**
   * Who stands behind this session, for a token of ours that names it.
   * @throws DomainError `unauthenticated` as above
   */
  byId(id: string): Promise<Caller> {
    return this.#lookups.add('', { id });
  }

  /** PS2: from now on this person sits there. @returns the caller with them */
  async introduce(caller: Caller, person: Person | null): Promise<Caller> {
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
   * The account with its unit as the tree has it today.
   * @throws DomainError `unauthenticated` when the unit was closed
   */
  describe(stored: StoredAccount): Account {
    const unit = this.#units.index.find(stored.unit);
    if (!unit) throw refuse('unauthenticated', `the unit ${stored.unit} of this account exists no longer`);
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

  /** Whether the tree still has the unit as it is described here. */
  #isToday({ code, path, tier, name }: Account['unit']): boolean {
    const unit = this.#units.index.find(code);
    return unit !== undefined && unit.path === path && unit.tier === tier && unit.name === name;
  }

  async #lookUp(claims: readonly Claim[]): Promise<Outcome<Caller>[]> {
    const stored = await this.#store.find(claims.map(({ id }) => id));
    const byId = new Map(stored.map((session) => [session.id, session]));
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
