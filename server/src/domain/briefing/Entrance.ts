import type { Clock } from '../../lib/clock.ts';
import { refuse } from '../../protocol/errors.ts';
import type { BriefingStore } from './ports.ts';

/** What this node knows of a running briefing without asking anybody. */
export interface RunningFloor {
  readonly removed: readonly string[];
}

const briefingForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Guards the rooms of briefings at each media connection. A token outlives the reason for which it was issued: the
 * briefing may be over, a moderator may have removed the device, its link may have been withdrawn. Rooms of other
 * programs pass.
 */
export class Entrance {
  readonly #running: (briefing: string) => RunningFloor | undefined;
  readonly #store: Pick<BriefingStore, 'find'>;
  readonly #clock: Clock;
  /**
   * Devices whose session ended, until they sign in and join anew; by identity, the time when their last token is void.
   */
  readonly #expelled = new Map<string, number>();

  constructor(parts: {
    readonly running: (briefing: string) => RunningFloor | undefined;
    readonly store: Pick<BriefingStore, 'find'>;
    readonly clock: Clock;
  }) {
    this.#running = parts.running;
    this.#store = parts.store;
    this.#clock = parts.clock;
  }

  /** @throws DomainError `forbidden`, `not-found` (not open), `store-unavailable` */
  async check(room: string, identity: string): Promise<void> {
    if (!briefingForm.test(room)) return;
    // The usual case asks nobody, so that media goes on while PostgreSQL is away.
    const floor = this.#running(room);
    if (!floor && (await this.#isShut(room))) throw refuse('not-found', 'this briefing is not open');
    if (floor?.removed.includes(identity)) throw refuse('forbidden', 'a moderator removed this device');
    if ((this.#expelled.get(identity) ?? 0) > this.#clock.now().getTime())
      throw refuse('forbidden', 'the session of this device has ended');
  }

  /** @param seconds for which a token that was issued until now stays valid */
  expel(identity: string, seconds: number): void {
    const now = this.#clock.now().getTime();
    for (const [other, until] of this.#expelled) if (until < now) this.#expelled.delete(other);
    this.#expelled.set(identity, now + seconds * 1000);
  }

  /** A new token was issued to it. */
  readmit(identity: string): void {
    this.#expelled.delete(identity);
  }

  async #isShut(room: string): Promise<boolean> {
    const briefing = await this.#store.find(room);
    return briefing !== undefined && briefing.state !== 'open' && briefing.state !== 'live';
  }
}
