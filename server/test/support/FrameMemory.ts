import type { FrameStore, MadeFrame } from '../../src/domain/figure/kept/ports.ts';
import type { FigureReader } from '../../src/domain/figure/ports.ts';

type Record = Pick<FigureReader, 'since' | 'observations'>;

/** Frames in memory, as a database would give them back: other objects, with the same in them. */
export class FrameMemory implements FrameStore {
  readonly kept: MadeFrame[] = [];
  /** What was said and done is looked up there. */
  readonly #record: Record;
  readonly #now: () => number;
  /** Another node has the lock. */
  isElsewhere = false;

  constructor(record: Record, now: () => number = () => 0) {
    this.#record = record;
    this.#now = now;
  }

  async newest(...[indicator, periods, until]: Parameters<FrameStore['newest']>): Promise<readonly MadeFrame[]> {
    const found = periods.flatMap((period) => {
      const of = this.kept.filter((each) => each.indicator === indicator && each.period === period && each.n <= until);
      return of.sort((a, b) => b.n - a.n).slice(0, 1);
    });
    return structuredClone(found);
  }

  async touched(...[indicator, frames, until]: Parameters<FrameStore['touched']>): Promise<ReadonlySet<number>> {
    const news = await this.#record.since(0);
    const isTouched = ({ period, n: after }: (typeof frames)[number]) =>
      news.some(
        ({ n, touches }) =>
          n > after && n <= until && touches?.[indicator]?.some((moment) => Date.parse(moment) === period),
      );
    return new Set(frames.filter(isTouched).map(({ period }) => period));
  }

  async recorded(...[indicator, period, until]: Parameters<FrameStore['recorded']>) {
    const rows = await this.#record.observations(indicator, { from: period, to: period, until });
    const framed = this.kept.flatMap((each) =>
      each.indicator === indicator && each.period === period ? [each.n] : [],
    );
    return [...new Set(rows.map(({ batch }) => batch))].map((n) => ({
      ...{ n, rows: rows.filter(({ batch }) => batch === n).length, isFramed: framed.includes(n) },
    }));
  }

  async keep(make: Parameters<FrameStore['keep']>[0]): Promise<boolean> {
    if (this.isElsewhere) return false;
    for (const frame of await make()) this.kept.push({ ...frame, made: this.#now() });
    return true;
  }
}
