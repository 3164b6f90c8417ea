import { inTurns } from '../../../lib/slices.ts';
import type { FigureMove, LiveFigures } from '../LiveFigures.ts';
import { KEPT } from '../limits.ts';
import type { FigureReader } from '../ports.ts';
import { type KeptFrame, keepingFrame } from './keptFrame.ts';
import type { FrameStore, RecordedRows } from './ports.ts';

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
  /** Somebody has read many rows, which may lie between two frames. */
  readonly between: boolean;
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
    live.on('unframed', (indicator, periods) => this.#want(indicator, periods, { between: true }));
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
      let frames: readonly KeptFrame[] = [];
      let isMine = false;
      try {
        isMine = await this.#o.frames.keep(async () => {
          frames = await this.#framesOf(wanted);
          return frames;
        });
      } finally {
        if (!isMine && !this.#wanted.has(key)) this.#wanted.set(key, wanted);
      }
      if (!isMine) break;
      made += frames.length;
    }
    return made;
  }

  /** Of the record alone, so that a frame that is wrong makes no other wrong. @returns those that are wanting now */
  async #framesOf({ indicator, period, between }: Wanted): Promise<readonly KeptFrame[]> {
    const { live, store, frames, leastRows } = this.#o;
    const { n: until } = live;
    const [known] = await frames.newest(indicator, [period], until);
    const isTouched = !known || (await frames.touched(indicator, [known], until)).has(period);
    if (!isTouched && !between) return [];
    const from = known && isTouched ? known.made + KEPT.everyMs : 0;
    const isDue = isTouched && from <= live.now();
    const step = Math.max(leastRows, (known?.units.length ?? 0) / 2);
    const cuts = known ? cutsOf(await frames.recorded(indicator, period, until), step) : [];
    if (isTouched && !isDue && cuts.length === 0) this.#want(indicator, [period], { from });
    if (!isDue && cuts.length === 0) return [];
    const span = { from: period, to: period, until };
    const rows = await store.observations(indicator, span);
    if (rows.length < leastRows) return [];
    const acts = await store.acts(indicator, span);
    const made: KeptFrame[] = [];
    for (const n of isDue ? [...cuts.filter((cut) => cut < until), until] : cuts) {
      const said = rows.filter(({ batch }) => batch <= n);
      const done = acts.filter((act) => act.n <= n);
      made.push(await inTurns(keepingFrame({ indicator, period }, said, done)));
    }
    return made;
  }

  /** What is computed of others has no rows. */
  #periodsOf({ indicator: code, units, older }: FigureMove): readonly number[] {
    const { live } = this.#o;
    const indicator = live.definitions.indicators.get(code);
    if (!indicator || indicator.up === 'ratio') return [];
    const newest = units.size > 0 ? live.newest(indicator)?.period : undefined;
    return newest === undefined ? older : [newest, ...older];
  }

  #want(
    indicator: string,
    periods: readonly number[],
    { from = 0, between = false }: Partial<Pick<Wanted, 'from' | 'between'>> = {},
  ): void {
    for (const period of periods) {
      const key = `${indicator} ${period}`;
      const known = this.#wanted.get(key);
      if (known)
        this.#wanted.set(key, { ...known, from: Math.min(known.from, from), between: known.between || between });
      else if (this.#wanted.size < KEPT.wanted) this.#wanted.set(key, { indicator, period, from, between });
    }
  }
}

/**
 * FG211: sequence numbers as of which a frame is wanting, so that no reader has to read so many rows after one. A period of very many
 * rows has hourly ones alone, since each is made of all of them. Pure.
 */
export function cutsOf(recorded: readonly RecordedRows[], step: number): number[] {
  if (recorded.reduce((sum, { rows }) => sum + rows, 0) > KEPT.againRows) return [];
  const cuts: number[] = [];
  let since = 0;
  for (const { n, rows, isFramed } of recorded) {
    since = isFramed ? 0 : since + rows;
    if (since < step) continue;
    cuts.push(n);
    since = 0;
  }
  return cuts.slice(0, KEPT.cuts);
}
