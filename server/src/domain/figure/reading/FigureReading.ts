import { inTurns, type Slices } from '../../../lib/slices.ts';
import { Turns } from '../../../lib/Turns.ts';
import { DomainError, refuse } from '../../../protocol/errors.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type {
  FigureReaderKey,
  FrameRead,
  ReadFrame,
  ReadRow,
  ReadSeries,
  ReadValue,
  SeriesRead,
} from '../../../protocol/figureReading.ts';
import { decimalOf } from '../../../protocol/figureValue.ts';
import { MOST_READ_ROWS } from '../../../protocol/limits.ts';
import type { Account, UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import type { FigureCells } from '../Cells.ts';
import { keptCells } from '../change/againstOf.ts';
import { comingTold } from '../FigureCards.ts';
import type { FigureLayout } from '../FigureLayout.ts';
import type { FigureService } from '../FigureService.ts';
import { freshnessOf } from '../freshness.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { FRAMES_READ } from '../limits.ts';
import type { PastReader } from '../past/ports.ts';
import { momentIn, periodAfter, periodEnd, periodOf } from '../periods.ts';
import type { FigureReader } from '../ports.ts';
import { noUnit } from '../refusals.ts';
import { rollingTree, upOf } from '../rollTree.ts';
import { isWithheld, type RolledUp, type UnitPart } from '../rollUp.ts';
import { shownAt } from '../shown/shownAt.ts';
import type { ShownPeriod } from '../shown/shownPeriod.ts';
import { demandKeyReads, unread } from './readerRights.ts';

interface Parts {
  readonly live: LiveFigures;
  readonly store: Pick<FigureReader, 'last' | 'timeOf' | 'periods'>;
  readonly past: Pick<PastReader, 'lastAt'>;
  /** What people may read. */
  readonly figures: Pick<FigureService, 'demandFrame'>;
  /** Of this moment. */
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath; readonly name: string } | undefined };
}

/** What a person reads: of one territory. */
type PersonRead = Pick<FrameRead, 'period' | 'at' | 'rows'> & { readonly unit: UnitCode };

/** What is read, after it was decided that it may be. */
interface Reading {
  readonly indicator: Indicator;
  readonly layout: FigureLayout;
  readonly place: number;
  readonly n: number;
  /** When N was recorded. */
  readonly nAt: number;
  /** Moment by which units are looked at: now, or that of N where the past is read. */
  readonly at: number;
  readonly isPast: boolean;
}

/** FG187 to FG191, FG203: figures as programs read them by keys, and as people take them along. */
export class FigureReading {
  readonly #o: Parts;
  readonly #turns: Turns = new Turns({ ...FRAMES_READ, full: () => crowded() });

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** What a key reads. */
  readable(key: FigureReaderKey) {
    const { indicators } = this.#o.live.definitions;
    return { ...key, indicatorsDefined: key.indicators.flatMap((code) => indicators.get(code) ?? []) };
  }

  /** FG188. @throws DomainError `forbidden`, `outside-territory`, `not-found`, `bad-request`, `too-large`, `busy` */
  async frame(key: FigureReaderKey, code: string, ask: FrameRead): Promise<ReadFrame> {
    return this.#frame(await this.#reading(key, code, ask), ask);
  }

  /** FG203: for a person, of what their account may see. @throws DomainError as `frame`, and `rate-limited` */
  async frameFor(account: Account, code: string, ask: PersonRead): Promise<ReadFrame> {
    const indicator = this.#o.figures.demandFrame(account, { indicator: code, unit: ask.unit });
    return this.#frame(await this.#moment(indicator, ask.unit, ask.at), ask);
  }

