import type { Seat } from '../../protocol/floor.ts';
import type { LineQuality } from '../../protocol/presence.ts';

export type Media = LineQuality | 'off';

/** What one node knows of a device by itself. */
export interface DeviceFact {
  /** Known from the order channel; a LiveKit client alone has none. */
  seat: Seat | undefined;
  /** Open order channels: while it reconnects there may be two for a moment. */
  channels: number;
  /** When the last of them was opened, and when its media came, ms. */
  channelAt: number;
  media: Media;
  mediaAt: number;
}

/** PR10: a device as all nodes together know it. Of what two of them say, that counts to which it came later. */
export class Device {
  /** By boot of the node. */
  readonly #facts = new Map<string, DeviceFact>();
  #left: { readonly fact: DeviceFact; readonly at: Date } | undefined;
  /** Its media, which no node has any more, while nodes know of it all the same. */
  #mediaLeft: { readonly media: Media; readonly at: Date } | undefined;

  at(boot: string): DeviceFact | undefined {
    return this.#facts.get(boot);
  }

  /** @param at PR11: when; media that no node has any more counts until its `end`. Without it, it is off at once. */
  set(boot: string, fact: DeviceFact, at?: Date): void {
    const before = this.media;
    this.#facts.set(boot, fact);
    this.#left = undefined;
    this.#keepMedia(before, at);
  }

  /** @param at PR11: when; it counts as it was until its `end`. Without it, it is nowhere at once. */
  drop(boot: string, at?: Date): void {
    const before = this.media;
    const fact = this.#facts.get(boot);
    if (this.#facts.delete(boot) && fact && at && this.#facts.size === 0) this.#left = { fact, at };
    this.#keepMedia(before, at);
  }

  /** No node has it any more, or none has its media, but it may be on its way to another. */
  get leftAt(): Date | undefined {
    return this.#left?.at ?? this.#mediaLeft?.at;
  }

  /** It came to no other. */
  end(): void {
    this.#left = undefined;
    this.#mediaLeft = undefined;
  }

  #keepMedia(before: Media, at: Date | undefined): void {
    if (this.hasMedia || !at) this.#mediaLeft = undefined;
    else if (before !== 'off') this.#mediaLeft ??= { media: before, at };
  }

  get isNowhere(): boolean {
    return this.#facts.size === 0 && !this.#left;
  }

  get seat(): Seat | undefined {
    return this.#latest((fact) => (fact.seat ? fact.channelAt : undefined))?.seat ?? this.#left?.fact.seat;
  }

  get media(): Media {
    return this.#mediaNow ?? this.#mediaLeft?.media ?? 'off';
  }

  /** Whether any node has media of it, if only on a line that is lost. */
  get hasMedia(): boolean {
    return this.#mediaNow !== undefined;
  }

  get #mediaNow(): Media | undefined {
    return this.#latest((fact) => (fact.media === 'off' ? undefined : fact.mediaAt))?.media;
  }

  /** Whether a notice would reach it. */
  get hasChannel(): boolean {
    for (const { channels } of this.#facts.values()) if (channels > 0) return true;
    return false;
  }

  #latest(when: (fact: DeviceFact) => number | undefined): DeviceFact | undefined {
    let latest: { readonly fact: DeviceFact; readonly at: number; readonly boot: string } | undefined;
    for (const [boot, fact] of this.#facts) {
      const at = when(fact);
      if (at === undefined) continue;
      // Of the same moment any order does, as long as all nodes have the same.
      if (!latest || at > latest.at || (at === latest.at && boot > latest.boot)) latest = { fact, at, boot };
    }
    return latest?.fact;
  }
}
