/** Fewer packets than this say nothing: three lost of twenty is chance on a line that loses 2 %. */
const ENOUGH_PACKETS = 60;
const LOOKS = 8;

/** What is known of a stream that is sent, at one look. */
export interface SentSoFar {
  /** Packets since the beginning. */
  readonly sent: number;
  /** Packets since the beginning that the receiver's last report misses. */
  readonly lost: number;
  /** Fraction lost before it came here, 0..1. */
  readonly lostBefore: number;
  /** Round trip by the receiver's last report: one that differs tells of a new report. */
  readonly rttMs: number;
}

/**
 * Loss from the totals in receiver reports. Their own fraction won't do: it covers the time since the report before,
 * and a browser also reports with each repeat request, so that one lost of two packets reads as a half.
 */
export class LossMeter {
  readonly #history: { readonly lost: number; readonly packets: number }[] = [];
  /** Totals when the last new report was seen. */
  #reported: SentSoFar | undefined;

  /**
   * @returns loss over the last looks that have enough packets together; undefined as long as there is only one look
   */
  add(now: SentSoFar): number | undefined {
    const last = this.#reported;
    this.#reported ??= now;
    if (last === undefined) return undefined;
    const packets = now.sent - last.sent;
    const fresh = now.lost !== last.lost || now.rttMs !== last.rttMs;
    // Reports of sound are seconds apart: what a report tells is spread over all that was sent since the one before.
    if (fresh && packets > 0) {
      const reported = Math.min(1, Math.max(0, now.lost - last.lost) / packets);
      this.#history.unshift({ lost: ownLoss(reported, now.lostBefore) * packets, packets });
      this.#history.length = Math.min(this.#history.length, LOOKS);
      this.#reported = now;
    }
    return this.#loss();
  }

  /** What was before says nothing about what comes: the line carries something else now. */
  forget(): void {
    this.#history.length = 0;
  }

  #loss(): number {
    let lost = 0;
    let packets = 0;
    for (const look of this.#history) {
      lost += look.lost;
      packets += look.packets;
      if (packets >= ENOUGH_PACKETS) break;
    }
    return lost / Math.max(packets, ENOUGH_PACKETS);
  }
}

/**
 * What a viewer's own line lost of what was sent to them: a packet that the publisher's line lost leaves a gap in the
 * numbering which their receiver report counts too. Fractions, 0..1.
 */
export function ownLoss(reported: number, lostBefore: number): number {
  return lostBefore >= 1 ? 0 : Math.max(0, (reported - lostBefore) / (1 - lostBefore));
}
