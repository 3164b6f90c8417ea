import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import { Dice } from './Dice.ts';
import { batchOf, dayAfter, momentOn, type Reporter, type Scenario, type ScenarioRow } from './scenario.ts';

const DAY = 86_400;
const WEEKS = 8;
const common = { mayStage: true, simulated: true, version: 1 } as const;

const indicators: readonly Indicator[] = [
  {
    ...{ ...common, code: 'households', scale: 0, kind: 'stock', every: 'once', up: 'sum' },
    name: { vi: 'Số hộ', en: 'Households' },
    unit: { vi: 'hộ', en: 'households' },
    ...{ dueSeconds: 0, staleSeconds: 3_650 * DAY },
  },
  {
    ...{ ...common, code: 'poor-households', scale: 0, kind: 'stock', every: 'month', up: 'sum' },
    name: { vi: 'Hộ nghèo', en: 'Poor households' },
    unit: { vi: 'hộ', en: 'households' },
    ...{ dueSeconds: 5 * DAY, staleSeconds: 62 * DAY },
  },
  {
    ...{ ...common, code: 'investment', scale: 1, kind: 'cumulative', every: 'week', up: 'sum' },
    name: { vi: 'Vốn đầu tư công đã giải ngân', en: 'Public investment disbursed' },
    unit: { vi: 'tỷ đồng', en: 'billion dong' },
    ...{ dueSeconds: 2 * DAY, staleSeconds: 21 * DAY },
  },
  {
    ...{ ...common, code: 'rice-price', scale: 0, kind: 'stock', every: 'week', up: 'weighted', weight: 'households' },
    name: { vi: 'Giá gạo tẻ', en: 'Price of rice' },
    unit: { vi: 'đồng/kg', en: 'dong/kg' },
    ...{ dueSeconds: 2 * DAY, staleSeconds: 21 * DAY },
    bounds: { hard: [1_000, 200_000], soft: [8_000, 40_000] },
  },
];

const source: FigureSource = {
  ...{ code: 'sim-economy', rank: 1, root: 'vn', simulated: true, indicators: indicators.map(({ code }) => code) },
  name: 'Nền tảng kinh tế – xã hội (mô phỏng)',
};

/** Economy and society over eight weeks: all of it invented. */
export const economy: Scenario = {
  name: 'economy',
  indicators,
  sources: [source],
  *plain({ seed, reporters, lastDay }) {
    const places = reporters.map((reporter) => placeOf(seed, reporter));
    const rows = (indicator: string, period: string, value: (place: Place) => string): ScenarioRow[] =>
      places.map((place) => ({ indicator, unit: place.code, period, value: value(place) }));
    const first = dayAfter(lastDay, -7 * WEEKS);
    const sent = (date: string, time: string, what: ScenarioRow[]) =>
      batchOf({ source: source.code, at: momentOn(date, time), rows: what });
    yield sent(
      first,
      '07:30',
      rows('households', first, ({ households }) => `${households}`),
    );
    yield sent(
      first,
      '07:40',
      rows('poor-households', first, ({ households, poor }) => `${Math.round(households * poor)}`),
    );
    for (let week = 0; week < WEEKS; week++) {
      const date = dayAfter(first, 7 * (week + 1));
      const dice = new Dice(seed, `prices:${week}`);
      const spent = rows('investment', date, ({ weekly }) => (weekly * (week + 1)).toFixed(1));
      const prices = rows('rice-price', date, ({ price }) => `${price + 50 * week + 100 * dice.below(6)}`);
      yield sent(date, '08:00', spent);
      yield sent(date, '08:10', prices);
    }
  },
};

interface Place {
  readonly code: string;
  readonly households: number;
  /** Share of the households. */
  readonly poor: number;
  /** Thousand million dong a week. */
  readonly weekly: number;
  readonly price: number;
}

function placeOf(seed: number, { code }: Reporter): Place {
  const dice = new Dice(seed, `place:${code}`);
  return {
    code,
    households: 200 + dice.below(6_000),
    poor: 0.01 + 0.15 * dice.next() ** 2,
    weekly: Math.round(60 * dice.next() ** 3) / 10,
    price: 13_000 + 100 * dice.below(60),
  };
}
