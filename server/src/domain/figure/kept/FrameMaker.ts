import { inTurns } from '../../../lib/slices.ts';
import type { FigureMove, LiveFigures } from '../LiveFigures.ts';
import { KEPT } from '../limits.ts';
import type { FigureReader } from '../ports.ts';
import { type KeptFrame, keepingFrame } from './keptFrame.ts';
import type { FrameStore } from './ports.ts';

interface Parts {
  readonly live: LiveFigures;
  readonly store: Pick<FigureReader, 'observations' | 'acts'>;
  readonly frames: FrameStore;
  /** Periods of which fewer were said are as soon read as rows. */
  readonly leastRows: number;
}

interface Wanted {
  readonly indicator: string;
  readonly period: number;
  /** Not before that moment. */
  readonly from: number;
}

/**
 * FG51: makes frames of periods of which something was said, or of which a reader had to read many rows. Which are wanting each
 * node remembers by itself; one that was forgotten is remembered by whoever reads it next.
 */
export class FrameMaker {
  readonly #o: Parts;
  readonly #wanted = new Map<string, Wanted>();

  constructor(parts: Parts) {
    this.#o = parts;
    const { live } = parts;
    live.on('unframed', (indicator, periods) => this.#want(indicator, periods));
    live.on('moved', (moves) => {
      for (const move of moves) this.#want(move.indicator, this.#periodsOf(move));
    });
  }

  /** @returns how many were made */
  async sweep(): Promise<number> {
    const now = this.#o.live.now();
    const due = [...this.#wanted].filter(([, { from }]) => from <= now).slice(0, KEPT.atOnce);
    let made = 0;
    for (const [key, wanted] of due) {
      // What moves from here on is wanted anew.
      this.#wanted.delete(key);
      let frame: KeptFrame | undefined;
      let isMine = false;
      try {
        isMine = await this.#o.frames.keep(async () => {
          frame = await this.#frameOf(wanted);
          return frame;
        });
      } finally {
        if (!isMine && !this.#wanted.has(key)) this.#wanted.set(key, wanted);
      }
      if (!isMine) break;
      if (frame) made += 1;
    }
    return made;
  }

  /** Of the record alone, so that a frame that is wrong makes no other wrong. @returns undefined: none is wanting now */
  async #frameOf({ indicator, period }: Wanted): Promise<KeptFrame | undefined> {
    const { live, store, frames, leastRows } = this.#o;
    const { n: until } = live;
    const [known] = await frames.newest(indicator, [period], until);
    if (known) {
      if (!(await frames.touched(indicator, [known], until)).has(period)) return undefined;
      const from = known.made + KEPT.everyMs;
      if (from > live.now()) {
        this.#want(indicator, [period], from);
        return undefined;
      }
    }
    const span = { from: period, to: period, until };
    const rows = await store.observations(indicator, span);
    if (rows.length < leastRows) return undefined;
    return inTurns(keepingFrame({ indicator, period }, rows, await store.acts(indicator, span)));
  }

  /** What is computed of others has no rows. */
  #periodsOf({ indicator: code, units, older }: FigureMove): readonly number[] {
    const { live } = this.#o;
    const indicator = live.definitions.indicators.get(code);
    if (!indicator || indicator.up === 'ratio') return [];
    const newest = units.size > 0 ? live.newest(indicator)?.period : undefined;
    return newest === undefined ? older : [newest, ...older];
  }

  #want(indicator: string, periods: readonly number[], from = 0): void {
    for (const period of periods) {
      const key = `${indicator} ${period}`;
      if (!this.#wanted.has(key) && this.#wanted.size < KEPT.wanted) this.#wanted.set(key, { indicator, period, from });
    }
  }
}
