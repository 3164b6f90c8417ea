import { people } from './looks.ts';
import { HALF_SECONDS } from './recordings.ts';

/** One of the crowd who is on air. */
export interface Speaker {
  /** From now on it speaks, or listens. */
  speaks(isSpeaking: boolean): void;
}

/**
 * Faces and turns to speak of the units that are on air. Two units have the same face only when all faces are taken. One unit
 * speaks at a time; a newcomer speaks first, and a unit that is alone speaks and pauses by turns. [DC14]
 */
export class Cast {
  readonly #persons = new Map<Speaker, number>();
  #speaking: Speaker | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param wish which person it would like to be @returns which it is, from 0 */
  enter(speaker: Speaker, wish: number): number {
    const taken = new Set(this.#persons.values());
    const wishes = Array.from({ length: people.length }, (_, i) => (wish + i) % people.length);
    const person = wishes.find((one) => !taken.has(one)) ?? wish % people.length;
    this.#persons.set(speaker, person);
    return person;
  }

  /** It is on air now. */
  begin(speaker: Speaker): void {
    this.#turnTo(speaker);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#next(), 1_000 * HALF_SECONDS);
  }

  leave(speaker: Speaker): void {
    this.#persons.delete(speaker);
    if (this.#speaking === speaker) this.#speaking = undefined;
    if (this.#persons.size === 0) clearInterval(this.#timer);
  }

  #next(): void {
    const all = [...this.#persons.keys()];
    const at = this.#speaking ? all.indexOf(this.#speaking) : -1;
    const next = all[(at + 1) % all.length];
    this.#turnTo(all.length === 1 && this.#speaking ? undefined : next);
  }

  #turnTo(next: Speaker | undefined): void {
    if (next === this.#speaking) return;
    this.#speaking?.speaks(false);
    this.#speaking = next;
    next?.speaks(true);
  }
}
