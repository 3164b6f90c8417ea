import type { LiveFigures } from '../../../src/domain/figure/LiveFigures.ts';
import { periodOf } from '../../../src/domain/figure/periods.ts';
import type { Indicator } from '../../../src/protocol/figureDefinition.ts';
import { FigureMemory } from '../FigureMemory.ts';
import { ministry } from '../official/figure.ts';
import type { Chance } from './Chance.ts';
import { briefingIds, expectedIn } from './land.ts';

const DAY_MS = 86_400_000;
const today = periodOf('day', Date.UTC(2026, 10, 26));
const days = [today - DAY_MS, today];
const units = briefingIds.flatMap(expectedIn).map(({ unit }) => unit);

/** What each unit stands at, by indicator, day and unit. */
type Said = ReadonlyMap<string, number>;
const keyOf = (indicator: string, day: number, unit: string) => `${indicator} ${day} ${unit}`;

/** What is on record of figures, and beside it a model that knows nothing of boards: at each N, what was said last. */
export class SimFigures {
  readonly memory = new FigureMemory();
  readonly #saidAt: Said[] = [new Map()];

  /** One batch of a few units, or now and then another definition. @returns its N */
  record(chance: Chance): number {
    const before = this.#saidAt.at(-1) ?? new Map();
    if (chance.is(0.1)) {
      this.#saidAt.push(before);
      return this.memory.define({ sources: [{ ...ministry, rank: Math.floor(chance.between(1, 4)) }] });
    }
    const indicator = chance.one([this.memory.indicator, this.memory.other]);
    const day = chance.one(days);
    const values = units.filter(() => chance.is(0.4)).map((unit) => [unit, Math.floor(chance.between(0, 50))] as const);
    this.#saidAt.push(
      new Map([...before, ...values.map(([unit, value]) => [keyOf(indicator.code, day, unit), value] as const)]),
    );
    return this.memory.record(day, Object.fromEntries(values), indicator);
  }

  get last(): number {
    return this.#saidAt.length - 1;
  }

  /** FG19: what a node's boards say otherwise than the record up to the N that they have come to. */
  difference(figures: LiveFigures): string | undefined {
    const said = this.#saidAt[figures.n];
    if (!said) return `N ${figures.n} is on no record`;
    for (const indicator of [this.memory.indicator, this.memory.other]) {
      const saidOn = (day: number) => units.some((unit) => said.has(keyOf(indicator.code, day, unit)));
      const [newest, truth] = [figures.newest(indicator)?.period, days.findLast(saidOn)];
      if (newest !== truth) return `${indicator.code} as of N ${figures.n} ends with ${newest}, and not with ${truth}`;
      // It is a stock: what was not said anew goes on.
      const standsAt = (unit: string) => days.map((day) => said.get(keyOf(indicator.code, day, unit))).findLast(isSaid);
      const wrong = truth && units.find((unit) => valueIn(figures, indicator, truth, unit) !== standsAt(unit));
      if (wrong) return `unit ${wrong} of ${indicator.code} as of N ${figures.n} stands otherwise than on record`;
    }
    return undefined;
  }
}

function valueIn(figures: LiveFigures, indicator: Indicator, day: number, unit: string): number | undefined {
  const place = figures.layout.placeOf(unit);
  return place === undefined ? undefined : (figures.cellsNow(indicator, day).part(place).value ?? undefined);
}

const isSaid = (value: number | undefined): boolean => value !== undefined;
