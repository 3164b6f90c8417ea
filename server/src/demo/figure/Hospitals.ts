import { vietNamTime } from '../../lib/vietNamTime.ts';
import { Dice } from './Dice.ts';
import { printedIn } from './printedIn.ts';
import type { Reporter, ScenarioRow, Telling } from './scenario.ts';

interface Hospital {
  readonly beds: number;
  readonly icu: number;
  /** How full it is on an average day, from 0 to 1. */
  readonly load: number;
  /** When its day is the busiest, in hours. */
  readonly phase: number;
}

/** What a hospital has at an hour. */
interface Ward {
  readonly bedsFree: number;
  readonly icu: number;
  readonly icuUsed: number;
  /** Tenths of a tonne. */
  readonly oxygen: number;
}

/** One unit in so many has intensive care. */
const UNITS_TO_AN_ICU = 14;

/** Beds, intensive care and oxygen of every unit: all of it invented. */
export class Hospitals {
  readonly #hospitals: readonly Hospital[];
  readonly #reporters: readonly Reporter[];
  readonly #seed: number;

  constructor({ seed, reporters }: Omit<Telling, 'lastDay'>) {
    this.#seed = seed;
    this.#reporters = reporters;
    const { cases } = printedIn(reporters);
    this.#hospitals = reporters.map(({ code, province }) =>
      hospitalOf(new Dice(seed, `beds:${code}`), cases.get(province)),
    );
  }

  /** At that hour of the outbreak, in the order of the reporters. */
  at(hour: number): Ward[] {
    const dice = new Dice(this.#seed, `wards:${hour}`);
    return this.#hospitals.map(({ beds, icu, load, phase }) => {
      const full = load + 0.06 * Math.sin((2 * Math.PI * (hour + phase)) / 24) + 0.08 * (dice.next() - 0.5);
      const share = Math.min(1, Math.max(0, full));
      const used = Math.round(beds * share);
      const icuUsed = Math.round(icu * Math.min(1, share + 0.1));
      return { bedsFree: beds - used, icu, icuUsed, oxygen: Math.round(used / 2 + icuUsed * (2 + 3 * dice.next())) };
    });
  }

  /** What they say at that hour. @param when a moment of the hour of which they say it */
  rows(hour: number, when: Date): ScenarioRow[] {
    const period = `${vietNamTime(when.toISOString()).slice(0, 13).replace(' ', 'T')}:00:00+07:00`;
    const now = this.at(hour);
    return (['bedsFree', 'icu', 'icuUsed'] as const).flatMap((what) => {
      const indicator = { bedsFree: 'beds-free', icu: 'icu-beds', icuUsed: 'icu-used' }[what];
      return this.#reporters.map(({ code }, i) => ({ indicator, unit: code, period, value: String(now[i]?.[what]) }));
    });
  }
}

/** @param cases of its province on the last day */
function hospitalOf(dice: Dice, cases = 0): Hospital {
  const pressure = Math.log10(1 + cases) / 4;
  return {
    beds: 8 + Math.floor(60 * dice.next() ** 2),
    icu: dice.below(UNITS_TO_AN_ICU) === 0 ? 6 + dice.below(40) : 0,
    load: 0.25 + 0.55 * pressure + 0.15 * dice.next(),
    phase: dice.below(24),
  };
}
