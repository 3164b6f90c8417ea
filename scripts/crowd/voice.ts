import { Dice } from '../../server/src/demo/figure/Dice.ts';

export const SAMPLE_RATE = 48_000;

/** First two resonances of vowels, Hz. */
const vowels = [
  [730, 1090],
  [530, 1840],
  [390, 1990],
  [570, 840],
  [440, 1020],
  [660, 1720],
] as const;
/** How the pitch of a syllable goes, from its begin to its end, as parts of the speaker's own: the tones of Vietnamese, roughly. */
const tones = [
  [1, 1],
  [0.95, 0.8],
  [0.95, 1.25],
  [0.9, 0.7],
  [1.05, 1.1],
] as const;

interface Syllable {
  /** Seconds from the begin. */
  readonly from: number;
  readonly to: number;
  readonly vowel: readonly [number, number];
  readonly tone: readonly [number, number];
  readonly loudness: number;
}

/** A voice without words: syllables of an invented speaker. */
export class Voice {
  readonly seconds: number;
  readonly #pitch: number;
  readonly #syllables: readonly Syllable[];

  /** @param speaker which one, from 0 @param isDeep so many Hz lower */
  constructor(speaker: number, isDeep: boolean, seconds: number) {
    const dice = new Dice(speaker, 'voice');
    this.seconds = seconds;
    this.#pitch = (isDeep ? 105 : 190) + dice.below(40);
    const syllables: Syllable[] = [];
    for (let at = 0.1; at < seconds - 0.4; ) {
      const long = 0.13 + 0.1 * dice.next();
      const vowel = vowels[dice.below(vowels.length)] ?? vowels[0];
      const tone = tones[dice.below(tones.length)] ?? tones[0];
      syllables.push({ from: at, to: at + long, vowel, tone, loudness: 0.6 + 0.4 * dice.next() });
      at += long + (dice.chance(0.15) ? 0.3 : 0.03);
    }
    this.#syllables = syllables;
  }

  /** How far the mouth is open, 0..1. @param at seconds from the begin */
  openness(at: number): number {
    const now = this.#syllables.find(({ from, to }) => at >= from && at < to);
    return now ? now.loudness * Math.sin((Math.PI * (at - now.from)) / (now.to - now.from)) : 0;
  }

  /** Samples from -1 to 1, at SAMPLE_RATE: a pulse of the vocal cords through two resonances. */
  samples(): Float32Array<ArrayBuffer> {
    const all = new Float32Array(Math.round(this.seconds * SAMPLE_RATE));
    let phase = 0;
    for (const { from, to, vowel, tone, loudness } of this.#syllables) {
      const resonators = vowel.map((hz, i) => resonator(hz, 90 + 40 * i));
      const [begin, end] = [Math.round(from * SAMPLE_RATE), Math.round(to * SAMPLE_RATE)];
      for (let i = begin; i < end; i++) {
        const part = (i - begin) / (end - begin);
        phase = (phase + (this.#pitch * (tone[0] + (tone[1] - tone[0]) * part)) / SAMPLE_RATE) % 1;
        const pulse = phase < 0.4 ? Math.sin((Math.PI * phase) / 0.4) : 0;
        const voiced = resonators.reduce((sum, resonate) => sum + resonate(pulse - 0.25), 0);
        all[i] = voiced * loudness * Math.sin(Math.PI * part) ** 0.7;
      }
    }
    const loudest = all.reduce((most, one) => Math.max(most, Math.abs(one)), 0.001);
    return all.map((one) => (one * 0.3) / loudest);
  }
}

/** A filter of two poles. @param hz where it rings @param width of the ringing, Hz */
function resonator(hz: number, width: number): (sample: number) => number {
  const r = Math.exp((-Math.PI * width) / SAMPLE_RATE);
  const a = 2 * r * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE);
  let [one, two] = [0, 0];
  return (sample) => {
    const now = sample * (1 - r) + a * one - r * r * two;
    [one, two] = [now, one];
    return now;
  };
}
