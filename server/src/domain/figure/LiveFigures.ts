import { EventEmitter } from 'node:events';
import type { Clock } from '../../lib/clock.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import { CatchUp } from '../shared/CatchUp.ts';
import { cellsOf, type FigureCells } from './Cells.ts';
import { periodsKept } from './carriedOver.ts';
import { isAddition } from './definitions.ts';
import { FigureBoard } from './FigureBoard.ts';
import { FigureLayout } from './FigureLayout.ts';
import type { FigureDefinitions } from './facts.ts';
import { lookedAt } from './freshness.ts';
import { indicatorCells } from './indicatorCells.ts';
import type { FrameReader } from './kept/ports.ts';
import { readBoard } from './kept/readBoard.ts';
import { partsOf, reportersOf } from './partsOf.ts';
import { periodAfter, periodOf } from './periods.ts';
import type { FigureReader } from './ports.ts';
import { type CellsAsk, recordedCells } from './recordedCells.ts';
import { ShownPeriods } from './shown/ShownPeriods.ts';
import type { PeriodCoverage, ShownPeriod } from './shown/shownPeriod.ts';
import { newestOf, touchedIn } from './touched.ts';

/** How far figures have come. */
export interface FigureMark {
  readonly n: number;
}

/**
 * Of one indicator: units of which anything was said in the periods that are in memory, and all periods before the newest of
 * which anything was said.
 */
export interface FigureMove {
  readonly indicator: string;
  readonly units: ReadonlySet<UnitCode>;
  readonly older: readonly number[];
}

interface Parts {
  readonly store: FigureReader;
  /** undefined: there are none. */
  readonly frames?: FrameReader | undefined;
  /** Units in path order, as they are today. */
  readonly units: () => FigureLayout['units'];
  /** PostgreSQL's. */
  readonly clock: Clock;
}

interface LookingAt {
  /** By which cells are read; the one of this moment. */
  readonly layout?: FigureLayout;
  /** When, and whether, cells are read from the record that are not in memory. */
  readonly inTurn?: (read: () => Promise<FigureCells>, of: CellsAsk) => Promise<FigureCells>;
}

