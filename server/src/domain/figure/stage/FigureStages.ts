import { RateLimits } from '../../../lib/RateLimits.ts';
import { tryAll } from '../../../lib/tryAll.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import { refuse, tooOften } from '../../../protocol/errors.ts';
import type { GroundPieceQuery } from '../../../protocol/figureGround.ts';
import type { StageDepth, StagedPieceQuery, StageMark, StageView } from '../../../protocol/figureStage.ts';
import type { Account, UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import type { Content, Programme } from '../../../protocol/programme.ts';
import type { Placing } from '../../programme/ports.ts';
import type { BriefingActor } from '../../shared/actor.ts';
import { demand, demandProducing, figureOf, may } from '../../shared/rights.ts';
import type { Act } from '../../shared/rightsTable.ts';
import { STAGE_MARKS, STAGE_SHOWS, STAGES_LEFT_MS } from '../limits.ts';
import { noUnit } from '../refusals.ts';
import type { LiveFigureStages } from './LiveFigureStages.ts';
import type {
  FigureStage,
  FigureStageAct,
  FigureStageStore,
  KeptContent,
  StageMoment,
  StageStep,
  StageWhat,
} from './ports.ts';
import { keptOf, type StagedPictures } from './StagedPictures.ts';
import { StagedUnits } from './StagedUnits.ts';
import type { StageGrounds } from './StageGrounds.ts';
import {
  besideCleared,
  besideShown,
  clearFigures,
  demandConfirmed,
  demandStageable,
  indicatorsOf,
  isIn,
  markFigures,
  showFigures,
} from './stageRules.ts';

interface Parts {
  readonly store: FigureStageStore;
  readonly live: LiveFigureStages;
  readonly pictures: StagedPictures;
  readonly grounds: Pick<StageGrounds, 'piece'>;
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath } | undefined };
  /** The briefing as this node knows it; undefined: it is not open. */
  readonly briefing: (id: string) => Briefing | undefined;
  /** What all see beside people. */
  readonly programme: {
    readonly now: (briefing: string) => Content | null;
    readonly commit: (programme: Programme) => void;
  };
}

type StageActor = Pick<BriefingActor, 'briefing' | 'account'>;

interface ShowAsk {
  readonly indicator: string;
  readonly beside?: readonly string[];
  readonly root: UnitCode;
  readonly depth: StageDepth;
  readonly view: StageView;
  readonly period?: string | undefined;
  readonly confirmed?: number | undefined;
}

/** The acts on figures on the stage. Each resolves after the commit, and may be repeated without harm. */
export class FigureStages {
  readonly #o: Parts;
  readonly #marks = new RateLimits(STAGE_MARKS);
  readonly #shows = new RateLimits(STAGE_SHOWS);
  readonly #units: StagedUnits;
  /** The last sweep has cleared all that was left. */
  #isThrough = false;

  constructor(parts: Parts) {
    this.#o = parts;
    this.#units = new StagedUnits((sha256) => parts.pictures.read(sha256));
  }

