import { hash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { backFill, patiently } from '../../server/src/domain/figure/backFill.ts';
import { FigureIntake } from '../../server/src/domain/figure/FigureIntake.ts';
import type { Units } from '../../server/src/domain/organisation/Units.ts';
import type { FigureRow } from '../../server/src/protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../server/src/protocol/figureDefinition.ts';
import { type Postgres, pinned, SESSION } from '../../server/src/store/postgres/base/Postgres.ts';
import { PrimaryClient } from '../../server/src/store/postgres/base/PrimaryClient.ts';
import type { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import type { PgFigureIntake } from '../../server/src/store/postgres/figure/PgFigureIntake.ts';

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
  /** The longest that the process did nothing else. */
  readonly blockedMs: number;
}

/** After so many rows: what the last million took. */
export interface FilledStep {
  readonly rows: number;
  readonly seconds: number;
  readonly copySeconds: number;
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
   * @param url of the same database: COPY has a connection of its own, without limits of time
   * @param told after each million, what the last one took
   */
  async many(url: string, rows: number, told: (step: FilledStep) => unknown = () => undefined): Promise<Filled> {
    const folder = await mkdtemp(join(tmpdir(), 'dh-figures-'));
    await chmod(folder, 0o755);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    let [ours, copy, blocked] = [0, 0, 0];
    let before = { ours, copy };
    const plain = new PrimaryClient(pinned(url, SESSION));
    await plain.connect();
    try {
      await plain.query('CREATE TABLE plain_copy (LIKE observations INCLUDING ALL)');
      for (let done = 0; done < rows; done += BATCH_ROWS) {
        const batch = this.#rows(Math.min(BATCH_ROWS, rows - done));
        const file = await written(join(folder, 'rows'), batch);
        copy += await timed(() => plain.query(`COPY plain_copy FROM '${file}'`));
        delay.enable();
        ours += await timed(() => this.#take(batch));
        delay.disable();
        blocked = Math.max(blocked, delay.max / 1e6);
        delay.reset();
        if ((done + BATCH_ROWS) % STEP_ROWS > 0) continue;
        await told({
          rows: done + BATCH_ROWS,
          seconds: tenth(ours - before.ours),
          copySeconds: tenth(copy - before.copy),
        });
        before = { ours, copy };
      }
      const { rows: counted } = await plain.query<{ same: boolean }>(
        'SELECT (SELECT count(*) FROM plain_copy) = $1 AS same',
        [rows],
      );
      if (!counted[0]?.same) throw new Error('COPY did not put all rows there');
    } finally {
      await plain.query('DROP TABLE IF EXISTS plain_copy');
      await plain.end();
      await rm(folder, { recursive: true });
    }
    const blockedMs = Math.round(blocked);
    return {
      rows,
      seconds: tenth(ours),
      copySeconds: tenth(copy),
      ratio: Math.round((100 * ours) / copy) / 100,
      blockedMs,
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

  /** The next so many cells back in time. */
  #rows(count: number): FigureRow[] {
    const hours = Math.ceil(count / this.#codes.length);
    const periods = Array.from({ length: hours }, () => new Date((this.#now - ++this.#hour) * HOUR_MS).toISOString());
    return periods
      .flatMap((period) => this.#codes.map((unit) => ({ indicator: benchIndicator.code, unit, period })))
      .slice(0, count)
      .map((cell, i) => ({ ...cell, row: i + 1, value: String((i * 7_919) % 500) }));
  }

  async #take(rows: readonly FigureRow[]): Promise<void> {
    const key = randomUUID();
    const ask = { source: benchSource, rows, key, mode: 'whole', dryRun: false, by: 'bench' } as const;
    const { intake, units } = this.#parts;
    const answer = await patiently(
      () => intake.take({ ...ask, bodyHash: hash('sha256', key) }, units.index),
      async (why, ms) => {
        console.error(`${why}: asked again in ${ms} ms`);
        await wait(ms);
      },
    );
    if (answer.accepted !== rows.length) throw new Error(`not all rows were taken: ${JSON.stringify(answer)}`);
  }
}

const lineOf = ({ row: _, ...row }: FigureRow): string => `${JSON.stringify(row)}\n`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** As COPY reads them, in the order of the columns. */
async function written(path: string, rows: readonly FigureRow[]): Promise<string> {
  const out = createWriteStream(path, { mode: 0o644 });
  for (const { period, value, indicator: of, unit } of rows)
    out.write(`${[period, '1', value, '\\N', '1', 'f', of, unit, benchSource.code, 'A'].join('\t')}\n`);
  out.end();
  await once(out, 'finish');
  return path;
}
