/** A token bucket: `perSecond` on average, `burst` at once. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  #tokens: number;
  #at: number;

  /** @param now milliseconds; a clock that is set back gives nothing */
  constructor(perSecond: number, burst: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#now = now;
    this.#tokens = burst;
    this.#at = now();
  }

  /** False when there were too many; nothing is taken then. */
  take(tokens = 1): boolean {
    this.#refill();
    if (this.#tokens < tokens) return false;
    this.#tokens -= tokens;
    return true;
  }

  /** What was taken elsewhere, at most a burst beyond all that there is. @returns what is left */
  charge(tokens: number): number {
    this.#refill();
    this.#tokens = Math.max(-this.#burst, this.#tokens - tokens);
    return this.#tokens;
  }

  /** Milliseconds until so many could be taken; 0: now. More than a burst holds is waited for as long as for a burst. */
  wait(tokens = 1): number {
    this.#refill();
    const missing = Math.min(tokens, this.#burst) - this.#tokens;
    return missing <= 0 ? 0 : Math.ceil((missing / this.#perSecond) * 1000);
  }

  /** A whole burst is allowed again, as if nothing had ever been taken. */
  get isFull(): boolean {
    this.#refill();
    return this.#tokens >= this.#burst;
  }

  #refill(): void {
    const at = this.#now();
    this.#tokens = Math.min(this.#burst, this.#tokens + (Math.max(0, at - this.#at) / 1000) * this.#perSecond);
    this.#at = at;
  }
}