  /**
   * FG25, FG26, FG65. @throws DomainError `forbidden`, `outside-territory`, `not-found`, `not-live`, `briefing-closed`,
   * `bad-request`, `conflict`, `rate-limited`, `busy`
   */
  async show(actor: StageActor, ask: ShowAsk): Promise<number> {
    const { account, briefing } = actor;
    const { pictures } = this.#o;
    const { indicator, root, depth, view } = ask;
    const others = [...new Set(ask.beside)].filter((code) => code !== indicator);
    const path = this.#o.tree().find(root)?.path;
    if (path === undefined) throw noUnit(root);
    demandProducing(account, this.#running(briefing), 'figures.show');
    for (const code of [indicator, ...others]) {
      const of = pictures.indicator(code);
      demand(account, 'figures.watch', figureOf(of, path));
      demandStageable(of);
    }
    const period =
      ask.period === undefined ? pictures.shown(indicator, root) : pictures.periodOf(indicator, ask.period);
    if (depth === 'communes') demandConfirmed(pictures.reporting(indicator, root), ask.confirmed);
    const wait = this.#shows.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này chiếu quá nhiều số liệu cùng lúc',
          en: 'so many figures are not shown by one account at once',
        },
        wait,
      );
    const beside = others.map((code) => ({ indicator: code, period: pictures.shown(code, root) }));
    const shown = { indicator, root, depth, period, ...(beside.length > 0 && { beside }) };
    const content = await pictures.make(shown);
    if (depth === 'provinces' && content.picture.units.length === 0)
      throw refuse('bad-request', {
        vi: 'Đơn vị bên dưới tự báo số liệu: hãy chiếu theo tên từng đơn vị',
        en: 'what is below it reports itself: it is shown by name',
      });
    const what: StageWhat = { ...shown, view, n: content.picture.n, mark: null };
    const kept = keptOf(content);
    const stage = await this.#change(actor, 'figures.show', (moment) => showFigures(moment, what, kept), besideShown);
    return stage.version;
  }

  /** FG27. @throws DomainError `forbidden`, `outside-territory`, `not-found`, `conflict`, `rate-limited` */
  async mark(actor: StageActor, content: string, mark: StageMark | null): Promise<number> {
    const { briefing, account } = actor;
    demandProducing(account, this.#running(briefing), 'figures.mark');
    const { what, content: now, version } = this.#o.live.get(briefing);
    if (!what || now !== content)
      throw refuse('conflict', {
        vi: 'Số liệu này không còn được chiếu',
        en: 'these figures are not on the stage any more',
      });
    // That it is gone is always told.
    const wait = mark ? this.#marks.take(briefing) : 0;
    if (wait > 0)
      throw tooOften({ vi: 'Mỗi giây chỉ được chỉ tối đa hai lần', en: 'a mark is set twice a second at most' }, wait);
    if (mark && !isIn(await this.#o.pictures.read(content), mark))
      throw refuse('bad-request', {
        vi: 'Chỉ có thể chỉ một đơn vị hoặc một kỳ đang được chiếu',
        en: 'a mark is a unit or a period of what is shown',
      });
    const stage = await this.#change(actor, 'figures.mark', (moment) => markFigures(moment, content, mark));
    return Math.max(stage.version, version);
  }

  /** FG28. @throws DomainError `forbidden`, `outside-territory`, `not-found` */
  async clear(actor: StageActor): Promise<number> {
    const shown = await this.#shownLast(actor.briefing);
    const decide = (moment: StageMoment) => clearFigures(moment, ...shown);
    return (await this.#change(actor, 'figures.clear', decide, besideCleared)).version;
  }

  /**
   * FG23, FG28: what was put on the stage, to whoever is in the briefing, as long as it is there.
   * @throws DomainError `forbidden`, `outside-territory`, `not-found`
   */
  async content(account: Account, briefing: string, sha256: string): Promise<Buffer> {
    await this.#demandShown(account, briefing, sha256);
    return this.#o.pictures.bytes(sha256);
  }

  /** FG108: the same, a piece of its units by name. @throws DomainError as `content` */
  async units(account: Account, briefing: string, sha256: string, query: StagedPieceQuery): Promise<Buffer> {
    await this.#demandShown(account, briefing, sha256);
    return this.#units.piece(sha256, query);
  }

  /** FG121: the same, a piece of the borders by which it is drawn. @throws DomainError as `content` */
  async ground(account: Account, briefing: string, sha256: string, query: GroundPieceQuery): Promise<Buffer> {
    await this.#o.live.ensure(briefing);
    const { version, what, content } = this.#o.live.get(briefing);
    await this.#demandShown(account, briefing, content ?? '');
    if (!what || content === null) throw notShown();
    const { root, depth } = what;
    return this.#o.grounds.piece({ briefing, version, content, root, depth }, sha256, query);
  }

  async #demandShown(account: Account, briefing: string, sha256: string): Promise<void> {
    demand(account, 'briefing.join');
    const known = this.#o.briefing(briefing);
    await this.#o.live.ensure(briefing);
    const { content } = this.#o.live.get(briefing);
    // CH15
    const isSeen = known && may(account, 'briefing.join', { paths: known.scope }) === 'allowed';
    if (!isSeen || content !== sha256 || this.#o.programme.now(briefing)?.kind !== 'figures') throw notShown();
  }

  /** FG26, FG28: what is shown when a briefing closes ends with it, and so does what may not be staged any more. */
  async sweep(): Promise<void> {
    const { live, store, pictures } = this.#o;
    const lately = this.#isThrough ? STAGES_LEFT_MS : undefined;
    this.#isThrough = false;
    const left = await store.left(lately);
    const ended = async (briefing: string) => {
      await this.#clearBySystem(briefing);
      live.forget(briefing);
    };
    const notStaged = async ({ briefing, what }: FigureStage) => {
      if (!what || indicatorsOf(what).every((code) => pictures.indicator(code).mayStage)) return;
      await this.#clearBySystem(briefing, besideCleared);
    };
    await tryAll([
      async () => {
        await tryAll(left.map((briefing) => () => ended(briefing)));
        this.#isThrough = true;
      },
      () => tryAll(live.shown().map((stage) => () => notStaged(stage))),
    ]);
  }

  /** As this node knows it: who may not act is told before anything is read for them. */
  #running(briefing: string): Briefing {
    const known = this.#o.briefing(briefing);
    if (!known) throw refuse('not-live', { vi: 'Phiên họp chưa mở', en: 'the briefing is not open' });
    return known;
  }

  /** @param beside left out: the briefing is over, and shows nothing */
  async #clearBySystem(briefing: string, beside?: Placing): Promise<void> {
    await this.#o.live.ensure(briefing);
    const shown = await this.#shownLast(briefing);
    const decide = (moment: StageMoment) => clearFigures(moment, ...shown);
    await this.#commit({ briefing, by: null, decide, ...(beside && { beside }) });
  }

  /** As all see it at this moment; what cannot be made of the boards any more keeps nobody from clearing the stage. */
  async #shownLast(briefing: string): Promise<readonly [number, KeptContent | null]> {
    const { live, pictures } = this.#o;
    await live.ensure(briefing);
    const { what, content } = live.get(briefing);
    if (!what || content === null) return [0, null];
    try {
      if (what.depth === 'communes') return [what.n, { sha256: content, bytes: await pictures.bytes(content) }];
      const shown = await pictures.make(what);
      return [shown.picture.n, keptOf(shown)];
    } catch {
      return [what.n, null];
    }
  }

  async #change(
    { briefing, account }: StageActor,
    act: Act,
    decide: (moment: StageMoment) => StageStep | undefined,
    beside?: Placing,
  ): Promise<FigureStage> {
    return this.#commit({
      ...{ briefing, by: { account: account.id, name: account.name }, ...(beside && { beside }) },
      decide: (moment) => {
        demandProducing(account, moment.briefing, act);
        return decide(moment);
      },
    });
  }

  async #commit(act: FigureStageAct): Promise<FigureStage> {
    const { stage, programme } = await this.#o.store.change(act);
    this.#o.live.commit(stage);
    if (programme) this.#o.programme.commit(programme);
    return stage;
  }
}

const notShown = () =>
  refuse('not-found', { vi: 'Số liệu này không được chiếu', en: 'these figures are not on the stage' });
