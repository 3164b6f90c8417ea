import { apportion } from './apportion.ts';
import { Dice } from './Dice.ts';
import { OUTBREAK_DAYS, printedDays } from './outbreakAnchors.ts';
import { outbreakDays } from './outbreakDays.ts';
import { type PrintedProvinces, printedIn } from './printedIn.ts';
import type { Reporter, Telling } from './scenario.ts';

/** The days before the 21st to which those that were added on it belong, in the scenario. */
const EARLIER_DAYS = 5;

/** Islands on which nobody reports a case: the district, and the special zone that it became. */
const HOANG_SA: readonly string[] = ['498', '20333'];

/**
 * Cases of every unit that reports, on every day of the outbreak. Of each day the sum over the country is what was
 * printed; the provinces have the shares of the last day, on which they are those that were printed; what is below
 * them is invented.
 */
export class OutbreakCountry {
  /** What was printed, by the provinces that there are. */
  readonly printedIn: PrintedProvinces;
  readonly #reporters: readonly Reporter[];
  readonly #days: ReturnType<typeof outbreakDays>;
  readonly #weights: readonly number[];
  /** Places of its reporters. */
  readonly #ofProvince: ReadonlyMap<string, readonly number[]>;
  /** Of the day that was asked for last: it is asked for more than once. */
  #last: { readonly day: number; readonly cases: readonly number[] } | undefined;
  readonly #seed: number;

  constructor({ seed, reporters }: Omit<Telling, 'lastDay'>) {
    this.#seed = seed;
    this.printedIn = printedIn(reporters);
    this.#reporters = reporters;
    this.#ofProvince = Map.groupBy(reporters.keys(), (i) => reporters[i]?.province ?? '');
    this.#days = outbreakDays(new Dice(seed, 'days'));
    this.#weights = reporters.map(({ code }) =>
      HOANG_SA.includes(code) ? 0 : Math.exp(4 * new Dice(seed, code).next()),
    );
  }

  /** As printed, those from abroad among them. @param day from 0 */
  printed(day: number): { readonly cases: number; readonly imported: number; readonly total: number } {
    const found = this.#days[day];
    if (!found) throw new RangeError(`the outbreak has no day ${day}`);
    return found;
  }

  /** New cases of that day as they are reported on it, in the order of the reporters. */
  cases(day: number): readonly number[] {
    if (this.#last?.day !== day) {
      const { cases, imported } = this.printed(day);
      this.#last = { day, cases: this.#spread(cases - imported, `cases:${day}`) };
    }
    return this.#last.cases;
  }

  /** What is added to earlier days on this one. */
  addedLater(day: number): { readonly day: number; readonly cases: number[] }[] {
    const earlier = printedDays.find((printed) => printed.day === day + 1)?.earlier;
    if (!earlier) return [];
    const days = Array.from({ length: EARLIER_DAYS }, (_, back) => day - EARLIER_DAYS + back);
    const shares = apportion(
      earlier.cases,
      days.map((of) => this.printed(of).cases),
    );
    return days.map((of, i) => ({
      day: of,
      cases: this.#within(this.printedIn.of(earlier.province), shares[i] as number, `earlier:${of}`),
    }));
  }

  /** Since the epidemic began, at the end of each day. */
  *totals(): Generator<number[]> {
    const first = this.printed(0);
    let total = this.#spread(first.total - first.cases, 'before');
    const add = (cases: readonly number[]) => {
      total = total.map((each, i) => each + (cases[i] as number));
    };
    for (let day = 0; day < OUTBREAK_DAYS; day++) {
      add(this.cases(day));
      for (const { cases } of this.addedLater(day)) add(cases);
      yield total;
    }
  }

  /** The same by province, of those that had any on the last day. */
  provinces(day: number): [province: string, cases: number][] {
    const { cases, imported } = this.printed(day);
    return this.#byProvince(cases - imported);
  }

  /** Over the provinces, and in each over its units. */
  #spread(total: number, about: string): number[] {
    const all = this.#reporters.map(() => 0);
    for (const [province, share] of this.#byProvince(total)) this.#into(all, province, share, about);
    return all;
  }

  #within(province: string, total: number, about: string): number[] {
    const all = this.#reporters.map(() => 0);
    this.#into(all, province, total, about);
    return all;
  }

  #into(all: number[], province: string, total: number, about: string): void {
    const dice = new Dice(this.#seed, `${about}:${province}`);
    const places = this.#ofProvince.get(province) ?? [];
    const parts = apportion(
      total,
      places.map((i) => (this.#weights[i] as number) * (0.5 + dice.next())),
    );
    for (const [nr, i] of places.entries()) all[i] = parts[nr] as number;
  }

  #byProvince(total: number): [province: string, cases: number][] {
    const provinces = [...this.printedIn.cases].sort(([a], [b]) => (a < b ? -1 : 1));
    const shares = apportion(
      total,
      provinces.map(([, cases]) => cases),
    );
    return provinces.map(([province], i) => [province, shares[i] as number]);
  }
}
