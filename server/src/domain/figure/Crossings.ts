import type { FigureCrossing } from '../../protocol/figure.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { MOST_CROSSED } from '../../protocol/limits.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import type { FigureMove, LiveFigures } from './LiveFigures.ts';
import { CROSSINGS_KEPT } from './limits.ts';

/** Classes of the whole country are looked at once, in the period that it is shown (FG140). */
const ROOT = 0;

/** Classes of all units in a period, by place; -1: no value. */
interface Known {
  period: number;
  readonly classes: Int8Array;
}

/**
 * FG96: units whose value came into another class of a figure whose classes have words. Looked at once for all who watch, from
 * when somebody first does.
 */
export class Crossings {
  readonly #live: LiveFigures;
  /** Codes that somebody watches, or did. */
  readonly #followed = new Set<string>();
  readonly #known = new Map<string, Known>();
  /** By indicator, the oldest first. */
  readonly #crossed = new Map<string, FigureCrossing[]>();

  constructor(live: LiveFigures) {
    this.#live = live;
    // In another tree, or by other borders, nothing is compared with before.
    live.on('reloaded', () => {
      this.#known.clear();
      for (const code of this.#followed) this.#begin(code);
    });
    live.on('moved', (moves, at) => {
      for (const move of moves) this.#look(move, at);
    });
  }

  follow(code: string): void {
    if (!this.#live.definitions.indicators.get(code)?.cuts || this.#followed.has(code)) return;
    this.#followed.add(code);
    this.#begin(code);
  }

  #begin(code: string): void {
    const indicator = this.#live.definitions.indicators.get(code);
    const shown = indicator?.cuts && this.#live.shown(indicator, ROOT);
    if (indicator && shown) this.#known.set(code, this.#classes(indicator, shown.period));
  }

  /** In a territory, after an N, the newest first. */
  since(n: number, { indicators, root: unit }: { readonly indicators: readonly string[]; readonly root: UnitCode }) {
    const { layout } = this.#live;
    const root = layout.placeOf(unit);
    if (root === undefined) return [];
    const isInside = ({ unit }: FigureCrossing): boolean => {
      const place = layout.placeOf(unit) ?? -1;
      return place >= root && place < (layout.ends[root] ?? 0);
    };
    const found = indicators.flatMap((code) => this.#crossed.get(code) ?? []);
    return found
      .filter((one) => one.n > n && isInside(one))
      .sort((a, b) => b.n - a.n)
      .slice(0, MOST_CROSSED);
  }

  #look({ indicator: code, units }: FigureMove, recordedAt: number): void {
    if (!this.#followed.has(code)) return;
    const known = this.#known.get(code);
    const indicator = this.#live.definitions.indicators.get(code);
    const shown = indicator && this.#live.shown(indicator, ROOT);
    if (!indicator || !shown) return;
    // Of a flow nothing is carried into a period that begins.
    if (!known || (shown.period !== known.period && indicator.kind === 'flow')) {
      this.#begin(code);
      return;
    }
    known.period = shown.period;
    const cells = this.#live.cellsNow(indicator, shown.period);
    const crossed = this.#crossed.get(code) ?? [];
    for (const unit of units) {
      const place = this.#live.layout.placeOf(unit);
      if (place === undefined) continue;
      const { value } = cells.part(place);
      const [from = -1, to] = [known.classes[place], classOf(indicator, value)];
      known.classes[place] = to;
      if (value === null || from < 0 || from === to) continue;
      const at = new Date(recordedAt).toISOString();
      crossed.push({ indicator: code, unit, from, to, value, n: this.#live.n, at });
    }
    this.#crossed.set(code, crossed.slice(-CROSSINGS_KEPT));
  }

  #classes(indicator: Indicator, period: number): Known {
    const cells = this.#live.cellsNow(indicator, period);
    const { size } = this.#live.layout;
    const classes = Int8Array.from({ length: size }, (_, place) => classOf(indicator, cells.part(place).value));
    return { period, classes };
  }
}

const classOf = ({ cuts }: Indicator, value: number | null): number =>
  value === null ? -1 : (cuts?.at.filter((border) => value >= border).length ?? 0);
