/** Fewer packets than this say nothing: one lost of four is no line that loses a quarter. */
const ENOUGH_PACKETS = 30;
const LOOKS = 6;

/** Smooths the loss that receiver reports tell by how many packets it was measured on; the newest count first. */
export class LossMeter {
  readonly #history: { readonly fraction: number; readonly packets: number }[] = [];
  #sent: number | undefined;

  /** `sent`: packets since the beginning. @returns loss over the last looks that have enough packets together */
  add(fraction: number, sent: number): number {
    const packets = Math.max(1, sent - (this.#sent ?? sent - ENOUGH_PACKETS));
    this.#sent = sent;
    this.#history.unshift({ fraction, packets });
    this.#history.length = Math.min(this.#history.length, LOOKS);
    let lost = 0;
    let seen = 0;
    for (const look of this.#history) {
      lost += look.fraction * look.packets;
      seen += look.packets;
      if (seen >= ENOUGH_PACKETS) break;
    }
    return lost / Math.max(seen, ENOUGH_PACKETS);
  }

  /** What was before says nothing about what comes: the line carries something else now. */
  forget(): void {
    this.#history.length = 0;
  }
}

/**
 * What a viewer's own line lost of what was sent to him: a packet that the publisher's line lost leaves a gap in the
 * numbering which his receiver report counts too. Fractions, 0..1.
 */
export function ownLoss(reported: number, lostBefore: number): number {
  return lostBefore >= 1 ? 0 : Math.max(0, (reported - lostBefore) / (1 - lostBefore));
}
