import { createHash } from 'node:crypto';
import { countedIn, endBefore } from '../../../protocol/announced.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import {
  type StagedBeside,
  type StagedContent,
  type StagedPicture,
  stagedContentSchema,
} from '../../../protocol/figureStage.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { shortName } from '../../../protocol/placeName.ts';
import { noIndicator } from '../../shared/rights.ts';
import type { FigureCells } from '../Cells.ts';
import { comingTold, type FigureCards } from '../FigureCards.ts';
import { letterOf } from '../frameOf.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { STAGED_KEPT } from '../limits.ts';
import { periodAfter, periodOf } from '../periods.ts';
import { noUnit } from '../refusals.ts';
import { rollTree, upOf } from '../rollTree.ts';
import type { RolledUp } from '../rollUp.ts';
import { KeptCells } from './KeptCells.ts';
import type { FigureStage, FigureStageStore, KeptContent, StageWhat } from './ports.ts';

interface Parts {
  readonly live: LiveFigures;
  readonly cards: FigureCards;
  readonly store: Pick<FigureStageStore, 'content'>;
  /** The tree of this moment. */
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath; readonly name: string } | undefined };
}

type Wanted = Pick<StageWhat, 'indicator' | 'root' | 'depth' | 'period' | 'beside'>;

/** What viewers draw of figures on the stage: made of the boards, or as it went on record. */
export class StagedPictures {
  readonly #o: Parts;
  /** What was put on stages last, by its hash. */
  readonly #kept = new Map<string, Promise<Buffer>>();
  readonly #cells: KeptCells;

  constructor(parts: Parts) {
    this.#o = parts;
    this.#cells = new KeptCells(parts.live);
  }

  /** FG140: the period that is shown of a territory. @throws DomainError `not-found` */
  shown(code: string, root: UnitCode): string {
    const shown = this.#o.live.shown(this.indicator(code), this.#placeOf(root));
    if (!shown)
      throw refuse('not-found', { vi: `Chưa có giá trị nào của ${code}`, en: `there are no values of ${code} yet` });
    return iso(shown.period);
  }

  /** @throws DomainError `not-found` */
  indicator(code: string): Indicator {
    const indicator = this.#o.live.definitions.indicators.get(code);
    if (!indicator) throw noIndicator(code);
    return indicator;
  }

  /** The start of the period in which a moment lies. @throws DomainError `not-found` */
  periodOf(code: string, moment: string): string {
    return iso(periodOf(this.indicator(code).every, Date.parse(moment)));
  }

  /** As all see it now. @throws DomainError `not-found` */
  async now({ what, content }: FigureStage & { readonly what: StageWhat }): Promise<StagedPicture> {
    // FG65: units by name stand as they were put there.
    if (what.depth === 'communes' && content) return (await this.read(content)).picture;
    return (await this.make(what)).picture;
  }

