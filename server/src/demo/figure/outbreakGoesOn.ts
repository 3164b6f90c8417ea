import type { Clock } from '../../lib/clock.ts';
import { vietNamTime } from '../../lib/vietNamTime.ts';
import { Hospitals } from './Hospitals.ts';
import { OutbreakCountry } from './OutbreakCountry.ts';
import { OUTBREAK_DAYS } from './outbreakAnchors.ts';
import { batchOf, type ScenarioBatch, type Telling } from './scenario.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Hours after which most cases of a day are known, and how many more there are in the end than on the last day told. */
const KNOWN_AFTER = 18;
const MORE = 1.3;

/**
 * After the last day: hospitals change from hour to hour, and today's cases become known one after the other. What is
 * sent is of the moment that it is, so that an hour told in a minute changes the map of now.
 */
export function* outbreakGoesOn(
  { seed, reporters }: Pick<Telling, 'seed' | 'reporters'>,
  begin: Date,
  clock: Clock,
): Generator<ScenarioBatch> {
  const hospitals = new Hospitals({ seed, reporters });
  const last = new OutbreakCountry({ seed, reporters }).cases(OUTBREAK_DAYS - 1);
  for (let hour = 0; ; hour++) {
    const at = (minute: number) => new Date(begin.getTime() + hour * HOUR_MS + minute * MINUTE_MS);
    yield batchOf({ source: 'sim-hospitals', at: at(0), rows: hospitals.rows(24 * OUTBREAK_DAYS + hour, clock.now()) });
    const period = vietNamTime(clock.now().toISOString()).slice(0, 10);
    const known = MORE * (1 - Math.exp(-(hour + 1) / KNOWN_AFTER));
    const rows = reporters.map(({ code }, i) => {
      const value = String(Math.floor(known * (last[i] as number)));
      return { indicator: 'covid-new', unit: code, period, value, status: 'P' as const };
    });
    yield batchOf({ source: 'sim-cases', at: at(20), rows });
  }
}
