import { RateLimits } from '../../lib/RateLimits.ts';
import { inTurns } from '../../lib/slices.ts';
import { Turns } from '../../lib/Turns.ts';
import { DomainError, refuse, tooOften } from '../../protocol/errors.ts';
import type { FigureActDone, FigureCard, FigureRevision } from '../../protocol/figure.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { FigureFrame } from '../../protocol/figureFrame.ts';
import type { Account, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import { packFrame } from '../../protocol/packedFrame.ts';
import type { Actor } from '../shared/actor.ts';
import {
  at,
  demand,
  demandFigure,
  figureOf,
  figuresOf,
  isKeptFrom,
  may,
  noIndicator,
  type Target,
} from '../shared/rights.ts';
import { type CellStanding, cellStanding } from './act/cellStanding.ts';
import type { ActedValue } from './act/revisions.ts';
import { askedAbout } from './asked/askedAbout.ts';
import { isAsked } from './asked/askedIndicator.ts';
import type { FigureCells } from './Cells.ts';
import { againstOf, keptCells } from './change/againstOf.ts';
import type { FigureCards } from './FigureCards.ts';
import type { FigureLayout } from './FigureLayout.ts';
import type { FigureDefinitions, Observation } from './facts.ts';
import { frameOf } from './frameOf.ts';
import type { LiveFigures } from './LiveFigures.ts';
import { FRAMES_KEPT, FRAMES_OF_ONE, FRAMES_READ } from './limits.ts';
import { periodAfter, periodOf } from './periods.ts';
import type { FigureActBy, FigureReader } from './ports.ts';
import { noNumber, notYet, noUnit } from './refusals.ts';
import { periodsLooked, type UnitSaid, unitPoints } from './series/unitPoints.ts';
import { shownAt } from './shown/shownAt.ts';
import type { ShownPeriod } from './shown/shownPeriod.ts';

interface Parts {
  readonly live: LiveFigures;
  readonly cards: FigureCards;
  readonly store: FigureReader;
  /** Of this moment: who may see what is decided by it, while figures may still be laid out by that of before. */
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath } | undefined };
}

type Act = 'figures.watch' | 'figures.series' | 'figures.history' | 'figure.read';
interface Wanted {
  readonly indicator: string;
  readonly unit: UnitCode;
  /** FG80 */
  readonly n?: number | undefined;
}

interface Watching {
  /** Those of which is told from now on. */
  readonly watched: readonly string[];
  readonly cards: FigureCard[];
  readonly n: number;
}

interface FrameWanted {
  readonly indicator: string;
  readonly period: string;
  readonly n: number;
  readonly root: UnitCode;
  /** FG97: the period that it is compared with. */
  readonly against?: string | undefined;
  /** FG173 */
  readonly packed?: boolean;
}

interface FrameAsk {
  readonly indicator: Indicator;
  readonly period: number;
  readonly n: number;
  readonly root: number;
  readonly against: number | undefined;
  readonly packed: boolean;
  /** As they are when it is asked for: the place of the root is of this layout. */
  readonly layout: FigureLayout;
  readonly definitions: FigureDefinitions;
}

/** FG23: what somebody may see of figures, read from the boards or from the record. */
export class FigureService {
  readonly #o: Parts;
  /** The one that was asked for last stands last. */
  readonly #frames = new Map<string, Promise<Buffer>>();
  readonly #limits: RateLimits = new RateLimits(FRAMES_OF_ONE);
  readonly #turns: Turns = new Turns({ ...FRAMES_READ, full: () => crowded() });

