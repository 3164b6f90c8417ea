import { PLACES_OF_ONE } from './limits.ts';

const TIDY_MS = 60_000;

/** PL17: times to come that devices of one account were given: whoever makes up devices keeps nobody else out by them. */
export class PlacesAhead {
  /** Of each account, in the order in which they were given, ms. */
  readonly #of = new Map<string, readonly number[]>();
  #tidied = 0;

  /** @returns how long until the account may be given another one, ms; 0: now */
  wait(account: string, now: number): number {
    const ahead = this.#ahead(account, now);
    return ahead.length < PLACES_OF_ONE ? 0 : Math.min(...ahead) - now;
  }

  give(account: string, at: number, now: number): void {
    if (now >= this.#tidied + TIDY_MS) this.#tidy(now);
    this.#of.set(account, [...this.#ahead(account, now), at]);
  }

  #ahead(account: string, now: number): readonly number[] {
    return (this.#of.get(account) ?? []).filter((at) => at > now);
  }

  #tidy(now: number): void {
    this.#tidied = now;
    for (const [account, times] of this.#of) if (times.every((at) => at <= now)) this.#of.delete(account);
  }
}
