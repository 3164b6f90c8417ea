/** Of the small picture by which two looks are compared: twelve pixels of 1,920 in each cell. */
export const LOOK_WIDTH = 160;
export const LOOK_HEIGHT = 90;

/** A cell that differs by so much differs for the eye, and not by noise. */
const SEEN = 12;
/** Share of the cells: a word, and what is no movement any more. */
const CHANGED = 0.001;
const MOVES = 0.005;
const LEAST_MS = 2_000;
const RESTLESS_MS = 6_000;
const SMALL_MS = 20_000;

/** SH4: when a still of a shared screen is due, by how its small picture changes. Pure: time comes with each look. */
export class StillMoment {
  #last: Uint8Array | undefined;
  #sent: Uint8Array | undefined;
  #sentAt = 0;
  /** Since when what is shown is something else than what was sent. */
  #changedAt: number | undefined;

  /** One look, about twice a second, in luma. @returns whether a still is due */
  look(luma: Uint8Array, now: number): boolean {
    const isCalm = this.#last === undefined || differing(this.#last, luma) < MOVES;
    this.#last = luma;
    if (!this.#sent) return true;
    const changed = differing(this.#sent, luma);
    this.#changedAt = changed === 0 ? undefined : (this.#changedAt ?? now);
    if (this.#changedAt === undefined || now - this.#sentAt < LEAST_MS) return false;
    const since = now - this.#changedAt;
    if (changed < CHANGED) return since >= SMALL_MS;
    return isCalm || since >= RESTLESS_MS;
  }

  /** The still of that look is up. */
  sent(luma: Uint8Array, now: number): void {
    this.#sent = luma;
    this.#sentAt = now;
    this.#changedAt = undefined;
  }
}

/** Share of the cells that differ, 0..1. */
function differing(one: Uint8Array, other: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < one.length; i++) if (Math.abs((one[i] as number) - (other[i] as number)) >= SEEN) count += 1;
  return count / one.length;
}