  constructor(parts: Parts) {
    this.#o = parts;
    // FG19: tree, ranks and due times may be others now.
    parts.live.on('reloaded', () => this.#frames.clear());
  }

  /** FG60: what a roll-call has asked is named to whom it concerns. @throws DomainError `forbidden` */
  indicators(account: Account): Indicator[] {
    demand(account, 'indicator.read', figuresOf(account.indicators ?? [], account.unit.path));
    const { indicators, sources } = this.#o.live.definitions;
    const asked = askedAbout(account.unit.path, sources.values(), (code) => this.#o.tree().find(code)?.path);
    const isOwn = (of: Indicator) => may(account, 'indicator.read', figureOf(of, account.unit.path)) === 'allowed';
    const all = [...indicators.values()].filter(isOwn);
    return all.filter((indicator) => !isAsked(indicator) || asked.has(indicator.code));
  }

  /** FG23. Indicators without a value have no card. @throws DomainError `not-found`, `outside-territory`, `forbidden` */
  watch(account: Account, indicators: readonly string[], root: UnitCode): Watching {
    const place = this.#place(account, 'figures.watch', root);
    const { live, cards } = this.#o;
    // What is kept from this account is treated like a code that does not exist. (FG145)
    const there = indicators.filter((code) => !isKeptFrom(account, live.definitions.indicators.get(code) ?? {}));
    for (const code of there) this.#demandSeen(account, 'figures.watch', code);
    return { watched: there, cards: there.flatMap((code) => cards.card(code, place) ?? []), n: live.n };
  }

  /** A value of each period, the oldest first. @throws DomainError as `watch` */
  async series(account: Account, { indicator: code, unit, n: asked }: Wanted, most: number) {
    const place = this.#place(account, 'figures.series', unit);
    const indicator = this.#indicator(account, 'figures.series', code);
    const { live, cards, store } = this.#o;
    const n = this.#known(asked);
    const shown = asked === undefined ? live.shown(indicator, place) : await this.#shownAt(indicator, place, n);
    const newest = shown?.period;
    const none = { indicator: code, unit, n, points: [], breaks: [] };
    if (newest === undefined) return none;
    if (!live.layout.isLeaf(place) || indicator.up === 'ratio') {
      // Sums of many periods as they were known then would be read one after the other.
      if (asked !== undefined) return none;
      const { series = [], breaks = [] } = cards.card(code, place) ?? {};
      const first = 1 - series.length;
      const points = series.map((value, i) => ({
        period: iso(periodAfter(indicator.every, newest, first + i)),
        value,
      }));
      const told = points.slice(-most);
      const isBreak = new Set(breaks.map((i) => points[i]?.period));
      const broken = told.flatMap(({ period }, i) => (i > 0 && isBreak.has(period) ? [period] : []));
      return { ...none, points: told, breaks: broken };
    }
    const looked = periodsLooked(indicator, newest, most);
    const rows = await store.ofUnit(code, unit, looked, n);
    const acts = await store.acts(code, { from: looked[0] ?? newest, to: newest, until: n }, unit);
    const byPeriod = Map.groupBy(acts, ({ period }) => period);
    const said = new Map<number, UnitSaid>();
    for (const [period, own] of Map.groupBy(rows, ({ period }) => period))
      said.set(period, {
        value: this.#counted(own, byPeriod.get(period) ?? []).value,
        revised: own.some(({ revision }) => revision > 1),
      });
    const now = asked === undefined ? live.now() : ((await store.timeOf(n)) ?? live.now());
    const points = unitPoints(indicator, looked, said, { most, now });
    return {
      ...none,
      points: points.map(({ period, value }) => ({ period: iso(period), value })),
      revised: points.flatMap(({ period, revised }) => (revised ? [iso(period)] : [])),
    };
  }

  /** FG21: all that was ever said of a cell. @throws DomainError as `watch` */
  async history(account: Account, { indicator: code, unit, n }: Wanted, moment: string) {
    this.#place(account, 'figures.history', unit);
    const indicator = this.#indicator(account, 'figures.history', code);
    const period = periodOf(indicator.every, Date.parse(moment));
    const until = this.#known(n);
    const rows = await this.#o.store.ofUnit(code, unit, [period], until);
    const acts = await this.#o.store.acts(code, { from: period, to: period, until }, unit);
    const standing = this.#counted(rows, acts);
    const revisions = rows.map((row): FigureRevision => {
      const isIt = (one: { source: string; revision: number }) =>
        one.source === row.source && one.revision === row.revision;
      const now = standing.revisions.get(row.source)?.find(({ revision }) => revision === row.revision);
      const counts = row.source === standing.source && row.revision === standing.revision;
      return {
        ...{ n: row.batch, at: row.at.toISOString(), source: row.source, revision: row.revision, value: row.value },
        ...{ status: row.status, held: now?.standing === 'held', counts, reason: row.reason },
        sourceName: this.#o.live.definitions.sources.get(row.source)?.name ?? row.source,
        acts: acts.filter(isIt).map(doneOf),
      };
    });
    return { indicator: code, unit, period: iso(period), revisions };
  }

  /** The period that was shown in a territory at sequence number `n`, judged by the time of that `n`. (FG140) */
  async #shownAt(indicator: Indicator, root: number, n: number): Promise<ShownPeriod | undefined> {
    const { live, store } = this.#o;
    const { layout } = live;
    const at = (await store.timeOf(n)) ?? live.now();
    const of = { indicator, n, at, leaf: layout.isLeaf(root) ? root : undefined };
    return shownAt(
      { indicator, root, n, at },
      {
        ...{ store, layout, indicators: live.definitions.indicators },
        look: (period, take) =>
          live.lookAt({ ...of, period }, take, { layout, inTurn: (work) => this.#turns.take(work) }),
      },
    );
  }

  /** FG19, FG24: the same bytes for everybody. @throws DomainError as `watch` */
  frame(account: Account, ask: FrameWanted): Promise<Buffer> {
    const place = this.#place(account, 'figure.read', ask.root);
    const indicator = this.#indicator(account, 'figure.read', ask.indicator);
    const { live } = this.#o;
    if (ask.n > live.n) return this.#afterwards(account, ask);
    const period = periodOf(indicator.every, Date.parse(ask.period));
    const { layout, definitions } = live;
    const against = ask.against === undefined ? undefined : periodOf(indicator.every, Date.parse(ask.against));
    if (against === period)
      throw refuse('bad-request', {
        vi: 'Phải so với một kỳ khác, không phải chính kỳ đó',
        en: 'a period is compared with another one',
      });
    const { packed = false } = ask;
    const of = { indicator, period, n: ask.n, root: place, against, packed, layout, definitions };
    // Of one unit they are many and small, and would take the place of the others.
    if (live.layout.isLeaf(place)) return this.#write(account, of);
    const key = `${ask.indicator} ${period} ${ask.n} ${ask.root} ${against} ${packed}`;
    const frame = this.#frames.get(key) ?? this.#write(account, of);
    this.#frames.delete(key);
    this.#frames.set(key, frame);
    frame.catch(() => this.#frames.get(key) === frame && this.#frames.delete(key));
    for (const [oldest] of this.#frames) {
      if (this.#frames.size <= FRAMES_KEPT) break;
      this.#frames.delete(oldest);
    }
    return frame;
  }

  /** FG203: whoever may read a frame may take it along. @throws DomainError `rate-limited`, and as `watch` */
  demandFrame(account: Account, { indicator: code, unit }: Wanted): Indicator {
    this.#place(account, 'figure.read', unit);
    const indicator = this.#indicator(account, 'figure.read', code);
    const wait = this.#limits.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này đang lấy quá nhiều bản số liệu cùng lúc',
          en: 'so many frames are not written for one account at once',
        },
        wait,
      );
    return indicator;
  }

  /** FG19: another node has told of what this one has not read yet. @throws DomainError `rate-limited`, and as `frame` */
  async #afterwards(account: Account, ask: FrameWanted): Promise<Buffer> {
    const wait = this.#limits.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này đang lấy quá nhiều bản số liệu cùng lúc',
          en: 'so many frames are not written for one account at once',
        },
        wait,
      );
    await this.#o.live.hint({ n: ask.n });
    this.#known(ask.n);
    return this.frame(account, ask);
  }