  async #frame(of: Reading, ask: Pick<FrameRead, 'period' | 'rows'>): Promise<ReadFrame> {
    const { indicator, layout, place } = of;
    const { code } = indicator;
    const rows = (layout.ends[place] ?? 0) - place;
    if (rows > MOST_READ_ROWS)
      throw refuse('too-large', {
        vi: `Có ${rows} dòng, nhiều hơn ${MOST_READ_ROWS}: hãy hỏi một địa bàn nhỏ hơn`,
        en: `${rows} rows are more than ${MOST_READ_ROWS}: ask for a smaller territory`,
      });
    const shown = ask.period === undefined ? await this.#shown(of) : undefined;
    const period = ask.period === undefined ? shown?.period : periodAsked(indicator, ask.period);
    if (period === undefined)
      throw refuse('not-found', {
        vi: `Chưa có số liệu nào của ${code} ở đó`,
        en: `nothing was said of ${code} there`,
      });
    const cells = await this.#look(of, period);
    return {
      ...this.#about(of),
      period: spanOf(indicator, period),
      ...(shown?.coming && { coming: comingTold(shown.coming) }),
      rows: await inTurns(this.#rows(of, period, cells, ask.rows === 'sums')),
    };
  }

  /** FG189. @throws DomainError as `frame` */
  async series(key: FigureReaderKey, code: string, ask: SeriesRead): Promise<ReadSeries> {
    const of = await this.#reading(key, code, ask);
    const { indicator, layout, place } = of;
    const last = ask.to === undefined ? (await this.#shown(of))?.period : periodAsked(indicator, ask.to);
    const points: ReadSeries['points'] = [];
    const many = last === undefined ? 0 : indicator.every === 'once' ? 1 : ask.periods;
    for (let back = many - 1; back >= 0; back -= 1) {
      const period = periodAfter(indicator.every, last ?? 0, -back);
      const [row] = await inTurns(this.#rows(of, period, await this.#look(of, period), true));
      if (!row) continue;
      const { unit: _, path: __, name: ___, ...value } = row;
      points.push({ period: spanOf(indicator, period), ...value });
    }
    return { ...this.#about(of), path: layout.units[place]?.path ?? '', points };
  }

  async #reading(key: FigureReaderKey, code: string, ask: Pick<FrameRead, 'unit' | 'at'>): Promise<Reading> {
    const { live, tree } = this.#o;
    const indicator = live.definitions.indicators.get(code);
    if (!indicator) throw unread(code);
    const unit = tree().find(ask.unit ?? key.root);
    const root = tree().find(key.root)?.path;
    // What is not there lies in no territory.
    demandKeyReads(key, { root, indicator, unit: unit?.path ?? '' });
    return this.#moment(indicator, ask.unit ?? key.root, ask.at);
  }

  async #moment(indicator: Indicator, unit: UnitCode, asked: string | undefined): Promise<Reading> {
    const { live, store, past } = this.#o;
    const { code } = indicator;
    const place = live.layout.placeOf(unit);
    if (place === undefined) throw noUnit(unit);
    const of = { indicator, place, layout: live.layout };
    if (asked === undefined) {
      // Whoever was told that something is on record reads it, at every node.
      await live.hint({ n: await store.last() });
      // That of the indicator's board does not move with what is said of older periods.
      const { n } = live;
      const nAt = await store.timeOf(n);
      if (nAt === undefined)
        throw refuse('not-found', { vi: `Chưa có số liệu nào của ${code}`, en: `nothing was said of ${code} yet` });
      return { ...of, n, nAt, at: live.now(), isPast: false };
    }
    if (Date.parse(asked) > live.now())
      throw refuse('bad-request', {
        vi: 'at: phải là một thời điểm đã qua',
        en: 'at: must be a moment that has passed',
      });
    const last = await past.lastAt(new Date(asked));
    if (!last)
      throw refuse('not-found', {
        vi: 'Chưa có số liệu nào trước thời điểm đó',
        en: 'nothing was said of any figure before that moment',
      });
    await live.hint({ n: last.n });
    const at = last.at.getTime();
    return { ...of, n: last.n, nAt: at, at, isPast: true };
  }

  #shown({ indicator, place, n, at, isPast, layout }: Reading): Promise<ShownPeriod | undefined> {
    const { live, store } = this.#o;
    if (!isPast) return Promise.resolve(live.shown(indicator, place));
    const leaf = layout.isLeaf(place) ? place : undefined;
    return shownAt(
      { indicator, root: place, n, at },
      {
        ...{ store, layout, indicators: live.definitions.indicators },
        look: (period, take) => live.lookAt({ indicator, period, n, at, leaf }, take, this.#looking(layout)),
      },
    );
  }

  /** Cells of the territory, which stay as they are. */
  #look({ indicator, layout, place, n, at }: Reading, period: number): Promise<FigureCells> {
    const leaf = layout.isLeaf(place) ? place : undefined;
    const keep = (cells: FigureCells) => keptCells(cells, layout, place);
    return this.#o.live.lookAt({ indicator, period, n, at, leaf }, keep, this.#looking(layout));
  }

