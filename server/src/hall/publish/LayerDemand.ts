import { VideoQuality } from '@livekit/protocol';
import type { WantedQuality } from '../tell/outlet.ts';

/** A layer that nobody wants any more is still sent for this time, ms: viewers come and go in bursts. */
const LOWER_AFTER_MS = 6_000;

/** What is to be sent when `top` is the highest layer that somebody wants (-1: none), of so many layers. */
export function wantedQualities(top: number, layers: number): WantedQuality[] {
  const upTo = layers <= 1 ? (top < 0 ? -1 : VideoQuality.HIGH) : top;
  return [VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH].map((quality) => ({
    quality,
    enabled: quality <= upTo,
  }));
}

/**
 * Counts by layer who wants it, so that a change of one viewer costs the same however many there are; tells the
 * publisher (dynacast): at once when more is wanted, after a while when less is.
 */
export class LayerDemand {
  readonly #wanted: number[];
  readonly #tell: (qualities: readonly WantedQuality[], top: number) => void;
  /** What viewers at other nodes want at most. */
  #elsewhere: number | undefined;
  #told: number;
  #lowering: NodeJS.Timeout | undefined;

  /** @param sent what comes before anything is told: a client sends all layers until it hears otherwise */
  constructor(
    layers: number,
    tell: (qualities: readonly WantedQuality[], top: number) => void,
    sent: 'all' | 'none' = 'all',
  ) {
    this.#wanted = new Array(Math.max(layers, 1)).fill(0);
    this.#tell = tell;
    this.#told = sent === 'all' ? this.#wanted.length - 1 : -1;
  }

  /** Highest wanted layer; -1 when there is none. */
  get top(): number {
    return this.#wanted.findLastIndex((n) => n > 0);
  }

  /** One viewer's wish changes; undefined = they want nothing. */
  move(from: number | undefined, to: number | undefined): void {
    if (from === to) return;
    if (from !== undefined) this.#wanted[from] = (this.#wanted[from] ?? 0) - 1;
    if (to !== undefined) this.#wanted[to] = (this.#wanted[to] ?? 0) + 1;
    this.#review();
  }

  /** Other nodes want so many layers, from the lowest: they count as one viewer. */
  moveElsewhere(layers: number): void {
    const to = layers > 0 ? Math.min(layers, this.#wanted.length) - 1 : undefined;
    this.move(this.#elsewhere, to);
    this.#elsewhere = to;
  }

  /** The publisher lost what they were told, as they came back or have just published. */
  repeat(): void {
    this.#say(this.#told);
  }

  /** Starts to count down from the moment that the track is published: nobody may ever want it. */
  begin(): void {
    this.#review();
  }

  close(): void {
    clearTimeout(this.#lowering);
  }

  #review(): void {
    const top = this.top;
    if (top > this.#told) this.#say(top);
    if (top >= this.#told) {
      clearTimeout(this.#lowering);
      this.#lowering = undefined;
      return;
    }
    this.#lowering ??= setTimeout(() => {
      this.#lowering = undefined;
      if (this.top < this.#told) this.#say(this.top);
    }, LOWER_AFTER_MS);
    this.#lowering.unref();
  }

  #say(top: number): void {
    this.#told = top;
    this.#tell(wantedQualities(top, this.#wanted.length), top);
  }
}
