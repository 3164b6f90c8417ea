import { RateLimits } from '../../../lib/RateLimits.ts';
import { Turns } from '../../../lib/Turns.ts';
import { DomainError, tooOften } from '../../../protocol/errors.ts';
import type { FigureCard } from '../../../protocol/figure.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigurePast, FigureRevised, FigureRevisedList, FigureStop } from '../../../protocol/figurePast.ts';
import { MOST_REVISED, MOST_STOPS } from '../../../protocol/limits.ts';
import type { Account, UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { demand, figureOf, noIndicator, at as placeAt } from '../../shared/rights.ts';
import type { FigureCells } from '../Cells.ts';
import { carriedOver } from '../carriedOver.ts';
import { comingTold } from '../FigureCards.ts';
import { freshnessOf } from '../freshness.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { FRAMES_OF_ONE, FRAMES_READ, STOPS_READ } from '../limits.ts';
import { partsOf } from '../partsOf.ts';
import { periodAfter, periodOf } from '../periods.ts';
import type { FigureReader } from '../ports.ts';
import { noNumber, notYet, noUnit } from '../refusals.ts';
import { rollTree, upOf } from '../rollTree.ts';
import { shownAt } from '../shown/shownAt.ts';
import type { PastReader } from './ports.ts';
import { isSeenStop } from './seenStops.ts';

interface Parts {
  readonly live: LiveFigures;
  readonly store: Pick<FigureReader, 'timeOf' | 'periods'>;
  readonly past: PastReader;
  /** Of this moment. */
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath } | undefined };
}

interface Wanted {
  readonly indicator: string;
  readonly root: UnitCode;
}

/** FG80: what was known at a moment, what stood there, and what is another now. */
export class FigurePasts {
  readonly #o: Parts;
  readonly #limits: RateLimits = new RateLimits(FRAMES_OF_ONE);
  readonly #turns: Turns = new Turns({ ...FRAMES_READ, full: () => crowded() });

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** FG81. @throws DomainError `forbidden`, `not-found`, `rate-limited` */
  async stops(account: Account, ask: { readonly indicator: string; readonly from: string; readonly to: string }) {
    demand(account, 'figure.past', placeAt(account.unit.path));
    const { live, past, tree } = this.#o;
    this.#pay(account);
    const indicators = partsOf(this.#indicator(account, ask.indicator));
    const [from, to] = [new Date(ask.from), new Date(ask.to)];
    const office = account.unit.code;
    const found = await past.stops({ indicators, office, from, to, most: STOPS_READ });
    const { sources } = live.definitions;
    const rootOf = (source: string) => tree().find(sources.get(source)?.root ?? '')?.path;
    const seen = found.filter((stop) => isSeenStop(account, stop, rootOf));
    const stops = seen.slice(0, MOST_STOPS).map(({ kind, at, name, number, source }): FigureStop => {
      const of = source === null ? name : (sources.get(source)?.name ?? source);
      return { kind, at: at.toISOString(), name: of, ...(number !== undefined && { number }) };
    });
    return { stops: stops.reverse(), more: seen.length > MOST_STOPS || found.length === STOPS_READ };
  }

  /** FG140: what was shown at a moment, as it was known then. @throws DomainError as `stops`, `outside-territory`, `busy` */
  async at(account: Account, { indicator: code, root }: Wanted, moment: string): Promise<FigurePast> {
    const place = this.#place(account, root);
    const { live, store, past } = this.#o;
    const indicator = this.#indicator(account, code);
    this.#pay(account);
    const last = await past.lastAt(new Date(moment));
    if (!last) return { n: 0, at: null, card: null };
    const { n } = last;
    await live.hint({ n });
    const at = last.at.getTime();
    const known = { n, at: last.at.toISOString() };
    const of = { indicator, n, at, leaf: this.#leaf(place) };
    const shown = await shownAt(
      { ...of, root: place },
      {
        ...{ store, layout: live.layout, indicators: live.definitions.indicators },
        look: (period, take) => this.#look({ ...of, period }, take),
      },
    );
    if (!shown) return { ...known, card: null };
    const { period, coming } = shown;
    const ask = { ...of, period };
    const card = await this.#look(ask, (cells): FigureCard | undefined => {
      const [of] = rollTree(live.layout, place, cells, upOf(indicator, live.definitions.indicators));
      if (!of) return undefined;
      const { value, coverage, oldest } = of.rolled;
      const whole = value === null ? 'none' : freshnessOf(indicator, period, at);
      return {
        ...{ indicator: code, unit: root, period: iso(period), n, value, coverage, former: null, series: [] },
        ...{ oldest: oldest === null ? null : iso(oldest) },
        ...(coming && { coming: comingTold(coming) }),
        state: live.layout.isLeaf(place) ? cells.part(place).state : whole,
      };
    });
    return { ...known, card: card ?? null };
  }