  /** FG46. @throws DomainError `rate-limited`, `busy` */
  #write({ id }: Account, of: FrameAsk): Promise<Buffer> {
    const wait = this.#limits.take(id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này đang lấy quá nhiều bản số liệu cùng lúc',
          en: 'so many frames are not written for one account at once',
        },
        wait,
      );
    return this.#written(of);
  }

  async #written(of: FrameAsk): Promise<Buffer> {
    const { live, store } = this.#o;
    const { indicator, period, n, root, layout, against } = of;
    const leaf = layout.isLeaf(root) ? root : undefined;
    const at = await store.timeOf(n);
    if (at === undefined) throw noNumber(n);
    const ask = { indicator, period, n, at, leaf };
    const looking = { layout, inTurn: (work: () => Promise<FigureCells>) => this.#turns.take(work) };
    const look = (start: number): Promise<FigureCells> =>
      live.lookAt({ ...ask, period: start }, (cells) => keptCells(cells, layout, root), looking);
    const before = against === undefined ? undefined : { indicator, period: against, cells: await look(against) };
    const now = { indicator, period, cells: await look(period) };
    const frame = await inTurns(frameOf(of, of, now.cells));
    const compared = before && { against: await inTurns(againstOf(of, root, now, before)) };
    const whole: FigureFrame = { ...frame, ...compared };
    return Buffer.from(JSON.stringify(of.packed ? packFrame(whole) : whole));
  }

  /** @throws DomainError `not-found` */
  #known(n: number = this.#o.live.n): number {
    if (n > this.#o.live.n) throw notYet(n);
    return n;
  }

  #counted(rows: readonly Observation[], acts: readonly ActedValue[]): CellStanding {
    return cellStanding(rows, acts, this.#o.live.definitions.sources);
  }

  #place(account: Account, act: Act, code: UnitCode): number {
    const unit = this.#o.tree().find(code);
    const place = this.#o.live.layout.placeOf(code);
    if (place === undefined || !unit) throw noUnit(code);
    demand(account, act, at(unit.path));
    return place;
  }

  /** FG101: of what somebody watches, what they may go on watching after the tree or a definition has changed. */
  stillSeen(
    actor: Actor,
    { root, indicators }: { readonly root: UnitCode; readonly indicators: readonly string[] },
  ): readonly string[] {
    const unit = this.#o.tree().find(root);
    if (!unit) return [];
    const defined = this.#o.live.definitions.indicators;
    const isSeen = (target: Target): boolean => may(actor, 'figures.watch', target) === 'allowed';
    if (!isSeen(at(unit.path))) return [];
    return indicators.filter((code) => isSeen(figureOf(defined.get(code) ?? { code }, unit.path)));
  }

  /** FG92, FG145. @throws DomainError `not-found`, `forbidden` */
  #indicator(account: Account, act: Act, code: string): Indicator {
    this.#demandSeen(account, act, code);
    const indicator = this.#o.live.definitions.indicators.get(code);
    if (!indicator) throw noIndicator(code);
    return indicator;
  }

  #demandSeen(account: Account, act: Act, code: string): void {
    const indicator = this.#o.live.definitions.indicators.get(code);
    if (indicator) demandFigure(account, act, indicator, account.unit.path);
  }
}

const iso = (moment: number): string => new Date(moment).toISOString();
const doneOf = ({ n, at: when, act, by, byUnit: unit, reason }: ActedValue & FigureActBy): FigureActDone => ({
  ...{ n, at: when.toISOString(), act, by, unit, reason },
});
const crowded = (): DomainError =>
  new DomainError(
    'busy',
    { vi: 'Lúc này có quá nhiều người xem số liệu cũ', en: 'many look into the past of figures at this moment' },
    {
      retryAfterSeconds: FRAMES_READ.retryAfterSeconds,
    },
  );
