import { hash } from 'node:crypto';
import type { FigureIntake } from '../../domain/figure/FigureIntake.ts';
import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';
import type { Logger } from '../../observability/logger.ts';
import { Hospitals } from './Hospitals.ts';
import { OUTBREAK_DAYS } from './outbreakAnchors.ts';
import { outbreakSources } from './outbreakIndicators.ts';
import { batchOf, type Reporter, SEED } from './scenario.ts';

interface Parts {
  readonly intake: Pick<FigureIntake, 'take'>;
  readonly reporters: readonly Reporter[];
  readonly clock: Clock;
  readonly logger: Logger;
}

const MINUTE_MS = 60_000;
const MINUTES = 60;
/** Viet Nam's time before UTC, hours; its days begin with it. */
const ZONE_HOURS = 7;
/** The scenario counts hours of hospitals from the evening before, at 19:00: what it told of this hour is said again. */
const SINCE_EVENING_HOURS = 5;
const SOURCE = 'sim-hospitals';

/**
 * DC11: simulated hospital reports after the scenario has ended. Each unit reports once an hour; each minute one sixtieth of
 * all units does.
 */
export class HourlyReports {
  readonly #parts: Parts;
  readonly #hospitals: Hospitals;
  #sweep: { close(): void } | undefined;
  #closed = false;
  /** The last minute whose units have reported, minutes since 1970. */
  #told = 0;
  #telling: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#hospitals = new Hospitals({ seed: SEED, reporters: parts.reporters });
  }

  /** At once, and each minute from then on. */
  begin(): void {
    if (this.#closed) return;
    const failed = (err: unknown) => this.#parts.logger.warn({ err }, 'hospitals of the demo report later');
    this.#sweep = every(MINUTE_MS, () => this.tell(), failed);
    void this.tell().catch(failed);
  }

  /** Resolves when nothing is being written any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#sweep?.close();
    await this.#telling?.catch(() => undefined);
  }

  /** Records the reports of all minutes since the last call; at most those of the hour before and of this one. */
  tell(): Promise<void> {
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = undefined;
    });
    return this.#telling;
  }

  async #tell(): Promise<void> {
    const now = Math.floor(this.#parts.clock.now().getTime() / MINUTE_MS);
    const hour = Math.floor(now / MINUTES);
    // A whole hour is there then, beside the one that comes in.
    await this.#report(hour - 1, Math.max(this.#told, (hour - 1) * MINUTES - 1), hour * MINUTES - 1);
    await this.#report(hour, Math.max(this.#told, hour * MINUTES - 1), now);
  }

  /** @param hour hours since 1970 @param after,last minutes: the units of those after the first, up to the last */
  async #report(hour: number, after: number, last: number): Promise<void> {
    if (last <= after) return;
    const source = outbreakSources.find(({ code }) => code === SOURCE);
    if (!source) throw new Error(`the scenario has no source ${SOURCE}`);
    const first = (after + 1) % MINUTES;
    const units = new Set(
      this.#parts.reporters.flatMap(({ code }, i) =>
        i % MINUTES >= first && i % MINUTES <= last % MINUTES ? [code] : [],
      ),
    );
    const at = new Date(hour * MINUTES * MINUTE_MS);
    const rows = this.#hospitals
      .rows(24 * OUTBREAK_DAYS + SINCE_EVENING_HOURS + ((hour + ZONE_HOURS) % 24), at)
      .filter(({ unit }) => units.has(unit))
      .map((row, i) => ({ ...row, row: i + 1 }));
    if (rows.length > 0) {
      const { key } = batchOf({ source: SOURCE, at, rows });
      const ask = { key, mode: 'partial', dryRun: false, bodyHash: hash('sha256', key), by: source.name } as const;
      await this.#parts.intake.take(source, rows, ask);
    }
    this.#told = last;
  }
}
