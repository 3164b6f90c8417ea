import { Turns } from '../../../lib/Turns.ts';
import { DomainError } from '../../../protocol/errors.ts';
import type { FigureCells } from '../Cells.ts';
import { reaches } from '../carriedOver.ts';
import { lookedAt } from '../freshness.ts';
import type { FigureMove, LiveFigures } from '../LiveFigures.ts';
import { FRAMES_READ, STAGE_TELLS, STAGED_KEPT } from '../limits.ts';
import type { CellsAsk } from '../recordedCells.ts';

interface Kept {
  readonly of: CellsAsk;
  readonly cells: Promise<FigureCells>;
}

/**
 * FG66: how units stood in periods that are on a stage and not in memory: read from the record once, and again when
 * something was said of them, or the clock may have changed them.
 */
export class KeptCells {
  readonly #live: LiveFigures;
  readonly #kept = new Map<string, Kept>();
  readonly #turns = new Turns({ ...FRAMES_READ, full: () => crowded() });

  constructor(live: LiveFigures) {
    this.#live = live;
    live.on('reloaded', () => this.#kept.clear());
    live.on('moved', (moves) => {
      for (const move of moves) this.#forget(move);
    });
  }

  /** @throws DomainError `busy`, and what reading throws */
  take(of: CellsAsk, read: () => Promise<FigureCells>): Promise<FigureCells> {
    const key = `${of.indicator.code} ${of.period}`;
    const known = this.#kept.get(key);
    if (known && !isOld(known.of, of)) return known.cells;
    const made: Kept = { of, cells: this.#turns.take(read) };
    made.cells.catch(() => {
      if (this.#kept.get(key) === made) this.#kept.delete(key);
    });
    this.#kept.delete(key);
    this.#kept.set(key, made);
    for (const oldest of [...this.#kept.keys()].slice(0, -STAGED_KEPT)) this.#kept.delete(oldest);
    return made.cells;
  }

  #forget({ indicator: code, units, older }: FigureMove): void {
    for (const [key, { of }] of this.#kept) {
      if (of.indicator.code !== code) continue;
      const newest = units.size > 0 ? this.#live.newest(of.indicator)?.period : undefined;
      const touched = newest === undefined ? older : [...older, newest];
      if (touched.some((period) => reaches(of.indicator, period, of.period))) this.#kept.delete(key);
    }
  }
}

/** A past period is looked at from when the last of it was due (FG19), and from then on always the same. */
function isOld({ at: before }: CellsAsk, { indicator, period, at: now }: CellsAsk): boolean {
  const from = (at: number): number => lookedAt(indicator, period, false, at);
  return from(before) !== from(now) && (from(now) < now || now - before >= STAGE_TELLS.lookMs);
}

const crowded = () =>
  new DomainError(
    'busy',
    {
      vi: 'Lúc này có quá nhiều kỳ cũ đang được đọc để chiếu',
      en: 'many periods of the past are read for stages at this moment',
    },
    {
      retryAfterSeconds: FRAMES_READ.retryAfterSeconds,
    },
  );
