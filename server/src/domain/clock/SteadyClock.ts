import { EventEmitter } from 'node:events';
import { decideStep, isNewStep } from './decideStep.ts';
import type { ClockReading, ClockStep, ClockStore } from './ports.ts';

interface Parts {
  readonly store: ClockStore;
  readonly node: string;
  /** Monotonic, ms; `performance.now`. */
  readonly elapsed: () => number;
  /** How long the machine was suspended so far, which `elapsed` does not count, ms. */
  readonly suspended?: () => number;
}

/**
 * PostgreSQL's clock as attendance counts by it: it follows the steps that are on record, and each briefing has the time that
 * went when its doors opened, whatever the clock is set to afterwards. (AT15 to AT17)
 */
export class SteadyClock extends EventEmitter<{ stepped: [step: ClockStep] }> {
  readonly #o: Parts;
  /** How far PostgreSQL's clock is before `elapsed`, with all steps up to `steps`. */
  #offset: number;
  /** Number of the last step that is in `#offset`. */
  #steps = 0;
  /** By how much the clock was set since the doors of a briefing opened, by its id. */
  readonly #shifts = new Map<string, number>();
  #suspended: number;
  #looking: Promise<void> | undefined;

  private constructor(parts: Parts, reading: ClockReading) {
    super();
    this.#o = parts;
    this.#suspended = parts.suspended?.() ?? 0;
    this.#offset = reading.offset;
    this.#take(reading.offset, reading.steps);
  }

  static async create(parts: Parts): Promise<SteadyClock> {
    return new SteadyClock(parts, await parts.store.read(0));
  }

  /** PostgreSQL's clock after the step `steps`, ms since 1970. */
  now(): number {
    return this.elapsed() + this.#offset;
  }

  /** The same as it went when the doors of that briefing opened. */
  nowIn(briefing: string): number {
    return this.now() - (this.#shifts.get(briefing) ?? 0);
  }

  /** ms that passed, those in which the machine was suspended among them. */
  elapsed(): number {
    return this.#o.elapsed() + this.#suspended;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Compares; records what is new. Once at a time. @throws DomainError `store-unavailable` */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { store, node } = this.#o;
    // Both before the answer is compared: what the machine slept is no step of the clock.
    const reading = await store.read(this.#steps);
    this.#suspended = this.#o.suspended?.() ?? 0;
    const offset = reading.offset - this.#suspended;
    const ms = offset - this.#offset;
    if (!isNewStep(ms, reading.steps)) return this.#follow(offset, reading.steps);
    const expected = this.now();
    const known = this.#steps;
    const steps = await store.record(known, { node, expected }, (moment) => decideStep({ expected, ms }, moment));
    this.#follow(offset, steps);
  }

  #follow(offset: number, steps: readonly ClockStep[]): void {
    this.#take(offset, steps);
    for (const step of steps) this.emit('stepped', step);
  }

  #take(offset: number, steps: readonly ClockStep[]): void {
    this.#offset = offset;
    for (const { nr, ms, briefings } of steps) {
      this.#steps = Math.max(this.#steps, nr);
      for (const { briefing } of briefings) this.#shifts.set(briefing, (this.#shifts.get(briefing) ?? 0) + ms);
    }
  }
}
