import { randomUUID } from 'node:crypto';
import { carriedOver, periodsKept } from '../../server/src/domain/figure/carriedOver.ts';
import { FigureCards } from '../../server/src/domain/figure/FigureCards.ts';
import { FigureService } from '../../server/src/domain/figure/FigureService.ts';
import { FrameMaker } from '../../server/src/domain/figure/kept/FrameMaker.ts';
import { LiveFigures } from '../../server/src/domain/figure/LiveFigures.ts';
import { KEPT } from '../../server/src/domain/figure/limits.ts';
import type { Units } from '../../server/src/domain/organisation/Units.ts';
import type { Account } from '../../server/src/protocol/organisation.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureFrames } from '../../server/src/store/postgres/figure/PgFigureFrames.ts';
import { PgFigureReader } from '../../server/src/store/postgres/figure/PgFigureReader.ts';
import { percentile } from '../load/summary.ts';
import { benchIndicator, type FigureBench } from './figureBench.ts';
import { collect, memoryInUse } from './memoryInUse.ts';

interface Spread {
  readonly p50: number;
  readonly p95: number;
}
export interface Reads {
  readonly indicators: number;
  /** A node reads the newest periods of all of them, row by row. */
  readonly coldStartMs: number;
  /** The same where frames of them are there. */
  readonly startMs: number;
  /** Of what it holds then: bytes of a period of one of them. */
  readonly periodBytes: number;
  readonly periods: number;
  readonly frames: number;
  /** On the average of one frame, from rows to COMMIT, and what it takes on the disk with its index. */
  readonly frameMs: number;
  readonly frameBytes: number;
  /** All units of the country in the newest period, written out. */
  readonly mapMs: Spread;
  /** In a period of before, as it was known at an N since, by rows alone. */
  readonly coldPastMs: Spread;
  /** The same by frames. */
  readonly pastMs: Spread;
  /** The same of a period that was sent again so often, as were all that stand in it, as known at an N between; undefined: not asked for. */
  readonly again?: { readonly times: number; readonly periods: number; readonly pastMs: Spread; readonly rows: number };
}

export interface ReadingAsked {
  readonly tries: number;
  /** How many times each period is sent again after the first time. [FG211] */
  readonly again: number;
}

const COLD_TRIES = 10;
/** Each look is at another one, so many before the last; and what it needs, beginning so long before. */
const STEP = 5;
const BEFORE = 14;
const HOUR_MS = 3_600_000;
/** The last of the periods that are sent again began so many hours ago: none of them is in memory. */
const SENT_AGAIN = 30;

