import type { Contacts, UnitContacts } from '../../protocol/contacts.ts';
import type { Role, Tier, Unit, UnitCode } from '../../protocol/organisation.ts';
import type { DoneAct, PeopleAct } from '../../protocol/people.ts';
import type { Person } from '../../protocol/person.ts';
import type { CodeRefusal, Opened } from './deviceCode.ts';
import type { RosterChange, RosterNow } from './roster.ts';

/** The tree in the store. */
export interface UnitStore {
  /** Changes whenever the tree or the day does; cheap to ask. */
  version(): Promise<string>;
  /** The tree as it is today. */
  load(): Promise<{ readonly version: string; readonly tiers: readonly Tier[]; readonly units: readonly Unit[] }>;
  /**
   * Reads every version of every unit, lets `plan` decide, and writes its change, all in one transaction that excludes
   * other imports. Throwing in `plan` writes nothing.
   */
  change<T extends RosterChange>(
    plan: (now: RosterNow) => T | Promise<T>,
    by?: By & { readonly unit: UnitCode; act(change: T): PeopleAct },
  ): Promise<T>;
  lists(): Promise<readonly StoredList[]>;
  /**
   * In the place of the one of that name, which stays its owner's.
   * @param allow throws when this may not be done to what stands, under its lock
   */
  saveList(list: StoredList, by?: By, allow?: (now: StoredList | undefined) => void): Promise<StoredList>;
  /** @throws DomainError `conflict`: there is another of that name */
  renameList(list: StoredList, name: string, by: By): Promise<void>;
  deleteList(list: StoredList, by: By): Promise<void>;
}

/** Whom to ring in units. */
export interface ContactStore {
  /** Of those units of which something was ever written. */
  of(units: readonly UnitCode[]): Promise<readonly UnitContacts[]>;
  /**
   * Lets `decide` see what stands, under its lock, and writes what it says; undefined: nothing.
   * @returns what stands afterwards
   */
  change(unit: UnitCode, by: By, decide: (now: UnitContacts) => Contacts | undefined): Promise<UnitContacts>;
  /** CT7: those of units that are no more. */
  forgetClosed(): Promise<void>;
  /** Writes these where nothing was ever written, of any unit. @returns how many */
  addFirst(contacts: readonly (Contacts & { readonly unit: UnitCode })[]): Promise<number>;
}

export interface StoredList {
  readonly name: string;
  /** The unit that it belongs to. */
  readonly owner: UnitCode;
  readonly units: readonly UnitCode[];
}

/** An account as stored; its unit's name and path come from the tree. */
export interface StoredAccount {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: UnitCode;
  /** FG38: of a steward. */
  readonly indicators?: string[] | null | undefined;
}

export interface StoredLink {
  readonly id: string;
  readonly account: StoredAccount;
  readonly boundDevice: string | null;
  readonly revoked: boolean;
  /** For one use and within a time, and that is past. */
  readonly over: boolean;
}

/** How long a link that ends with its first use may wait for it. */
export interface OneTime {
  readonly seconds: number;
}

/** What the data of an installation are, once and for ever. */
export type InstallationKind = 'demo' | 'real';

export interface InstallationStore {
  /** undefined: it was never said. */
  kind(): Promise<InstallationKind | undefined>;
  /** Says it, if it was never said; of a demo only while there is no unit and no account. @returns what it is now */
  declare(kind: InstallationKind): Promise<InstallationKind | undefined>;
  hasAccounts(): Promise<boolean>;
}

