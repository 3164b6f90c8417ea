import { setImmediate as turn } from 'node:timers/promises';
import { RateLimits } from '../../../lib/RateLimits.ts';
import { tooOften } from '../../../protocol/errors.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type {
  BehindUnit,
  ContestedValueTold,
  DeskFigure,
  DeskQuery,
  FigureDeskTold,
  HeldBatchTold,
  HeldValueTold,
} from '../../../protocol/figureDesk.ts';
import { MOST_BEHIND, MOST_HELD } from '../../../protocol/limits.ts';
import { type Account, codeOf, type UnitCode, type UnitPath } from '../../../protocol/organisation.ts';
import { at, demand, figureOf, figuresOf, may } from '../../shared/rights.ts';
import { isBelow } from '../../shared/territory.ts';
import { askedAbout } from '../asked/askedAbout.ts';
import { isAsked } from '../asked/askedIndicator.ts';
import { kindOf } from '../definitions.ts';
import { doubtSaid } from '../doubtWords.ts';
import type { FigureCards } from '../FigureCards.ts';
import { dueOf } from '../form/openPeriods.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { DESK_LOOKS } from '../limits.ts';
import { type ListPage, listedFrom } from '../listPage.ts';
import { periodAfter } from '../periods.ts';
import { noUnit } from '../refusals.ts';
import { seenBeside } from '../seenBeside.ts';
import type { ContestedValue, ContestsBy, DeskScope, FigureDeskStore, HeldBatch, HeldValue } from './ports.ts';
import { type LastWord, type SilentSource, silentSources } from './silentSources.ts';

interface Parts {
  readonly live: Pick<LiveFigures, 'definitions' | 'layout' | 'newest' | 'cellsNow' | 'now'>;
  readonly cards: Pick<FigureCards, 'standing'>;
  readonly store: FigureDeskStore;
  /** The tree of this moment. */
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath; readonly name: string } | undefined };
}

