import type { Hand } from '../../protocol/floor.ts';

/** How long a device may be connected to no node before its hand is told as away: a reload or a new line takes less. (FL58) */
export const AWAY_AFTER_MS = 4_000;

/** Raised hands of devices that are not connected, by briefing. The hands themselves stay in the queue. (FL58) */
export class HandsAway {
  /** When each such device was first missed, milliseconds of a clock that is never set, by briefing and identity. */
  readonly #missed = new Map<string, Map<string, number>>();
  readonly #away = new Map<string, ReadonlySet<string>>();

  of(briefing: string): ReadonlySet<string> {
    return this.#away.get(briefing) ?? new Set();
  }

  /**
   * Compares the queue with who is connected.
   * @param elapsed of a clock that is never set, milliseconds
   * @returns hands that are still up and are away now, or connected again, since the last look
   */
  look(
    briefing: string,
    hands: readonly Hand[],
    isConnected: (identity: string) => boolean,
    elapsed: number,
  ): readonly Hand[] {
    const before = this.of(briefing);
    const known = this.#missed.get(briefing);
    const missed = new Map<string, number>();
    for (const { seat } of hands)
      if (!isConnected(seat.identity)) missed.set(seat.identity, known?.get(seat.identity) ?? elapsed);
    const away = new Set([...missed].flatMap(([identity, since]) => (elapsed - since < AWAY_AFTER_MS ? [] : identity)));
    if (missed.size > 0) this.#missed.set(briefing, missed);
    else this.#missed.delete(briefing);
    if (away.size > 0) this.#away.set(briefing, away);
    else this.#away.delete(briefing);
    return hands.filter(({ seat }) => away.has(seat.identity) !== before.has(seat.identity));
  }

  /** Forgets all briefings but those that run. */
  retain(briefings: Iterable<string>): void {
    const running = new Set(briefings);
    for (const map of [this.#missed, this.#away])
      for (const briefing of map.keys()) if (!running.has(briefing)) map.delete(briefing);
  }
}