/** Frames of the country, each asked for by somebody else and never the same twice: what is kept written is not measured. */
export async function readFigures(
  postgres: Postgres,
  units: Units,
  bench: FigureBench,
  { tries, again }: ReadingAsked,
): Promise<Reads> {
  const store = new PgFigureReader(postgres);
  const frames = new PgFigureFrames(postgres, (frame) => {
    throw new Error(`a frame is damaged: ${JSON.stringify(frame)}`);
  });
  const node = { store, frames, units: () => units.index.units, clock: { now: () => new Date() } };
  const first = nodeOf(node);
  const maker = new FrameMaker({ live: first, store, frames, leastRows: KEPT.leastRows });
  const coldStartMs = await timed(() => first.reload());
  const indicator = first.definitions.indicators.get(benchIndicator.code);
  if (!indicator) throw new Error('the figure of the bench is not there');
  const [newest = 0, ...earlier] = await store.periods(indicator.code, STEP * tries + BEFORE, first.n);
  const past = (i: number) => earlier[(i * STEP) % earlier.length] ?? newest;
  const cold: number[] = [];
  for (let i = 0; i < COLD_TRIES; i += 1) cold.push(await asked(first, store, units, past(i), first.n - (i % 3)));
  // Whoever looks at a period that has none wants one of it.
  first.emit('unframed', indicator.code, earlier);
  let made = 0;
  const making = await timed(async () => {
    for (let more = -1; more !== 0; made += Math.max(more, 0)) more = await maker.sweep();
  });
  const [size] = await postgres.query<{ bytes: number }>(
    `SELECT pg_total_relation_size('figure_frames')::float8 AS bytes`,
  );
  const live = nodeOf(node);
  const before = settled();
  const startMs = await timed(() => live.reload());
  const { indicators } = live.definitions;
  const kept = await Promise.all(
    [...indicators.values()].map(async (each) => (await store.periods(each.code, periodsKept(each), live.n)).length),
  );
  const periods = kept.reduce((sum, count) => sum + count, 0);
  const periodBytes = Math.round((settled() - before) / periods);
  const [maps, pasts]: [number[], number[]] = [[], []];
  for (let i = 0; i < tries; i += 1) {
    maps.push(await asked(live, store, units, newest, live.n));
    pasts.push(await asked(live, store, units, past(i), live.n - (i % 3)));
  }
  const sentAgain = again > 0 && (await lookAgain());
  return {
    ...(sentAgain && { again: sentAgain }),
    ...{ indicators: indicators.size, coldStartMs, startMs, frames: made, periods, periodBytes },
    ...{ frameMs: Math.round(making / made), frameBytes: Math.round((size?.bytes ?? 0) / made) },
    ...{ mapMs: spreadOf(maps), coldPastMs: spreadOf(cold), pastMs: spreadOf(pasts) },
  };

  /** As on a server: what is sent is heard of, and frames are made meanwhile. */
  async function lookAgain(): Promise<Reads['again']> {
    if (!indicator) return undefined;
    const hours = carriedOver(indicator) + 1;
    const keeper = new FrameMaker({ live, store, frames, leastRows: KEPT.leastRows });
    const known: number[] = [];
    for (let time = 1; time <= again; time += 1) {
      await bench.again(SENT_AGAIN, hours, time);
      await live.sweep();
      known.push(live.n);
      while ((await keeper.sweep()) > 0);
      console.error(`sent again ${time} of ${again} times`);
    }
    const period = newest - (SENT_AGAIN - 1) * HOUR_MS;
    const times: number[] = [];
    for (let i = 0; i < tries; i += 1) {
      // Between two periods of one time as well as between two times.
      const n = (known[(i * 7) % known.length] ?? live.n) - (i % hours);
      times.push(await asked(live, store, units, period, n));
    }
    const [count] = await postgres.query<{ rows: number }>(
      'SELECT count(*)::float8 AS rows FROM observations WHERE indicator = $1 AND period = $2',
      [indicator.code, new Date(period)],
    );
    return { times: again, periods: hours, pastMs: spreadOf(times), rows: count?.rows ?? 0 };
  }
}

/** Bytes, when nothing is left that nobody needs. */
function settled(): number {
  for (let i = 0; i < 2; i += 1) collect();
  return memoryInUse();
}

/** Each look is by a service of its own, which hears of all that moves. */
function nodeOf(parts: ConstructorParameters<typeof LiveFigures>[0]): LiveFigures {
  const live = new LiveFigures(parts);
  live.setMaxListeners(0);
  return live;
}

/** By an account of its own, at a service that has no frame written yet. */
async function asked(
  live: LiveFigures,
  store: PgFigureReader,
  units: Units,
  period: number,
  n: number,
): Promise<number> {
  const figures = new FigureService({ live, cards: new FigureCards(live), store, tree: () => units.index });
  const account: Account = { id: randomUUID(), name: 'Bench', role: 'principal', unit: units.get('vn') };
  const ask = { indicator: benchIndicator.code, period: new Date(period).toISOString(), n, root: 'vn' };
  return timed(() => figures.frame(account, ask));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

const spreadOf = (times: readonly number[]): Spread => ({
  p50: Math.round(percentile(times, 50)),
  p95: Math.round(percentile(times, 95)),
});