/** What whoever answers for a territory looks at: who is late, which sources are silent, and what is held. */
export class FigureDesk {
  readonly #o: Parts;
  readonly #limits = new RateLimits(DESK_LOOKS);

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** @throws DomainError `not-found`, `outside-territory`, `forbidden`, `rate-limited` */
  async look(
    account: Account,
    root: UnitCode,
    { heldFrom, contestedFrom }: Omit<DeskQuery, 'root'> = { heldFrom: 0, contestedFrom: 0 },
  ): Promise<FigureDeskTold> {
    const { live, store, tree } = this.#o;
    const unit = tree().find(root);
    if (!unit) throw gone(root);
    demand(account, 'figure.release', at(unit.path));
    const wait = this.#limits.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này xem số liệu của mình quá nhiều lần',
          en: 'this account has looked at its figures too often',
        },
        wait,
      );
    const { layout } = live;
    const place = this.#placeOf(root);
    const inside = layout.units.slice(place, layout.ends[place]).map(({ code }) => code);
    const defined = live.definitions.indicators;
    const isSeen = (of: Indicator) => may(account, 'figure.read', figureOf(of, unit.path)) === 'allowed';
    const hidden = new Set([...defined.values()].flatMap((of) => (isSeen(of) ? [] : [of.code])));
    // Of units that are there today: nobody decides on others.
    const scope = { units: inside, hidden: [...hidden] };
    const held = await this.#held(scope, heldFrom);
    const contested = await this.#contested(scope, contestedFrom, account);
    const words = (await store.lastWords()).filter(({ indicator }) => !hidden.has(indicator));
    const silent = this.silent(words).filter(({ source }) => this.#meets(source.root, unit.path));
    const seen = this.#named(unit.path).filter(({ code }) => !hidden.has(code));
    const { figures, behind } = await this.#looked(root, seen, silent, words);
    const list = [...behind.values()].sort((a, b) => b.indicators.length - a.indicators.length);
    return {
      ...{ now: iso(live.now()), root, figures },
      indicators: seen,
      behind: { units: list.length, list: list.slice(0, MOST_BEHIND) },
      silent: silent.map(({ source, of, since, last }) => ({
        ...{ source: source.code, name: source.name, kind: kindOf(source), since: iso(since) },
        root: tree().find(source.root)?.name ?? source.root,
        indicators: of.map(({ indicator }) => indicator),
        last: { indicator: last.indicator, period: iso(last.period), at: iso(last.at) },
      })),
      held,
      ...contested,
    };
  }

  async #held(scope: DeskScope, skipped: number): Promise<FigureDeskTold['held']> {
    const { store } = this.#o;
    const { from, count, values } = await listedFrom(pageAt(skipped), (page) => store.held(scope, page), hasNone);
    const batches = await store.heldBatches(scope, MOST_HELD);
    const hidden = new Set(scope.hidden);
    return {
      ...{ values: count, from, list: values.flatMap((value) => this.#heldValue(value, hidden) ?? []) },
      batches: batches.batches.map((batch) => this.#heldBatch(batch)),
      inBatches: { batches: batches.count, values: batches.inAll },
    };
  }

  async #contested(
    scope: DeskScope,
    skipped: number,
    account: Account,
  ): Promise<Pick<FigureDeskTold, 'contested' | 'contests'>> {
    const { store } = this.#o;
    const { from, values, by } = await listedFrom(pageAt(skipped), (page) => store.contested(scope, page), hasNone);
    const sum = (some: readonly ContestsBy[]): number => some.reduce((all, one) => all + one.values, 0);
    const toAnswer = sum(by.filter((one) => this.#mayAnswer(account, one, [])));
    return {
      contested: values.flatMap((value) => this.#contestedValue(value, account) ?? []),
      contests: { values: sum(by), from, toAnswer },
    };
  }

  /** FG13 */
  silent(words: readonly LastWord[]): readonly SilentSource[] {
    return silentSources(this.#o.live.definitions, words, this.#o.live.now());
  }

  /** Of each indicator how far it has come, and of each unit with what it is late. */
  async #looked(
    root: UnitCode,
    seen: readonly Indicator[],
    silent: readonly SilentSource[],
    words: readonly LastWord[],
  ) {
    const { live, cards } = this.#o;
    const figures: DeskFigure[] = [];
    const behind = new Map<string, BehindUnit>();
    for (const indicator of seen) {
      if (!reportsByUnit(indicator)) continue;
      // The country is a hundred thousand cells and more: others have their turn between figures, and the tree may be
      // another one afterwards.
      await turn();
      const { layout } = live;
      const place = this.#placeOf(root);
      const end = layout.ends[place] ?? place;
      const card = cards.standing(indicator.code, place);
      if (!card) continue;
      const period = Date.parse(card.period);
      const cells = live.cellsNow(indicator, period);
      const isSilent = this.#silence(indicator, silent, words);
      let because = 0;
      let owed = 0;
      for (let one = place; one < end; one += 1) {
        const unit = layout.units[one];
        if (!unit || !layout.isLeaf(one)) continue;
        const { state, end: until, value: said } = cells.part(one);
        if (state !== 'late' && state !== 'stale') continue;
        if (state === 'late' && said === null) owed += 1;
        if (isSilent(unit.path)) because += 1;
        else this.#add(behind, unit, indicator.code, until);
      }
      const { value, coverage, share, unweighed, oldest, state, coming } = card;
      const due = dueOf(indicator, periodAfter(indicator.every, period));
      figures.push({
        ...{ indicator: indicator.code, period: card.period, value, coverage, oldest, state, silent: because, owed },
        due: due === null ? null : iso(due),
        ...(coming && { coming }),
        ...(share !== undefined && { share }),
        ...(unweighed && { unweighed }),
      });
    }
    return { figures, behind };
  }

  #add(
    behind: Map<string, BehindUnit>,
    { code, path }: { code: string; path: string },
    indicator: string,
    until: number | null,
  ) {
    const before = behind.get(code);
    const since = until === null ? null : iso(until);
    if (!before) {
      const name = this.#o.tree().find(code)?.name ?? code;
      behind.set(code, { unit: code, path, name, indicators: [indicator], since });
      return;
    }
    const [oldest = null] = before.since === null || since === null ? [] : [before.since, since].toSorted();
    behind.set(code, { ...before, indicators: [...before.indicators, indicator], since: oldest });
  }

  /** FG13: whether all who have spoken of a unit are silent; those that type in themselves speak each for itself, and what was
   * asked in a roll-call nobody sends again. */
  #silence(
    { code }: Indicator,
    silent: readonly SilentSource[],
    words: readonly LastWord[],
  ): (path: UnitPath) => boolean {
    const named = (all: readonly LastWord[]) =>
      new Set(all.filter(({ indicator }) => indicator === code).map(({ source }) => source));
    const quiet = named(silent.flatMap(({ of }) => of));
    const spoke = named(words);
    const roots = [...this.#o.live.definitions.sources.values()]
      .filter(
        ({ code: source, indicators, kind }) =>
          indicators.includes(code) && kind !== 'asked' && (kind === 'form' || spoke.has(source)),
      )
      .map((source) => ({ path: this.#o.tree().find(source.root)?.path, isQuiet: quiet.has(source.code) }));
    return (path) => {
      const own = roots.filter((source) => source.path !== undefined && isIn(path, source.path));
      return own.length > 0 && own.every(({ isQuiet }) => isQuiet);
    };
  }

  /** Whether a source speaks for any of a territory. */
  #meets(root: UnitCode, path: UnitPath): boolean {
    const own = this.#o.tree().find(root)?.path;
    return own !== undefined && (isIn(path, own) || isIn(own, path));
  }

  /** FG60: what a roll-call has asked is named to whom it concerns. */
  #named(path: UnitPath): Indicator[] {
    const { indicators, sources } = this.#o.live.definitions;
    const asked = askedAbout(path, sources.values(), (code) => this.#o.tree().find(code)?.path);
    return [...indicators.values()].filter((indicator) => !isAsked(indicator) || asked.has(indicator.code));
  }

  /** In the layout of this moment. @throws DomainError `not-found` */
  #placeOf(root: UnitCode): number {
    const place = this.#o.live.layout.placeOf(root);
    if (place === undefined) throw gone(root);
    return place;
  }

  #heldValue(
    { period, at: when, batch: _, ...value }: HeldValue,
    hidden: ReadonlySet<string>,
  ): HeldValueTold | undefined {
    const unit = this.#o.tree().find(value.unit);
    if (!unit) return undefined;
    return {
      ...{ ...value, ...doubtSaid(value.reason), path: unit.path, name: unit.name, period: iso(period) },
      ...{ at: when.toISOString(), sourceName: this.#nameOf(value.source) },
      beside: seenBeside(value, this.#o.live.definitions.indicators, (code) => !hidden.has(code)),
    };
  }

  /** FG17: who contests does not decide, and nobody below that unit does. */
  #mayAnswer(by: Account, contest: Pick<ContestsBy, 'account' | 'path'>, indicators: readonly string[]): boolean {
    return contest.account !== by.id && may(by, 'figure.answer', figuresOf(indicators, contest.path)) === 'allowed';
  }

  #contestedValue(
    { period, contest, held, ...value }: ContestedValue,
    account: Account,
  ): ContestedValueTold | undefined {
    const unit = this.#o.tree().find(value.unit);
    if (!unit) return undefined;
    const { at: when, by, path, reason } = contest;
    const mayAnswer = this.#mayAnswer(account, contest, [value.indicator]);
    return {
      ...{ ...value, path: unit.path, name: unit.name, period: iso(period), sourceName: this.#nameOf(value.source) },
      contest: { at: when.toISOString(), by, unit: this.#o.tree().find(codeOf(path))?.name ?? codeOf(path), reason },
      acts: [
        ...(path === account.unit.path ? (['withdraw'] as const) : []),
        ...(mayAnswer ? (['answer'] as const) : []),
        ...(mayAnswer && held ? (['reject'] as const) : []),
      ],
    };
  }

  #heldBatch({ at: when, indicators, ...batch }: HeldBatch): HeldBatchTold {
    const named = { at: when.toISOString(), sourceName: this.#nameOf(batch.source), indicators: [...indicators] };
    return { ...batch, ...doubtSaid(batch.reason), ...named };
  }

  #nameOf(source: string): string {
    return this.#o.live.definitions.sources.get(source)?.name ?? source;
  }
}

const pageAt = (from: number): ListPage => ({ from, most: MOST_HELD });
const hasNone = ({ values }: { readonly values: readonly unknown[] }): boolean => values.length === 0;
const gone = (root: UnitCode) => noUnit(root);
/** Of which each unit is expected to say something, again and again. */
const reportsByUnit = (indicator: Indicator): boolean =>
  !isAsked(indicator) && indicator.every !== 'once' && indicator.up !== 'none' && indicator.up !== 'ratio';
const isIn = (path: UnitPath, root: UnitPath): boolean => path === root || isBelow(path, root);
const iso = (moment: number): string => new Date(moment).toISOString();
