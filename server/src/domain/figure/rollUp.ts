import type { FigureCoverage, FigureState } from '../../protocol/figure.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';

/** One unit's part in the units above it. */
export interface UnitPart {
  readonly state: FigureState;
  /** What counts; null: nothing. Of a stale one nothing does (FG11). */
  readonly value: number | null;
  /** End of the period of the value; of a computed one, of the oldest that it was computed from. */
  readonly end: number | null;
  /** Of a ratio: both sides. Of a weighted mean: value and weight. */
  readonly over?: { readonly value: number; readonly by: number; readonly product?: bigint } | undefined;
  /** FG9: the units of the period's day that stand here as in coverage, where that is not this one alone. */
  readonly counted?: readonly FigureState[];
  /** FG143: of these, how many have nothing but a held value. */
  readonly withheld?: number;
  /** FG172: and how many are without a denominator or weight. */
  readonly unweighed?: number;
  /** FG91: of a ratio or weighted mean, its denominator or weight, where that is known; there: 0 where no value is. */
  readonly weight?: { readonly of: number; readonly there: number };
  /** FG90: left out: it does. One that does not is in no sum, and in no coverage. */
  readonly reports?: false;
  /** Closed units whose values are in it. */
  readonly closed?: number;
}

export interface RolledUp {
  readonly value: number | null;
  readonly coverage: FigureCoverage;
  /** FG10: end of the oldest period of which a value is in it. */
  readonly oldest: number | null;
  /** FG91: in ten thousandths, rounded down. */
  readonly share?: number;
  /** FG172: units of a ratio or weighted mean of which no denominator or weight is known; left out: none. */
  readonly unweighed?: number;
  /** FG9: units that are closed since, and whose values are in it. */
  readonly closed?: number;
}

/**
 * FG126: how a unit is told in the coverage of those above it: without a value it is in no sum, though it be late with it, or have
 * said one that is held.
 */
export const coveredAs = ({ state, value }: Pick<UnitPart, 'state' | 'value'>): FigureState =>
  value === null && state !== 'stale' ? 'none' : state;

/** What of a coverage adds up. */
type Counted = Exclude<keyof FigureCoverage, 'withheld'>;
/** FG143 */
export const isWithheld = ({ state, value }: Pick<UnitPart, 'state' | 'value'>): boolean =>
  state === 'held' && value === null;

type Up = Pick<Indicator, 'up'> & {
  /** Of a ratio, by `shiftOf`. */
  readonly shift?: number;
};

/**
 * FG9, FG10: sums up one territory, one unit after the other, in any order. Sums are exact: at most 11,000 values of at
 * most 8·10^11 stay below 2^53, and products are kept as BigInt.
 */
export class FigureSum {
  readonly #up: Up;
  readonly #coverage: Record<Counted, number>;
  /** FG143: units that have nothing but a held value. */
  #withheld = 0;
  #value: number | null = null;
  #over = 0n;
  #by = 0n;
  #weight = 0n;
  #weighed = 0n;
  #unweighed = 0;
  #oldest: number | null = null;
  #closed = 0;

  constructor(up: Up) {
    this.#up = up;
    this.#coverage = { expected: 0, fresh: 0, late: 0, stale: 0, none: 0, held: 0, contested: 0 };
  }

  add(part: UnitPart): void {
    const { state, value, end, over, counted, closed, reports, weight } = part;
    if (reports === false) return;
    for (const each of counted ?? [coveredAs(part)]) {
      this.#coverage.expected += 1;
      this.#coverage[each] += 1;
    }
    this.#withheld += counted ? (part.withheld ?? 0) : Number(isWithheld(part));
    this.#closed += closed ?? 0;
    this.#weight += BigInt(weight?.of ?? 0);
    this.#weighed += BigInt(weight?.there ?? 0);
    const { up } = this.#up;
    const isWeighed = up === 'ratio' || up === 'weighted';
    if (isWeighed) this.#unweighed += counted ? (part.unweighed ?? 0) : Number(!weight);
    if (value === null || state === 'stale') return;
    if (isWeighed) {
      if (!over) return;
      const { value: one, by } = over;
      this.#over += up === 'weighted' ? (over.product ?? BigInt(one) * BigInt(by)) : BigInt(one);
      this.#by += BigInt(by);
    } else if (up === 'max') this.#value = this.#value === null ? value : Math.max(this.#value, value);
    else if (up === 'min') this.#value = this.#value === null ? value : Math.min(this.#value, value);
    else if (up === 'sum') this.#value = (this.#value ?? 0) + value;
    if (end !== null) this.#oldest = this.#oldest === null ? end : Math.min(this.#oldest, end);
  }

  /** Takes over all of another one, of units that are not in this one. */
  join(other: FigureSum): void {
    for (const key of Object.keys(this.#coverage) as Counted[]) this.#coverage[key] += other.#coverage[key];
    this.#withheld += other.#withheld;
    this.#closed += other.#closed;
    this.#over += other.#over;
    this.#by += other.#by;
    this.#weight += other.#weight;
    this.#weighed += other.#weighed;
    this.#unweighed += other.#unweighed;
    if (other.#value !== null) {
      const both = this.#value === null ? [other.#value] : [this.#value, other.#value];
      const { up } = this.#up;
      this.#value = up === 'max' ? Math.max(...both) : up === 'min' ? Math.min(...both) : both.reduce((a, b) => a + b);
    }
    if (other.#oldest !== null) this.#oldest = Math.min(this.#oldest ?? other.#oldest, other.#oldest);
  }

  result(): RolledUp {
    const closed = this.#closed > 0 && { closed: this.#closed };
    const share = this.#weight > 0n && { share: Number((this.#weighed * 10_000n) / this.#weight) };
    const unweighed = this.#unweighed > 0 && { unweighed: this.#unweighed };
    const coverage = { ...this.#coverage, ...(this.#withheld > 0 && { withheld: this.#withheld }) };
    return { value: this.#total(), coverage, oldest: this.#oldest, ...share, ...unweighed, ...closed };
  }

  #total(): number | null {
    const { up, shift = 0 } = this.#up;
    if (up === 'weighted') return this.#by === 0n ? null : divided(this.#over, this.#by);
    if (up === 'ratio') return ratioOf(this.#over, this.#by, shift);
    return this.#value;
  }
}

/** FG9, FG174: decimals by which steps of a ratio are moved, so that it is in steps of its own, and per so many. */
export function shiftOf(
  { scale, numerator, denominator, per }: Pick<Indicator, 'scale' | 'numerator' | 'denominator' | 'per'>,
  indicators: ReadonlyMap<string, Pick<Indicator, 'scale'>>,
): number {
  const scaleOf = (code = '') => indicators.get(code)?.scale ?? 0;
  return scale + scaleOf(denominator) - scaleOf(numerator) + Math.round(Math.log10(per ?? 1));
}

/**
 * FG9: in steps, rounded once, half away from zero; null: there is nothing to divide by, or the result is larger than
 * numbers are exact. @param shift decimals to move by
 */
export function ratioOf(one: bigint, by: bigint, shift: number): number | null {
  if (by === 0n) return null;
  const ten = 10n ** BigInt(Math.abs(shift));
  return shift >= 0 ? divided(one * ten, by) : divided(one, by * ten);
}

function divided(one: bigint, by: bigint): number | null {
  const negative = one < 0n !== by < 0n;
  const [a, b] = [one < 0n ? -one : one, by < 0n ? -by : by];
  const steps = (2n * a + b) / (2n * b);
  if (steps > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return Number(negative ? -steps : steps);
}