  /** As of this moment. @throws DomainError `not-found`, `busy` */
  async make({ indicator: code, root, depth, period, beside = [] }: Wanted): Promise<StagedContent> {
    const { live, tree } = this.#o;
    const indicator = this.indicator(code);
    if (!tree().find(root)) throw noUnit(root);
    const place = this.#placeOf(root);
    const [n, at] = [live.n, live.now()];
    const look = <T>(of: Indicator, start: string, made: (cells: FigureCells) => T): Promise<T> =>
      live.lookAt({ indicator: of, period: Date.parse(start), n, at }, made, {
        inTurn: (read, ask) => this.#cells.take(ask, read),
      });
    const others = await Promise.all(
      beside.map(({ indicator: other, period: start }) => {
        const of = this.indicator(other);
        return look(of, start, (cells) => this.#beside(of, place, cells, start));
      }),
    );
    return look(indicator, period, (cells): StagedContent => {
      const picture = { ...this.#picture(indicator, place, cells, { period, n, at: iso(at) }), beside: others };
      return {
        // FG65: what stands as it was put there would say for hours that something is coming.
        picture: depth === 'communes' ? withoutComing(picture) : picture,
        communes: depth === 'communes' ? this.#communes(place, cells) : null,
      };
    });
  }

  /** In the layout of this moment. @throws DomainError `not-found` */
  #placeOf(root: UnitCode): number {
    const place = this.#o.live.layout.placeOf(root);
    if (place === undefined) throw noUnit(root);
    return place;
  }

  /** FG90: units below a root that report an indicator. @throws DomainError `not-found` */
  reporting(code: string, root: UnitCode): number {
    const { live } = this.#o;
    const { layout } = live;
    const indicator = this.indicator(code);
    const place = this.#placeOf(root);
    let count = 0;
    for (let at = place; at < (layout.ends[place] ?? 0); at += 1)
      if (layout.isLeaf(at) && live.isReporting(indicator, layout.units[at]?.code ?? '')) count += 1;
    return count;
  }

  /** As it is kept. */
  async read(sha256: string): Promise<StagedContent> {
    return stagedContentSchema.parse(JSON.parse((await this.bytes(sha256)).toString()));
  }

  /** The same for all who ask, and read once. @throws DomainError `not-found` */
  bytes(sha256: string): Promise<Buffer> {
    const known = this.#kept.get(sha256);
    if (known) return known;
    const reading = this.#o.store.content(sha256).then((found) => {
      if (!found)
        throw refuse('not-found', { vi: 'Số liệu này không được chiếu', en: 'these figures are not on the stage' });
      return found;
    });
    reading.catch(() => this.#kept.delete(sha256));
    this.#kept.set(sha256, reading);
    for (const oldest of [...this.#kept.keys()].slice(0, -STAGED_KEPT)) this.#kept.delete(oldest);
    return reading;
  }

  #picture(
    indicator: Indicator,
    root: number,
    cells: FigureCells,
    as: Pick<StagedPicture, 'period' | 'n' | 'at'>,
  ): Omit<StagedPicture, 'beside'> {
    const { live, tree } = this.#o;
    const { layout, definitions } = live;
    const { code, name, unit, scale, kind, every, up, cuts, simulated } = indicator;
    const [own, ...below] = rollTree(layout, root, cells, upOf(indicator, definitions.indicators));
    const end = (place: number): number => layout.ends[place] ?? 0;
    let after = root + 1;
    // Each of those right below begins where the territory of the one before it has ended.
    const right = new Set<number>();
    for (; after < end(root); after = end(after)) if (!layout.isLeaf(after)) right.add(after);
    const units = below.filter(({ place }) => right.has(place));
    const codeAt = (place: number): string => layout.units[place]?.code ?? '';
    const before = units.flatMap(({ place, rolled: { value, oldest } }): [string, number][] => {
      const isBefore = up === 'none' && value !== null && oldest !== null;
      const end = isBefore ? endBefore({ every, period: as.period, oldest: iso(oldest) }) : undefined;
      return end === undefined ? [] : [[codeAt(place), Date.parse(end) / 1000]];
    });
    const unweighedIn = units.flatMap(({ place, rolled: { unweighed } }): [string, number][] =>
      unweighed ? [[codeAt(place), unweighed]] : [],
    );
    const nameAt = (place: number): string => shortName(tree().find(codeAt(place))?.name ?? codeAt(place));
    return {
      indicator: { code, name, unit, scale, kind, every, up, simulated, ...(cuts && { cuts }) },
      ...{ root: layout.units[root]?.path ?? '', rootName: nameAt(root), ...as },
      ...sumOf(own?.rolled),
      ...this.#coming(indicator, root, as.period),
      units: units.map(({ place, rolled: { value, coverage } }) => [
        ...([codeAt(place), value, countedIn(coverage), coverage.expected] as const),
      ]),
      names: units.map(({ place }) => nameAt(place)),
      ...(before.length > 0 && { before }),
      ...(unweighedIn.length > 0 && { unweighedIn }),
      ...this.#series(indicator, root, as.period),
    };
  }

  /** FG75 */
  #beside(indicator: Indicator, root: number, cells: FigureCells, period: string): StagedBeside {
    const { layout, definitions } = this.#o.live;
    const { code, name, unit, scale, every, up, simulated } = indicator;
    const [own] = rollTree(layout, root, cells, upOf(indicator, definitions.indicators));
    return {
      indicator: { code, name, unit, scale, every, up, simulated },
      ...{ period, ...sumOf(own?.rolled), ...this.#series(indicator, root, period) },
      ...this.#coming(indicator, root, period),
    };
  }

  /** FG141: what has come since, or what is shown itself, where it is neither due nor covered. */
  #coming(indicator: Indicator, root: number, period: string): Pick<StagedPicture, 'coming'> {
    const { live } = this.#o;
    const shown = live.shown(indicator, root);
    if (shown?.coming && shown.coming.period >= Date.parse(period)) return { coming: comingTold(shown.coming) };
    if (!shown || shown.period <= Date.parse(period)) return {};
    const coverage = live.coverage(indicator, shown.period, root);
    return { coming: { ...comingTold({ period: shown.period, ...coverage }), ready: true } };
  }

  /** Its last periods. @param period that is shown, where no others are known */
  #series({ code, every }: Indicator, root: number, period: string): Pick<StagedPicture, 'series' | 'starts'> {
    const card = this.#o.cards.card(code, root);
    const newest = Date.parse(card?.period ?? period);
    const points = (card?.series ?? []).flatMap((value, i, { length }) => {
      const start = periodAfter(every, newest, i + 1 - length);
      return Number.isFinite(start) ? [[start / 1000, value] as const] : [];
    });
    return {
      series: points.map(([, value]) => value),
      starts: points.map(([seconds], i) => seconds - (points[i - 1]?.[0] ?? 0)),
    };
  }

  #communes(root: number, cells: FigureCells): NonNullable<StagedContent['communes']> {
    const { layout } = this.#o.live;
    const index = this.#o.tree();
    const places: number[] = [];
    for (let at = root; at < (layout.ends[root] ?? 0); at += 1)
      if (layout.isLeaf(at) && cells.part(at).reports !== false) places.push(at);
    const parts = places.map((place) => cells.part(place));
    const all = places.map((place) => layout.units[place] ?? { path: '', code: '' });
    return {
      units: all.map(({ path }) => path),
      names: all.map(({ code }) => index.find(code)?.name ?? code),
      values: parts.map(({ value }) => value),
      states: parts.map(({ state }) => letterOf(state)).join(''),
    };
  }
}

function withoutComing({ coming: _, beside, ...picture }: StagedPicture): StagedPicture {
  return { ...picture, beside: beside.map(({ coming: __, ...one }) => one) };
}

/** AU5: as it is kept. */
export function keptOf(content: StagedContent): KeptContent {
  const bytes = Buffer.from(JSON.stringify(content));
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
}

const NOTHING = { expected: 0, fresh: 0, late: 0, stale: 0, none: 0, held: 0, contested: 0 };
const sumOf = (sum: RolledUp | undefined): Pick<StagedPicture, 'value' | 'coverage' | 'unweighed' | 'oldest'> => ({
  ...{ value: sum?.value ?? null, coverage: sum?.coverage ?? NOTHING },
  ...(sum?.unweighed && { unweighed: sum.unweighed }),
  oldest: typeof sum?.oldest === 'number' ? iso(sum.oldest) : null,
});
const iso = (moment: number): string => new Date(moment).toISOString();
