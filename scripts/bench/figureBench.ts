import { hash, randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { backFill, patiently } from '../../server/src/domain/figure/backFill.ts';
import { FigureIntake } from '../../server/src/domain/figure/FigureIntake.ts';
import type { Units } from '../../server/src/domain/organisation/Units.ts';
import type { FigureRow } from '../../server/src/protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../server/src/protocol/figureDefinition.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import type { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import type { PgFigureIntake } from '../../server/src/store/postgres/figure/PgFigureIntake.ts';
import { PlainCopy } from './PlainCopy.ts';

const two = (text: string) => ({ vi: text, en: text });
export const benchIndicator: Omit<Indicator, 'version'> = {
  ...{ code: 'beds-free', name: two('Giường trống'), unit: two('giường'), scale: 0, kind: 'stock', every: 'hour' },
  ...{ up: 'sum', dueSeconds: 900, staleSeconds: 86_400, mayStage: true, simulated: true },
};
export const benchSource: FigureSource = {
  ...{ code: 'bench', name: 'Bench', rank: 1, root: 'vn', indicators: [benchIndicator.code], simulated: true },
};
const otherCode = (nr: number): string => `${benchIndicator.code}-${nr}`;
const HOUR_MS = 3_600_000;
const BATCH_ROWS = 50_000;
const STEP_ROWS = 1_000_000;
const RESOLUTION_MS = 5;

interface Parts {
  readonly postgres: Postgres;
  readonly definitions: PgFigureDefinitions;
  readonly intake: PgFigureIntake;
  readonly units: Units;
}

export interface Filled {
  readonly rows: number;
  readonly seconds: number;
  readonly copySeconds: number;
  readonly ratio: number;
  /** The longest that the process did nothing else, and in how many batches of how many that was longer than `LONG_MS`. */
  readonly blockedMs: number;
  readonly longBatches: number;
  readonly batches: number;
  /** Of a row on the disk, with its indexes. */
  readonly rowBytes: number;
}
export const LONG_MS = 100;

/** After so many rows: what the last million took. */
export interface FilledStep {
  readonly rows: number;
  readonly seconds: number;
  readonly copySeconds: number;
  /** So far. */
  readonly blockedMs: number;
}

export interface Filling {
  /** After each million. */
  readonly told?: (step: FilledStep) => unknown;
  /** No batch is begun later, by `performance.now()`. */
  readonly until?: number;
}

/** Seconds of milliseconds. */
const tenth = (ms: number): number => Math.round(ms / 100) / 10;

/** One figure of a country, hour after hour back from now. */
export class FigureBench {
  readonly #parts: Parts;
  readonly #codes: readonly string[];
  readonly #intake: FigureIntake;
  /** For as long as it lasts: a long run goes on into the next hour. */
  readonly #now = Math.floor(Date.now() / HOUR_MS);
  #hour = 0;

  private constructor(parts: Parts) {
    this.#parts = parts;
    const { intake: store, units } = parts;
    this.#intake = new FigureIntake({ store, tree: () => units.index, committed: () => undefined });
    this.#codes = parts.units.index.baseUnits(['vn']).map(({ code }) => code);
  }

  static async create(parts: Parts): Promise<FigureBench> {
    const by = { account: null, name: 'bench' };
    await parts.definitions.putIndicator(benchIndicator, by);
    await parts.definitions.putSource(benchSource, by);
    return new FigureBench(parts);
  }

  /**
   * So many rows by us and by COPY, batch by batch in turns.
   * @param url of the same database
   */
  async many(url: string, rows: number, { told = () => undefined, until = Infinity }: Filling = {}): Promise<Filled> {
    const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    const plain = await PlainCopy.create(url);
    let [ours, copy, blockedMs, done, batches, longBatches] = [0, 0, 0, 0, 0, 0];
    let before = { ours, copy };
    try {
      while (done < rows && performance.now() < until) {
        const batch = this.#rows(Math.min(BATCH_ROWS, rows - done));
        copy += await plain.add(batch, benchSource.code);
        late.reset();
        late.enable();
        ours += await timed(() => this.#take(batch));
        late.disable();
        const lateMs = Math.max(0, late.max / 1e6 - RESOLUTION_MS);
        blockedMs = Math.max(blockedMs, Math.round(lateMs));
        batches += 1;
        if (lateMs > LONG_MS) longBatches += 1;
        done += batch.length;
        if (done % STEP_ROWS > 0) continue;
        const [seconds, copySeconds] = [tenth(ours - before.ours), tenth(copy - before.copy)];
        await told({ rows: done, seconds, copySeconds, blockedMs });
        before = { ours, copy };
      }
    } finally {
      await plain.close();
    }
    const [size] = await this.#parts.postgres.query<{ bytes: number }>(
      `SELECT sum(pg_total_relation_size(relid))::float8 AS bytes FROM pg_partition_tree('observations')`,
    );
    return {
      ...{ rows: done, seconds: tenth(ours), copySeconds: tenth(copy), ratio: Math.round((100 * ours) / copy) / 100 },
      ...{ blockedMs, longBatches, batches, rowBytes: Math.round((size?.bytes ?? 0) / done) },
    };
  }

  /** A file of so many rows, as an operator fills it in. @param pace FG54 @returns seconds, with reading it twice */
  async fill(rows: number, pace: (tookMs: number) => Promise<void>): Promise<number> {
    const batches: string[] = [];
    for (let done = 0; done < rows; done += BATCH_ROWS)
      batches.push(
        this.#rows(Math.min(BATCH_ROWS, rows - done))
          .map(lineOf)
          .join(''),
      );
    async function* bytes() {
      for (const batch of batches) yield Buffer.from(batch);
    }
    let recorded = 0;
    const file = { bytes, type: 'application/x-ndjson', source: benchSource, dryRun: false } as const;
    const took = await timed(() =>
      backFill(
        file,
        this.#intake,
        ({ accepted }) => {
          recorded += accepted;
        },
        { pace },
      ),
    );
    if (recorded !== rows) throw new Error(`${recorded} of ${rows} rows were taken`);
    return tenth(took);
  }

  /** Other figures of the country, so that there are so many: the last hours of each. */
  async others(count: number, hours: number): Promise<void> {
    const codes = Array.from({ length: Math.max(0, count - 1) }, (_, i) => otherCode(i + 2));
    const by = { account: null, name: 'bench' };
    const { definitions } = this.#parts;
    for (const code of codes) await definitions.putIndicator({ ...benchIndicator, code }, by);
    await definitions.putSource({ ...benchSource, indicators: [benchIndicator.code, ...codes] }, by);
    const periods = Array.from({ length: hours }, (_, ago) => new Date((this.#now - ago) * HOUR_MS).toISOString());
    for (const indicator of codes)
      for (const period of periods)
        await this.#take(this.#codes.map((unit, i) => ({ row: i + 1, indicator, unit, period, value: `${i % 500}` })));
  }

  /** All cells of so many hours, the last of which began so many before now, sent once more with other values. */
  async again(before: number, hours: number, time: number): Promise<void> {
    for (let ago = before + hours - 1; ago >= before; ago -= 1) {
      const period = new Date((this.#now - ago) * HOUR_MS).toISOString();
      const sayingOf = (i: number) => String(((i + 1) * 7_919 + 37 * time) % 501);
      const indicator = benchIndicator.code;
      const rows = this.#codes.map((unit, i) => ({ row: i + 1, indicator, unit, period, value: sayingOf(i) }));
      await this.#take(rows, 'sent again');
    }
  }

  /** The next so many cells back in time. */
  #rows(count: number): FigureRow[] {
    const rows: FigureRow[] = [];
    while (rows.length < count) {
      const period = new Date((this.#now - ++this.#hour) * HOUR_MS).toISOString();
      for (const unit of this.#codes.slice(0, count - rows.length)) {
        const row = rows.length + 1;
        rows.push({ row, indicator: benchIndicator.code, unit, period, value: String((row * 7_919) % 500) });
      }
    }
    return rows;
  }

  /** @param reason of those that are not said for the first time; some of them may say what is on record */
  async #take(rows: readonly FigureRow[], reason?: string): Promise<void> {
    const key = randomUUID();
    const sent = { source: benchSource, rows, key, mode: 'whole', dryRun: false, by: 'bench' } as const;
    const ask = reason === undefined ? sent : { ...sent, reason };
    const { intake, units } = this.#parts;
    const answer = await patiently(
      () => intake.take({ ...ask, bodyHash: hash('sha256', key) }, units.index),
      async (why, ms) => {
        console.error(`${why}: asked again in ${ms} ms`);
        await wait(ms);
      },
    );
    if (answer.accepted + (reason === undefined ? 0 : answer.unchanged) !== rows.length)
      throw new Error(`not all rows were taken: ${JSON.stringify(answer)}`);
  }
}

const lineOf = ({ row: _, ...row }: FigureRow): string => `${JSON.stringify(row)}\n`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