export interface LinkFacts {
  readonly id: string;
  readonly bound: boolean;
  /** It sets a password, and opens no session. */
  readonly password: boolean;
  readonly issuedAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** A device that is signed in. */
export interface SessionFacts {
  readonly id: string;
  readonly since: Date;
  readonly until: Date;
  readonly byLink: boolean;
  /** By the code of a slip. */
  readonly byCode: boolean;
}

export interface AccountFacts {
  readonly account: StoredAccount;
  readonly disabled: boolean;
  readonly login: string | null;
  readonly links: readonly LinkFacts[];
  readonly sessions: readonly SessionFacts[];
}

/**
 * PE1: who does it, for the record; `account` null: the command line. Without it nothing is recorded, as of what a demo
 * makes by itself. @param key of the press; the same twice is one act
 */
export interface By {
  readonly account: string | null;
  readonly key?: string | undefined;
}

/** What was done to units and people. */
export interface PeopleActStore {
  /** The newest first. @param before older than this moment */
  of(unit: UnitCode, most: number, before?: string): Promise<readonly DoneAct[]>;
  /** What the press with this key did. */
  byKey(key: string): Promise<DoneAct | undefined>;
}

/** An act on an account. */
export interface ToldAct {
  readonly account: string;
  readonly act: DoneAct;
}

/** AC4: what others did to accounts. */
export interface AccountNewsStore {
  /** What the person has not seen, the oldest first. @param session since it began, when nothing else is known */
  unseen(account: string, session: string): Promise<readonly DoneAct[]>;
  /** That act of the account was seen, with all before it. */
  markSeen(account: string, act: string): Promise<void>;
  /**
   * Those since that mark, or some seconds before it.
   * @param mark that this gave before; undefined: it is that of now
   * @param account of this one alone; undefined: of all
   */
  since(
    mark: string | undefined,
    account: string | undefined,
  ): Promise<{ readonly mark: string; readonly acts: readonly ToldAct[] }>;
}

/** Whom a link to set a password is for. */
export interface PasswordLink {
  readonly id: string;
  readonly account: StoredAccount;
  readonly login: string;
}

/** A link to set a password by that is good no longer, and why. */
export type PasswordLinkFound = PasswordLink | 'unknown' | 'revoked' | 'over';

/** What officials do to accounts, beside their links. */
export interface AccountDeskStore {
  /** Another name, role or unit. With another role or unit its sessions end. @returns those */
  change(
    account: string,
    to: Omit<StoredAccount, 'id'>,
    by: By,
    /** Throws when this may not be done to the account as it is now, under its lock. */
    allow: (now: StoredAccount) => void,
  ): Promise<{ readonly account: StoredAccount; readonly ended: readonly EndedSession[] }>;
  /** Whose login this is. */
  loginOf(login: string): Promise<string | undefined>;
  /** Ends one session of that account. @returns it, if it was open */
  endSession(account: string, session: string, by: By): Promise<readonly EndedSession[]>;
  /**
   * Ends a session of the account of a caller's session, with the code that opened it.
   * @param allow throws when the caller's session may not do this to the other one, under their lock
   * @returns those that were open
   */
  undoCode(
    own: { readonly account: string; readonly session: string },
    session: string,
    allow: (own: Opened, other: Opened) => void,
  ): Promise<readonly EndedSession[]>;
  /** Withdraws earlier ones of the account, then issues this one. @returns the link's id */
  offerPassword(account: string, secretHash: Buffer, login: string, seconds: number, by: By): Promise<string>;
  passwordLink(secretHash: Buffer): Promise<PasswordLinkFound>;
  /** Sets the password, uses the link up, ends all sessions of the account. @returns those; undefined: the link is over */
  usePassword(link: PasswordLink, hash: string): Promise<readonly EndedSession[] | undefined>;
  /** Makes seats of units that have none, and issues these links to seats that have none. @returns whose were used */
  makeSeats(
    seats: readonly { readonly unit: UnitCode; readonly name: string; readonly secretHash: Buffer }[],
    at: UnitCode,
    by: By,
  ): Promise<{ readonly made: number; readonly linked: readonly UnitCode[] }>;
}

/** A session that is over, with what its device is known by. */
export interface EndedSession {
  readonly session: string;
  readonly account: string;
  readonly unit: UnitCode;
  readonly device: string;
}

export interface AccountStore {
  /** One that is not disabled. */
  find(id: string): Promise<StoredAccount | undefined>;
  /** Whatever its state. */
  findAny(id: string): Promise<(StoredAccount & { readonly disabled: boolean }) | undefined>;
  /** Accounts of the unit itself, with the links that are still valid. */
  ofUnit(unit: UnitCode): Promise<readonly AccountFacts[]>;
  create(account: Omit<StoredAccount, 'id'>, by?: By): Promise<StoredAccount>;
  /** Writes those whose unit has no account of that role yet. @param demo the demo makes them @returns how many */
  createMissing(accounts: readonly Omit<StoredAccount, 'id'>[], demo?: boolean): Promise<number>;
  /** The account of that role which the demo made; `linked`: it had a link at any time. */
  madeByDemo(unit: UnitCode, role: Role): Promise<{ account: StoredAccount; linked: boolean } | undefined>;
  /** Unbinds these links, of accounts that the demo made, from the devices that used them; who came in by them stays in. */
  releaseDemoLinks(secretHashes: readonly Buffer[]): Promise<void>;
  /** Issues a link beside those that the account has. */
  addLink(account: string, secretHash: Buffer, oneTime?: OneTime): Promise<string>;
  /** Withdraws the account's links and ends the sessions that were opened with them, then issues this one. */
  replaceLink(
    account: string,
    secretHash: Buffer,
    issuedBy: string | null,
    by?: By,
  ): Promise<{ readonly link: string; readonly ended: readonly EndedSession[] }>;
  /** Issues this link when the account has none that is good, and no password. @returns its id; undefined: it has */
  addFirstLink(account: string, secretHash: Buffer, issuedBy: string): Promise<string | undefined>;
  /** Withdraws one link, and ends its sessions. @returns those sessions */
  revokeLink(link: string, by?: By): Promise<readonly EndedSession[]>;
  /** Withdraws all links of the account and ends all its sessions; nobody signs in as it. @returns those sessions */
  disable(account: string, by?: By): Promise<readonly EndedSession[]>;
  /** It may be signed in as again: by its password, or a link that is issued from now on. */
  enable(account: string, by?: By): Promise<void>;
  linkById(link: string): Promise<StoredLink | undefined>;
  linkBySecret(secretHash: Buffer): Promise<StoredLink | undefined>;
  /** Ends all sessions of the account as well. @returns those sessions */
  setPassword(account: string, login: string, hash: string, by?: By): Promise<readonly EndedSession[]>;
  credentials(login: string): Promise<{ readonly account: StoredAccount; readonly hash: string } | undefined>;
  /** Whether this device has signed in to the account of that login before. */
  knowsDevice(login: string, device: string): Promise<boolean>;
}

export interface NewSession {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly account: string;
  readonly link: string | null;
  /** Hash of the password that was looked at, where it is opened by one. */
  readonly password?: string | undefined;
  /** Id of the code of a slip, where it is opened by one. */
  readonly code?: string | undefined;
  readonly device: string;
  readonly lifeSeconds: number;
  /** A session of this device and account: while it is good it is kept, and no other is opened. */
  readonly kept?: string | undefined;
  /** PW3: the device is known to the account from now on. */
  readonly remember?: boolean | undefined;
}

/**
 * What came of opening a session. Nothing is written unless it was opened or kept: the link was withdrawn, is over, or is
 * bound to another device by now, or the password is another.
 */
export type SessionOpening =
  | 'opened'
  | 'kept'
  | 'link-revoked'
  | 'link-over'
  | 'link-used'
  | 'password-changed'
  | CodeRefusal;

export interface StoredSession {
  readonly id: string;
  /** Hexadecimal. */
  readonly secretHash: string;
  readonly device: string;
  readonly person: Person | null;
  readonly account: StoredAccount;
}

/** A session with its account as it was when somebody looked last. */
export interface KnownSession {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: UnitCode;
}

export interface SessionStore {
  /** LK3, LK4, SE2: binds the link, remembers the device and writes the session in one transaction, or does nothing. */
  create(session: NewSession): Promise<SessionOpening>;
  /** Those of these ids that have neither ended nor expired. */
  find(ids: readonly string[]): Promise<readonly StoredSession[]>;
  /**
   * Those that ended, expired or lost their account since that moment, or some seconds before it: an act is seen when
   * it is committed, not at the time that it says.
   * @param since a mark that this gave before; undefined: none, only the mark is wanted
   */
  endedSince(since: string | undefined): Promise<{ readonly mark: string; readonly sessions: readonly EndedSession[] }>;
  /** Ids of those that are over, or whose account is no longer the one that is told here: of thousands mostly none. */
  changed(known: readonly KnownSession[]): Promise<readonly string[]>;
  /** Keeps who sits at each of these sessions. */
  introduce(people: ReadonlyMap<string, Person | null>): Promise<void>;
  end(id: string): Promise<void>;
  /** Deletes what expired some time ago. */
  sweep(): Promise<void>;
}

/** Counts tries by key. */
export interface Limiter {
  /** @throws DomainError `rate-limited` when the key has no tries left */
  consume(key: string): Promise<void>;
  /** Takes one try back, which turned out to be none. */
  giveBack(key: string): Promise<void>;
}
