import { randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { hashSecret, newSecret, sameHash } from '../organisation/secrets.ts';
import { CODE_SECONDS, MOST_CODES, PAIRING_SECONDS } from './limits.ts';

export interface Pending {
  readonly id: string;
  readonly code: string;
  readonly secretHash: Buffer;
  readonly until: Date;
}

/**
 * SN2: screens that show a code and wait for somebody to type it. In memory alone: after a restart they are shown
 * another one.
 */
export class Codes {
  /** In the order in which they were opened. */
  readonly #pending = new Map<string, Pending>();
  /** Where they are shown, by id. */
  readonly #networks = new Map<string, string>();
  /** Ids of codes that were typed, while their screens are being paired: nobody else may type them, and a screen that asks keeps its own. */
  readonly #taken = new Set<string>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param network where it is shown */
  open(network: string): Pending & { readonly secret: string } {
    const secret = newSecret();
    const until = new Date(this.#clock.now().getTime() + CODE_SECONDS * 1000);
    const pending = { id: randomUUID(), code: this.#free(), secretHash: hashSecret(secret), until };
    this.add(pending);
    this.#networks.set(pending.id, network);
    return { ...pending, secret };
  }

  /** Also one that could not be paired after all, whichever node showed it. */
  add(pending: Pending): void {
    this.#clean();
    if (this.#pending.size >= MOST_CODES) this.#makeRoom();
    this.#taken.delete(pending.id);
    this.#pending.set(pending.id, pending);
  }

  /** One that is being paired too. */
  find(id: string, secretHash: Buffer): Pending | undefined {
    this.#clean();
    const found = this.#pending.get(id);
    return found && sameHash(found.secretHash, secretHash) ? found : undefined;
  }

  /** The screen that shows this code; it is used up, unless it is added again. Until `settle` its screen still finds it. */
  take(code: string): Pending | undefined {
    this.#clean();
    for (const pending of this.#pending.values()) {
      if (pending.code !== code || this.#taken.has(pending.id)) continue;
      this.#taken.add(pending.id);
      const soon = new Date(this.#clock.now().getTime() + PAIRING_SECONDS * 1000);
      if (soon < pending.until) this.#pending.set(pending.id, { ...pending, until: soon });
      return pending;
    }
    return undefined;
  }

  isTaken(id: string): boolean {
    return this.#taken.has(id);
  }

  /** Its screen is paired. */
  settle(id: string): void {
    if (this.#taken.has(id)) this.#delete(id);
  }

  #free(): string {
    for (;;) {
      const code = String(randomInt(100_000_000)).padStart(8, '0');
      if (![...this.#pending.values()].some((other) => other.code === code)) return code;
    }
  }

  #clean(): void {
    const now = this.#clock.now().getTime();
    for (const [id, { until }] of this.#pending) if (until.getTime() <= now) this.#delete(id);
  }

  /** Of the network that shows most, so that a stranger who asks for many drives out nobody else's. */
  #makeRoom(): void {
    const byNetwork = Map.groupBy(this.#pending.keys(), (id) => this.#networks.get(id));
    const [oldest] = [...byNetwork.values()].reduce((most, ids) => (ids.length > most.length ? ids : most), []);
    if (oldest !== undefined) this.#delete(oldest);
  }

  #delete(id: string): void {
    this.#pending.delete(id);
    this.#networks.delete(id);
    this.#taken.delete(id);
  }
}