  #looking(layout: FigureLayout) {
    return { layout, inTurn: (work: () => Promise<FigureCells>) => this.#turns.take(work) };
  }

  /** The territory and what lies in it, in path order. @param sums without units that report below the territory */
  *#rows(of: Reading, period: number, cells: FigureCells, sums: boolean): Slices<ReadRow[]> {
    const { indicator, layout, place: root, at } = of;
    const rolled = yield* rollingTree(layout, root, cells, upOf(indicator, this.#o.live.definitions.indicators));
    const upper = new Map(rolled.map((one) => [one.place, one.rolled]));
    const whole = freshnessOf(indicator, period, at);
    const rows: ReadRow[] = [];
    for (let place = root; place < (layout.ends[root] ?? 0); place += 1) {
      if (place % 1_000 === 0) yield;
      const isLeaf = layout.isLeaf(place);
      if (isLeaf && sums && place !== root) continue;
      const part = cells.part(place);
      const sum = upper.get(place);
      const isOutside = isLeaf ? part.reports === false : sum === undefined || sum.coverage.expected === 0;
      if (isOutside && place !== root) continue;
      const { code = '', path = '' } = layout.units[place] ?? {};
      const value = isLeaf || !sum ? ofUnit(indicator, part) : ofSum(indicator, sum, whole);
      rows.push({ unit: code, path, name: this.#o.tree().find(code)?.name ?? code, ...value });
    }
    return rows;
  }

  #about({ indicator, layout, place, n, nAt }: Reading) {
    const unit = layout.units[place]?.code ?? '';
    const { code, name, unit: measure, every, simulated, version } = indicator;
    const unitName = this.#o.tree().find(unit)?.name ?? unit;
    return { indicator: code, name, measure, every, simulated, version, unit, unitName, asOf: { n, at: iso(nAt) } };
  }
}

function ofUnit({ scale }: Indicator, part: UnitPart): ReadValue {
  const { value, state, end, closed } = part;
  return {
    value: value === null ? null : decimalOf(value, scale),
    state: isWithheld(part) ? 'withheld' : state,
    coverage: null,
    oldest: end === null ? null : iso(end),
    ...(closed && { closed }),
  };
}

function ofSum({ scale }: Indicator, sum: RolledUp, whole: ReadValue['state']): ReadValue {
  const { value, coverage, oldest, closed, share, unweighed } = sum;
  return {
    value: value === null ? null : decimalOf(value, scale),
    state: value === null ? 'none' : whole,
    coverage,
    oldest: oldest === null ? null : iso(oldest),
    ...(closed && { closed }),
    ...(share !== undefined && { share }),
    ...(unweighed && { unweighed }),
  };
}

/** @throws DomainError `bad-request` */
function periodAsked({ code, every }: Indicator, text: string): number {
  const moment = momentIn(every, text);
  if (moment === undefined)
    throw refuse('bad-request', {
      vi: `${text} không phải là một kỳ của ${code}: hãy ghi một ngày (2026-11-24), hoặc một thời điểm kèm múi giờ`,
      en: `${text} names no period of ${code}: write a day (2026-11-24), or a moment with its offset`,
    });
  return periodOf(every, moment);
}

const spanOf = ({ every }: Indicator, period: number) => ({ start: iso(period), end: iso(periodEnd(every, period)) });
const iso = (moment: number): string => new Date(moment).toISOString();
const crowded = (): DomainError =>
  new DomainError(
    'busy',
    {
      vi: 'Hiện có nhiều nơi đọc số liệu của thời điểm trước',
      en: 'many read figures of the past at this moment',
    },
    { retryAfterSeconds: FRAMES_READ.retryAfterSeconds },
  );