/** Figures as this node knows them: the newest periods in memory, up to one N, and anything else from the record. */
export class LiveFigures extends EventEmitter<{
  /** With when the first of it was recorded. */
  moved: [readonly FigureMove[], number];
  /** A definition or the tree is another: everything may be. */
  reloaded: [];
  committed: [FigureMark];
  /** FG51: many rows of these periods of an indicator were read. */
  unframed: [string, readonly number[]];
}> {
  readonly #o: Parts;
  readonly #boards = new Map<string, FigureBoard>();
  readonly #catchUp: CatchUp<FigureMark>;
  #definitions: FigureDefinitions = { indicators: new Map(), sources: new Map() };
  #layout = new FigureLayout([]);
  #n = -1;
  /** A reading of everything was begun, and has not come to its end. */
  #isStale = false;
  readonly #shown = new ShownPeriods({
    layout: () => this.#layout,
    indicators: () => this.#definitions.indicators,
    now: () => this.now(),
    boards: (indicator) => partsOf(indicator).flatMap((code) => this.#boards.get(code) ?? []),
    cells: (indicator, period) => this.cellsNow(indicator, period),
  });
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    super();
    this.#o = parts;
    this.#catchUp = new CatchUp<FigureMark>({
      idOf: () => 'figures',
      isBehind: ({ n }) => n > this.#n,
      read: () => this.#inTurn(() => this.#read()),
      marks: async () => [{ n: await parts.store.last() }],
    });
  }

  /** FG4: all batches and acts up to this one are known here. */
  get n(): number {
    return Math.max(this.#n, 0);
  }

  get definitions(): FigureDefinitions {
    return this.#definitions;
  }

  get layout(): FigureLayout {
    return this.#layout;
  }

  now(): number {
    return this.#o.clock.now().getTime();
  }

  /** Of this node's own commit. */
  committed(n: number): void {
    this.emit('committed', { n });
    void this.hint({ n }).catch(() => undefined); // the sweep finds it
  }

  hint(mark: FigureMark): Promise<void> {
    return this.#catchUp.hint(mark);
  }

  /** Also reads all anew where that failed. */
  async sweep(): Promise<void> {
    if (this.#isStale) await this.reload();
    await this.#catchUp.sweep();
  }

  /** All anew: at the start, when a definition is another than before, and when the tree is. */
  reload(): Promise<void> {
    return this.#inTurn(() => this.#reload());
  }

  async #reload(): Promise<void> {
    this.#isStale = true;
    const n = await this.#o.store.last();
    const definitions = await this.#o.store.load();
    const layout = new FigureLayout(this.#o.units(), await this.#o.store.successions());
    const boards: FigureBoard[] = [];
    for (const indicator of definitions.indicators.values()) {
      if (indicator.up === 'ratio') continue;
      const [newest] = await this.#o.store.periods(indicator.code, 1, n);
      if (newest === undefined) {
        boards.push(new FigureBoard(indicator, layout, definitions.sources));
        continue;
      }
      const from = periodAfter(indicator.every, newest, 1 - periodsKept(indicator));
      boards.push(
        await readBoard(indicator, { from, to: newest, until: n }, this.#ground(layout, definitions.sources)),
      );
    }
    this.#definitions = definitions;
    this.#layout = layout;
    this.#boards.clear();
    for (const board of boards) this.#boards.set(board.indicator.code, board);
    this.#n = n;
    this.#isStale = false;
    this.emit('reloaded');
  }

  /** The newest period of an indicator, and the last N that is in it; undefined: there are no values. */
  newest(indicator: Indicator): { readonly period: number; readonly n: number } | undefined {
    const [board, ...others] = partsOf(indicator).map((code) => this.#boards.get(code));
    const period = board?.newest;
    if (!board || period === undefined) return undefined;
    return { period, n: Math.max(board.n, ...others.map((other) => other?.n ?? 0)) };
  }

  /** Starts of the periods of an indicator that are in memory, the newest first, ms. */
  periodsKept(indicator: Indicator): readonly number[] {
    return this.#boards.get(partsOf(indicator)[0] ?? '')?.periods ?? [];
  }

  /** Periods of which anything is on record, the newest first. */
  async periods(indicator: Indicator, most: number): Promise<readonly number[]> {
    return this.#o.store.periods(partsOf(indicator)[0] ?? '', most, this.n);
  }

  /** The period of an indicator that is shown in a territory, and the newest sequence number in it; undefined: no values. (FG140) */
  shown(indicator: Indicator, root: number): (ShownPeriod & { readonly n: number }) | undefined {
    const newest = this.newest(indicator);
    const shown = newest && this.#shown.of(indicator, root);
    return newest && shown && { ...shown, n: newest.n };
  }

  /** Of how many units of a territory a period that is in memory has a value. */
  coverage(indicator: Indicator, period: number, root: number): PeriodCoverage {
    return this.#shown.coverage(indicator, period, root);
  }

  /** How the units stand now, in a period that is in memory. */
  cellsNow(indicator: Indicator, period: number): FigureCells {
    const now = this.now();
    return this.#combined({ indicator, period }, this.#layout, (code) => {
      const board = this.#boards.get(code);
      const of = this.#definitions.indicators.get(code);
      if (!of || !board) return undefined;
      const start = this.#onGrid(of, period);
      return cellsOf(of, board.sheets, this.#layout.size, start, lookedAt(of, start, board.isPresent(start, now), now));
    });
  }

  /** FG19: how they stood in a period, as known at an N that this node knows, looked at from then. */
  cellsAt(indicator: Indicator, period: number, n: number, at: number): Promise<FigureCells> {
    return this.lookAt({ indicator, period, n, at }, (cells) => cells);
  }

  /** The same, for whoever takes of it what they need at once: boards go on. */
  async lookAt<T>(
    ask: CellsAsk,
    take: (cells: FigureCells) => T,
    { layout = this.#layout, inTurn = (read) => read() }: LookingAt = {},
  ): Promise<T> {
    const { indicator, period, at } = ask;
    const found = new Map<string, FigureCells>();
    const onGrid = (of: Indicator): CellsAsk => ({ ...ask, indicator: of, period: this.#onGrid(of, period) });
    const parts = partsOf(indicator).flatMap((code) => this.#definitions.indicators.get(code) ?? []);
    for (;;) {
      // While one of them is read, the board of the other may have gone beyond that N.
      const missing = parts.find((of) => !found.has(of.code) && !this.#board(onGrid(of), layout));
      if (!missing) break;
      const ground = this.#ground(layout, this.#definitions.sources);
      const of = onGrid(missing);
      const cells = await inTurn(() => recordedCells(of, ground), of);
      found.set(missing.code, cells);
    }
    for (const part of parts) {
      const of = onGrid(part);
      const board = found.has(part.code) ? undefined : this.#board(of, layout);
      if (!board) continue;
      const from = lookedAt(part, of.period, board.isPresent(of.period, at), at);
      found.set(part.code, cellsOf(part, board.sheets, layout.size, of.period, from));
    }
    return take(this.#combined(ask, layout, (code) => found.get(code)));
  }

  #ground(layout: FigureLayout, sources: FigureDefinitions['sources']) {
    const { store, frames } = this.#o;
    const unframed = (code: string, periods: readonly number[]) => this.emit('unframed', code, periods);
    return { store, frames, layout, sources, unframed };
  }

  #board({ indicator, period, n }: Pick<CellsAsk, 'indicator' | 'period' | 'n'>, layout: FigureLayout) {
    const board = this.#boards.get(indicator.code);
    return board && board.layout === layout && board.n <= n && board.covers(period) ? board : undefined;
  }

  #combined(
    { indicator, period }: Pick<CellsAsk, 'indicator' | 'period'>,
    layout: FigureLayout,
    cells: (code: string) => FigureCells | undefined,
  ): FigureCells {
    return indicatorCells(indicator, period, { layout, indicators: this.#definitions.indicators }, cells);
  }

  /** FG90: whether a unit of today reports an indicator. */
  isReporting(indicator: Indicator, unit: UnitCode): boolean {
    const listed = reportersOf(indicator, this.#definitions.indicators);
    const place = this.#layout.placeOf(unit);
    return place !== undefined && (listed === undefined || this.#layout.reporting(listed)[place] === 1);
  }

  /** What is reported once, or less often, is looked at in the period in which this one lies. */
  #onGrid({ every }: Indicator, period: number): number {
    return periodOf(every, period);
  }

  /** Readings follow each other: each goes on where the one before it has come to. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.catch(() => undefined).then(work);
    return this.#turn;
  }

  async #read(): Promise<void> {
    const news = await this.#o.store.since(this.#n);
    const [first, last] = [news[0], news.at(-1)];
    if (!first || !last) return;
    if (this.#n < 0) return this.#reload();
    if (news.some(({ touches }) => touches === null) && !(await this.#define())) return this.#reload();
    const moves = new Map<string, FigureMove>();
    for (const [code, periods] of touchedIn(news)) {
      const board = this.#boards.get(code);
      if (!board) continue;
      const span = { ...newestOf(board, periods), after: this.#n, until: last.n };
      const { store } = this.#o;
      const nothing = span.from > span.to;
      const rows = nothing ? [] : await store.observations(code, span);
      const by = board.apply(rows, nothing ? [] : await store.acts(code, span));
      const { newest } = board;
      const older = [...periods].filter((period) => period !== newest);
      const units = new Set([...by.values()].flatMap((touched) => [...touched]));
      moves.set(code, { indicator: code, units, older });
    }
    this.#n = last.n;
    const computed = [...this.#definitions.indicators.values()].flatMap(
      (each) => this.#computedMove(each, moves) ?? [],
    );
    for (const move of computed) moves.set(move.indicator, move);
    this.emit('moved', [...moves.values()], first.at);
  }

  /**
   * Takes over definitions where they have only become more: nothing that is here is another by them, and of a new indicator
   * nothing was said before it. @returns whether they have
   */
  async #define(): Promise<boolean> {
    const definitions = await this.#o.store.load();
    if (!isAddition(this.#definitions, definitions)) return false;
    const { indicators, sources } = definitions;
    for (const board of this.#boards.values()) board.sources = sources;
    for (const indicator of indicators.values())
      if (indicator.up !== 'ratio' && !this.#boards.has(indicator.code))
        this.#boards.set(indicator.code, new FigureBoard(indicator, this.#layout, sources));
    this.#definitions = definitions;
    return true;
  }

  /** Of what is computed of two: what moved in either, by its own newest period. */
  #computedMove(indicator: Indicator, moves: ReadonlyMap<string, FigureMove>): FigureMove | undefined {
    const codes = partsOf(indicator);
    const parts = codes.flatMap((code) => moves.get(code) ?? []);
    if (codes.length === 1 || parts.length === 0) return undefined;
    const newest = this.newest(indicator)?.period;
    const older = parts.flatMap(({ indicator: code, units, older: before }) => {
      const at = this.#boards.get(code)?.newest;
      return units.size > 0 && at !== undefined && at !== newest ? [...before, at] : before;
    });
    return { indicator: indicator.code, units: new Set(parts.flatMap(({ units }) => [...units])), older };
  }
}
