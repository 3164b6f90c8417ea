import { hash } from 'node:crypto';
import type { FigureIntake } from '../../domain/figure/FigureIntake.ts';
import type { FigureBy } from '../../domain/figure/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../observability/logger.ts';
import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import { withMishaps } from './mishaps.ts';
import { outbreak2021 } from './outbreak2021.ts';
import type { Reporter, ScenarioBatch } from './scenario.ts';
import { dayAfter, dayBefore, SEED } from './scenario.ts';

interface Parts {
  readonly intake: Pick<FigureIntake, 'take'>;
  readonly definitions: {
    load(): Promise<{ readonly indicators: ReadonlyMap<string, Indicator> }>;
    putIndicator(wanted: Omit<Indicator, 'version'>, by: FigureBy): Promise<unknown>;
    putSource(wanted: FigureSource, by: FigureBy): Promise<unknown>;
  };
  readonly reporters: () => Promise<readonly Reporter[]>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const BY: FigureBy = { account: null, name: 'Điều Hành (mô phỏng)' };
/** Every day of these is there; of all else the last ones, so that a first start is soon done. */
const WHOLE: readonly string[] = ['covid-announced', 'covid-deaths', 'covid-new', 'population'];
const LAST_DAYS = 1;
const LAST_HOURS = 2;

/**
 * Thirty days of an outbreak in a new demo, recorded while it is served already. The computed indicator is defined last,
 * so whoever finds it finds the rest; a start that was ended before begins again.
 */
export class DemoFigures {
  /** Resolves when everything is there, or it was closed. Never rejects. */
  readonly done: Promise<void>;
  readonly #parts: Parts;
  #closed = false;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.done = this.#load().catch((err: unknown) =>
      parts.logger.warn({ err }, 'the figures of the demo are not all there'),
    );
  }

  static begin(parts: Parts): DemoFigures {
    return new DemoFigures(parts);
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.done;
  }

  async #load(): Promise<void> {
    const { definitions, clock, logger } = this.#parts;
    const { indicators } = await definitions.load();
    if (outbreak2021.indicators.every(({ code }) => indicators.has(code))) return;
    const computed = ({ up }: Indicator) => up === 'ratio';
    await this.#define(outbreak2021.indicators.filter((indicator) => !computed(indicator)));
    for (const source of outbreak2021.sources) await definitions.putSource(source, BY);
    const begin = performance.now();
    let rows = 0;
    const now = clock.now();
    const telling = { seed: SEED, reporters: await this.#parts.reporters(), lastDay: dayBefore(now), until: now };
    for (const batch of withMishaps(outbreak2021.plain(telling), telling)) {
      if (this.#closed) return;
      if (!isShown(batch, telling.lastDay, now)) continue;
      await this.#take(batch);
      rows += batch.rows.length;
    }
    await this.#define(outbreak2021.indicators.filter(computed));
    logger.info({ rows, ms: Math.round(performance.now() - begin) }, 'the figures of the demo are there');
  }

  async #define(indicators: readonly Indicator[]): Promise<void> {
    for (const { version: _, ...wanted } of indicators) await this.#parts.definitions.putIndicator(wanted, BY);
  }

  async #take({ source, key, rows, reason }: ScenarioBatch): Promise<void> {
    const from = outbreak2021.sources.find(({ code }) => code === source);
    if (!from) throw new Error(`the scenario has no source ${source}`);
    const numbered = rows.map((row, i) => ({ ...row, row: i + 1 }));
    const ask = { key, mode: 'partial', dryRun: false, ...(reason !== undefined && { reason }) } as const;
    await this.#parts.intake.take(from, numbered, { ...ask, bodyHash: hash('sha256', key), by: from.name });
  }
}

/** What would have come by now, and is not too old. */
function isShown({ at, rows: [row] }: ScenarioBatch, lastDay: string, now: Date): boolean {
  if (!row || at > now) return false;
  if (WHOLE.includes(row.indicator)) return true;
  return row.period.includes('T')
    ? Date.parse(row.period) >= now.getTime() - (LAST_HOURS + 1) * 3_600_000
    : row.period >= dayAfter(lastDay, -LAST_DAYS);
}
