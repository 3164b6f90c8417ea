import { refuse } from '../../protocol/errors.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';
import type { Person } from '../../protocol/person.ts';
import type { EndedSession } from '../organisation/ports.ts';
import type { Caller } from '../organisation/Sessions.ts';
import { demand } from '../shared/rights.ts';
import { identityOf } from './identity.ts';
import { isBriefingRunning } from './lifecycle.ts';
import type { BriefingStore } from './ports.ts';

/** What this node knows of a running briefing without asking anybody. */
export interface Running {
  readonly scope: readonly UnitPath[];
  readonly removed: readonly string[];
}

/** What a token of a briefing says: whose session it is, and where it leads. Nothing else of it is believed. */
export interface Pass {
  readonly room: string;
  readonly session: string;
  readonly account: string;
}

/** A device that is let in, with its account and unit as they are now. */
export interface Admitted {
  readonly identity: string;
  readonly account: Account;
  readonly person: Person | null;
}

export interface EntranceParts {
  readonly running: (briefing: string) => Running | undefined;
  readonly store: Pick<BriefingStore, 'find'>;
  /** Of one session, by the store. @throws DomainError `unauthenticated`, `unit-ended`, `store-unavailable` */
  readonly sessionOf: (id: string) => Promise<Caller>;
  /** The account with its unit as the tree has it now. @throws DomainError `unit-ended` */
  readonly today: (account: Account) => Account;
}

const briefingForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Guards the rooms of briefings at each media connection. A token outlives the reason for which it was issued: the
 * briefing may be over, a moderator may have removed the device, its session may have ended, its unit have moved.
 */
export class Entrance {
  readonly #parts: EntranceParts;
  /** Good sessions, as far as this node has heard: by a join or by the store, until they end. */
  readonly #known = new Map<string, Caller>();
  /** By briefing and identity: the session by which that device was let in last. */
  readonly #holders = new Map<string, Map<string, string>>();

  constructor(parts: EntranceParts) {
    this.#parts = parts;
  }

  /** A token is issued to them: while PostgreSQL is away it is good all the same. */
  expect(caller: Caller): void {
    this.#known.set(caller.session, caller);
  }

  /** @throws DomainError `forbidden`, `outside-territory`, `unauthenticated`, `unit-ended`, `not-found`, `store-unavailable` */
  async admit({ room, session, account: id }: Pass): Promise<Admitted> {
    const caller = this.#known.get(session) ?? (await this.#parts.sessionOf(session));
    if (caller.account.id !== id) throw refuse('unauthenticated', 'this token is of another account');
    const running = this.#parts.running(room) ?? (await this.#opened(room));
    if (!running) throw refuse('not-found', 'this briefing is not open');
    const account = this.#parts.today(caller.account);
    const identity = identityOf({ account, device: caller.device });
    demand(account, 'briefing.join', { paths: running.scope });
    if (running.removed.includes(identity)) throw refuse('forbidden', 'a moderator removed this device');
    this.#known.set(session, caller);
    const holders = this.#holders.get(room) ?? new Map<string, string>();
    this.#holders.set(room, holders.set(identity, session));
    return { identity, account, person: caller.person };
  }

  /** A briefing whose doors were opened on another node a moment ago. */
  async #opened(room: string): Promise<Running | undefined> {
    const briefing = await this.#parts.store.find(room);
    return briefing && isBriefingRunning(briefing) ? { scope: briefing.scope, removed: [] } : undefined;
  }

  /** Whether anybody was let in here. */
  guards(room: string): boolean {
    return this.#holders.has(room);
  }

  /** By which session this device is in; undefined: it is in by none that is good. */
  holder(room: string, identity: string): Caller | undefined {
    return this.#known.get(this.#holders.get(room)?.get(identity) ?? '');
  }

  /** EN6: whether a room belongs to a briefing, whatever its state; programs with an API key have no business there. */
  async isBriefing(room: string): Promise<boolean> {
    if (!briefingForm.test(room)) return false;
    return this.#parts.running(room) !== undefined || (await this.#parts.store.find(room)) !== undefined;
  }

  /** Forgets these sessions. @returns devices that were let in by them, and by no later one */
  end(sessions: readonly EndedSession[]): { room: string; identity: string }[] {
    const out: { room: string; identity: string }[] = [];
    for (const { session, account: id, unit: code, device } of sessions) {
      this.#known.delete(session);
      const identity = identityOf({ account: { id, unit: { code } }, device });
      for (const [room, holders] of this.#holders) if (holders.get(identity) === session) out.push({ room, identity });
    }
    return out;
  }

  /** The briefing is over. */
  close(room: string): void {
    this.#holders.delete(room);
  }
}
