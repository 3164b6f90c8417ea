import type { Kind } from './equipment.ts';

const STORED = 'dh.held';
/** A press is of the place that comes within this time. */
const ASKED_MS = 15_000;

/**
 * Camera and microphone that a place on stage alone does not turn on: each waits for a press (FL22). Kept for a place, so that
 * a page that is loaded anew sends what it sent before.
 */
export class Held {
  #place: string | undefined;
  #kinds: ReadonlySet<Kind> = new Set();
  #askedAt = Number.NEGATIVE_INFINITY;

  get kinds(): readonly Kind[] {
    return [...this.#kinds];
  }
  has(kind: Kind): boolean {
    return this.#kinds.has(kind);
  }

  /** Somebody here presses what brings this device on stage: then its place turns them on. */
  ask(): void {
    this.#askedAt = performance.now();
  }

  /** @param place which it is; undefined: none that holds anything. @returns whether something is different now */
  at(place: string | undefined): boolean {
    if (place === this.#place) return false;
    this.#place = place;
    const isAsked = performance.now() - this.#askedAt < ASKED_MS;
    return this.#set(place === undefined || isAsked ? [] : (readKept(place) ?? ['camera', 'microphone']));
  }

  /** @returns whether it was held */
  release(kind: Kind): boolean {
    return this.has(kind) && this.#set(this.kinds.filter((other) => other !== kind));
  }

  #set(kinds: readonly Kind[]): boolean {
    const isOther = kinds.length !== this.#kinds.size;
    this.#kinds = new Set(kinds);
    if (this.#place !== undefined) keep(this.#place, kinds);
    return isOther;
  }
}

function readKept(place: string): readonly Kind[] | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as { place?: string; kinds?: readonly Kind[] };
    return kept.place === place ? kept.kinds : undefined;
  } catch {
    return undefined;
  }
}

function keep(place: string, kinds: readonly Kind[]): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify({ place, kinds }));
  } catch {
    // Without storage a page that is loaded anew is silent again.
  }
}
