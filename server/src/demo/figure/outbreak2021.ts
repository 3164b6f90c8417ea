import { Dice } from './Dice.ts';
import { Hospitals } from './Hospitals.ts';
import { OutbreakCountry } from './OutbreakCountry.ts';
import { OUTBREAK_DAYS, printedDeaths } from './outbreakAnchors.ts';
import { outbreakGoesOn } from './outbreakGoesOn.ts';
import { outbreakIndicators, outbreakSources } from './outbreakIndicators.ts';
import { batchOf, dayAfter, momentOn, type Scenario, type ScenarioBatch, type Telling } from './scenario.ts';

const NATION = 'vn';
const LAST = OUTBREAK_DAYS - 1;
/** So many hours after the last evening hospitals report; the hours of thirty days would be millions of rows. */
const WARD_HOURS = 12;
const HOUR_MS = 3_600_000;

/** The outbreak of August 2021, moved to the days that end with `lastDay`. */
export const outbreak2021: Scenario = {
  name: 'outbreak-2021',
  indicators: outbreakIndicators,
  sources: outbreakSources,
  goesOn: outbreakGoesOn,
  *plain(telling) {
    const country = new OutbreakCountry(telling);
    const hospitals = new Hospitals(telling);
    yield* population(telling);
    let day = 0;
    for (const totals of country.totals()) {
      yield* dayOf(telling, { country, hospitals, day, totals });
      day++;
    }
    yield* hours(telling, hospitals);
  },
};

interface Today {
  readonly country: OutbreakCountry;
  readonly hospitals: Hospitals;
  readonly day: number;
  readonly totals: readonly number[];
}

/** Invented, and counted once. In two batches: what is smaller than the country befalls no mishap. */
function* population({ seed, reporters, lastDay }: Telling): Generator<ScenarioBatch> {
  const first = dayAfter(lastDay, -LAST);
  const rows = reporters.map(({ code }) => {
    const people = Math.round(1_500 + 18_000 * new Dice(seed, `people:${code}`).next() ** 1.5);
    return { indicator: 'population', unit: code, period: first, value: String(people) };
  });
  const half = Math.ceil(rows.length / 2);
  for (const part of [rows.slice(0, half), rows.slice(half)])
    yield batchOf({ source: 'sim-statistics', at: momentOn(first, '07:00'), rows: part });
}

/** What is sent in the evening of a day. */
function* dayOf(telling: Telling, { country, hospitals, day, totals }: Today): Generator<ScenarioBatch> {
  const date = (of: number) => dayAfter(telling.lastDay, of - LAST);
  const today = date(day);
  const rows = (indicator: string, values: readonly number[], of = day, tenths = false) => {
    const period = date(of);
    return telling.reporters.map(({ code }, i) => {
      const value = values[i] as number;
      return { indicator, unit: code, period, value: tenths ? (value / 10).toFixed(1) : String(value) };
    });
  };
  const cases = country.cases(day);
  yield batchOf({ source: 'sim-bulletin', at: momentOn(today, '18:00'), rows: bulletin(country, day, today) });
  if (day === LAST) yield batchOf({ source: 'sim-press', at: momentOn(today, '18:03'), rows: press(country, today) });
  const earlier = country.addedLater(day);
  if (earlier.length > 0) {
    const added = earlier.flatMap(({ day: of, cases: more }) => {
      const before = country.cases(of);
      const sums = before.map((each, i) => each + (more[i] as number));
      return rows('covid-new', sums, of).filter((_, i) => (more[i] as number) > 0);
    });
    const reason = 'Bổ sung ca của các ngày trước tại Bình Dương';
    yield batchOf({ source: 'sim-cases', at: momentOn(today, '18:05'), rows: added, reason }, ['earlier']);
  }
  const tests = testsOf(new Dice(telling.seed, `tests:${day}`), cases);
  const wardsNow = hospitals.at(24 * day + 18).map(({ oxygen }) => oxygen);
  const sent = { source: 'sim-cases', at: momentOn(today, '18:10') };
  yield batchOf({ ...sent, rows: rows('covid-new', cases) });
  yield batchOf({ ...sent, at: momentOn(today, '18:12'), rows: rows('covid-total', totals) });
  yield batchOf({ ...sent, at: momentOn(today, '18:14'), rows: rows('covid-tests', tests) });
  const oxygen = rows('oxygen', wardsNow, day, true);
  yield batchOf({ source: 'sim-hospitals', at: momentOn(today, '18:20'), rows: oxygen });
}

/** The last full hours before `until`. */
function* hours({ lastDay, until }: Telling, hospitals: Hospitals): Generator<ScenarioBatch> {
  const evening = momentOn(lastDay, '19:00').getTime();
  const end = until?.getTime() ?? evening + WARD_HOURS * HOUR_MS;
  const after = Math.floor((end - evening) / HOUR_MS);
  for (let hour = Math.max(0, after - WARD_HOURS); hour < after; hour++) {
    const at = new Date(evening + hour * HOUR_MS + 40 * 60_000);
    yield batchOf({ source: 'sim-hospitals', at, rows: hospitals.rows(24 * OUTBREAK_DAYS + hour, at) });
  }
}

/** The country and its provinces, as the bulletin has them; deaths on the days of which they are known. */
function bulletin(country: OutbreakCountry, day: number, period: string): ScenarioBatch['rows'] {
  const deaths = printedDeaths.find((printed) => printed.day === day + 1);
  const row = (indicator: string, unit: string, value: number) => ({ indicator, unit, period, value: String(value) });
  return [
    row('covid-announced', NATION, country.printed(day).cases),
    ...country.provinces(day).map(([province, cases]) => row('covid-announced', province, cases)),
    ...(deaths ? [row('covid-deaths', NATION, deaths.total)] : []),
  ];
}

/** A newspaper has another number for one province. */
function press({ printedIn }: OutbreakCountry, period: string): ScenarioBatch['rows'] {
  const { province, cases } = printedIn.disputed;
  return [{ indicator: 'covid-announced', unit: province, period, value: String(cases) }];
}

/** Many more than cases, and some where there are none. */
const testsOf = (dice: Dice, cases: readonly number[]): number[] =>
  cases.map((each) => dice.below(30) + Math.round(each * (8 + 12 * dice.next())));
