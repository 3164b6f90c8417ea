import { randomUUID } from 'node:crypto';
import { FigureCards } from '../../server/src/domain/figure/FigureCards.ts';
import { FigureService } from '../../server/src/domain/figure/FigureService.ts';
import { LiveFigures } from '../../server/src/domain/figure/LiveFigures.ts';
import type { Units } from '../../server/src/domain/organisation/Units.ts';
import type { Account } from '../../server/src/protocol/organisation.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureReader } from '../../server/src/store/postgres/figure/PgFigureReader.ts';
import { percentile } from '../load/summary.ts';
import { benchIndicator } from './figureBench.ts';

interface Spread {
  readonly p50: number;
  readonly p95: number;
}
export interface Reads {
  readonly indicators: number;
  /** A node reads the newest periods of all of them. */
  readonly startMs: number;
  /** All units of the country in the newest period, written out. */
  readonly mapMs: Spread;
  /** In a period of before, as it was known at an N since. */
  readonly pastMs: Spread;
}

/** Frames of the country, each asked for by somebody else and never the same twice: what is kept written is not measured. */
export async function readFigures(postgres: Postgres, units: Units, tries: number): Promise<Reads> {
  const store = new PgFigureReader(postgres);
  const live = new LiveFigures({ store, units: () => units.index.units, clock: { now: () => new Date() } });
  // Each frame is asked of a service of its own.
  live.setMaxListeners(0);
  const begin = performance.now();
  await live.reload();
  const startMs = Math.round(performance.now() - begin);
  const parts = { live, cards: new FigureCards(live), store, tree: () => units.index };
  const indicator = live.definitions.indicators.get(benchIndicator.code);
  if (!indicator) throw new Error('the figure of the bench is not there');
  const periods = await store.periods(indicator.code, 720, live.n);
  const asked = async (period: number, n: number): Promise<number> => {
    const account: Account = { id: randomUUID(), name: 'Bench', role: 'principal', unit: units.get('vn') };
    const ask = { indicator: indicator.code, period: new Date(period).toISOString(), n, root: 'vn' };
    const from = performance.now();
    await new FigureService(parts).frame(account, ask);
    return performance.now() - from;
  };
  const [newest = 0, ...before] = periods;
  const [map, past]: [number[], number[]] = [[], []];
  for (let i = 0; i < tries; i += 1) {
    map.push(await asked(newest, live.n));
    past.push(await asked(before[(i * 7) % before.length] ?? newest, live.n - (i % 3)));
  }
  return { indicators: live.definitions.indicators.size, startMs, mapMs: spreadOf(map), pastMs: spreadOf(past) };
}

const spreadOf = (times: readonly number[]): Spread => ({
  p50: Math.round(percentile(times, 50)),
  p95: Math.round(percentile(times, 95)),
});
