import { seededRandom } from '../sdp/mutate.ts';

/** All that is left to chance in one world, by its seed. */
export class Chance {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  is(share: number): boolean {
    return this.random() < share;
  }

  between(from: number, to: number): number {
    return from + this.random() * (to - from);
  }

  one<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)] as T;
  }

  shuffled<T>(of: readonly T[]): T[] {
    const list = [...of];
    for (let i = list.length - 1; i > 0; i--) {
      const j = Math.floor(this.random() * (i + 1));
      [list[i], list[j]] = [list[j] as T, list[i] as T];
    }
    return list;
  }
}