  /** FG82. @throws DomainError as `at` */
  async revised(account: Account, { indicator: code, root }: Wanted, moment: string, n: number) {
    const place = this.#place(account, root);
    const { live, store, past } = this.#o;
    const indicator = this.#indicator(account, code);
    this.#pay(account);
    const now = live.n;
    if (n > now) throw notYet(n);
    const at = await store.timeOf(n);
    if (at === undefined) throw noNumber(n);
    const period = periodOf(indicator.every, Date.parse(moment));
    const { layout } = live;
    // Both are looked at from the same moment: what grew old by itself is no revision.
    const ask = { indicator, period, at, leaf: this.#leaf(place) };
    const take = (cells: FigureCells) => this.#valuesOf(place, indicator, cells);
    const before = await this.#look({ ...ask, n }, take);
    const after = await this.#look({ ...ask, n: now }, take);
    const changed = before.units
      .map((value, i) => ({ unit: layout.units[place + i]?.code ?? '', before: value, now: after.units[i] ?? null }))
      .filter((one) => one.before !== one.now)
      .sort((a, b) => changeOf(b) - changeOf(a));
    const shown = changed.slice(0, MOST_REVISED);
    const from = periodAfter(indicator.every, period, -carriedOver(indicator));
    const span = { from: Number.isFinite(from) ? from : period, to: period, after: n, until: now };
    const units = shown.map(({ unit }) => unit);
    const said = units.length === 0 ? [] : await past.lastSaid(partsOf(indicator), span, units);
    const lastOf = new Map(said.map((one) => [one.unit, one]));
    const revised = shown.map((one): FigureRevised => {
      const last = lastOf.get(one.unit);
      const source = last && (live.definitions.sources.get(last.source)?.name ?? last.source);
      return { ...one, at: last?.at.toISOString() ?? null, source: source ?? null, reason: last?.reason ?? null };
    });
    return {
      ...{ indicator: code, period: iso(period), n, now, whole: { before: before.whole, now: after.whole } },
      ...{ units: changed.length, revised },
    } satisfies FigureRevisedList;
  }

  /** Of the units of a territory that report, at their places; of those above, what was announced (FG126), else null. */
  #valuesOf(place: number, indicator: Indicator, cells: FigureCells) {
    const { layout, definitions } = this.#o.live;
    const rolled = rollTree(layout, place, cells, upOf(indicator, definitions.indicators));
    const above = new Map(indicator.up === 'none' ? rolled.map((one) => [one.place, one.rolled.value]) : []);
    const units: (number | null)[] = [];
    for (let i = place; i < (layout.ends[place] ?? 0); i += 1)
      units.push(layout.isLeaf(i) ? cells.part(i).value : (above.get(i) ?? null));
    return { units, whole: rolled[0]?.rolled.value ?? null };
  }

  #look<T>(ask: Parameters<LiveFigures['lookAt']>[0], take: (cells: FigureCells) => T): Promise<T> {
    const { live } = this.#o;
    return live.lookAt(ask, take, { layout: live.layout, inTurn: (work) => this.#turns.take(work) });
  }

  #leaf(place: number): number | undefined {
    return this.#o.live.layout.isLeaf(place) ? place : undefined;
  }

  /** FG46. @throws DomainError `rate-limited` */
  #pay({ id }: Account): void {
    const wait = this.#limits.take(id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này đang đọc quá nhiều dữ liệu cũ cùng lúc',
          en: 'so much of the past is not read for one account at once',
        },
        wait,
      );
  }

  #place(account: Account, code: UnitCode): number {
    const { live, tree } = this.#o;
    const [unit, place] = [tree().find(code), live.layout.placeOf(code)];
    if (place === undefined || !unit) throw noUnit(code);
    demand(account, 'figure.past', placeAt(unit.path));
    return place;
  }

  /** FG92. @throws DomainError `not-found`, `forbidden` */
  #indicator(account: Account, code: string): Indicator {
    const indicator = this.#o.live.definitions.indicators.get(code);
    if (!indicator) throw noIndicator(code);
    demand(account, 'figure.past', figureOf(indicator, account.unit.path));
    return indicator;
  }
}

/** What came or went stands before all that changed. */
const changeOf = ({ before, now }: { readonly before: number | null; readonly now: number | null }): number =>
  before === null || now === null ? Number.POSITIVE_INFINITY : Math.abs(now - before);

const iso = (moment: number): string => new Date(moment).toISOString();
const crowded = (): DomainError =>
  new DomainError(
    'busy',
    { vi: 'Lúc này có quá nhiều người xem số liệu cũ', en: 'many look into the past of figures at this moment' },
    {
      retryAfterSeconds: FRAMES_READ.retryAfterSeconds,
    },
  );
