import type { FigureCards } from '../../../domain/figure/FigureCards.ts';
import type { FigureMove, LiveFigures } from '../../../domain/figure/LiveFigures.ts';
import { STAGE_TELLS } from '../../../domain/figure/limits.ts';
import type { LiveFigureStages } from '../../../domain/figure/stage/LiveFigureStages.ts';
import type { FigureStage } from '../../../domain/figure/stage/ports.ts';
import type { StagedPictures } from '../../../domain/figure/stage/StagedPictures.ts';
import type { StageFrames } from '../../../domain/figure/stage/StageFrames.ts';
import type { StageGrounds } from '../../../domain/figure/stage/StageGrounds.ts';
import { indicatorsOf } from '../../../domain/figure/stage/stageRules.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { StagedFigures } from '../../../protocol/figureStage.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';
import { stageNews } from './stageNews.ts';

interface Parts {
  readonly stages: LiveFigureStages;
  readonly pictures: Pick<StagedPictures, 'now'>;
  /** FG121: by which its map is drawn. */
  readonly grounds: Pick<StageGrounds, 'of'>;
  readonly live: LiveFigures;
  readonly cards: FigureCards;
  /** Of what was told last. */
  readonly frames: Pick<StageFrames, 'told' | 'forget'>;
  /** What could not be told. */
  readonly failed: (error: unknown) => void;
}

interface Told {
  /** As whoever comes now is told. */
  notice: StagedFigures | undefined;
  /** When something was told, when an act on the stage was, and when it was looked whether anything is to be told. */
  at: number;
  acted: number;
  looked: number;
  timer: NodeJS.Timeout | undefined;
  /** When the timer rings. */
  due: number;
  /** A picture is being made; what changes meanwhile is looked at once, after it. */
  making: Promise<void> | undefined;
  isAgain: boolean;
  /** Thousands who come ask for the first picture once. */
  first: Promise<void> | undefined;
}

/** FG25, FG66: tells everybody in a briefing what of figures is on the stage, written once for all of them. */
export class FigureStageNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #io: ChannelContext['io'];
  readonly #o: Parts;
  readonly #told = new Map<string, Told>();
  readonly #look: NodeJS.Timeout;
  #isClosed = false;
  readonly #onChanged = ({ briefing }: FigureStage) => this.#soon(briefing, dueOfAct);
  readonly #onMoved = (moves: readonly FigureMove[]) => this.#moved(new Set(moves.map(({ indicator }) => indicator)));
  readonly #onWarmed = (indicator: string) => this.#moved(new Set([indicator]));
  readonly #onAll = () => this.#moved(undefined);
  readonly #onForgotten = (briefing: string) => {
    clearTimeout(this.#told.get(briefing)?.timer);
    this.#told.delete(briefing);
    this.#o.frames.forget(briefing);
  };

  constructor({ io }: Pick<ChannelContext, 'io'>, parts: Parts) {
    this.#io = io;
    this.#o = parts;
    parts.stages.on('changed', this.#onChanged).on('forgotten', this.#onForgotten);
    parts.live.on('moved', this.#onMoved).on('reloaded', this.#onAll);
    parts.cards.on('warmed', this.#onWarmed);
    // FG11: how figures stand changes with the clock alone.
    this.#look = setInterval(this.#onAll, STAGE_TELLS.lookMs);
  }

  /** Whoever comes is told at once what is there. */
  async prepare({ id }: Briefing): Promise<void> {
    const { stages } = this.#o;
    await stages.ensure(id);
    if (!stages.get(id).what || this.#told.get(id)?.notice?.shown) return;
    const told = this.#of(id);
    const first = told.first ?? this.#inTurn(id, told);
    told.first = first;
    await first;
    told.first = undefined;
  }

  /** A page that comes back may have seen figures that are there no more. */
  welcome(socket: ChannelSocket, briefing: string): void {
    const { version, what } = this.#o.stages.get(briefing);
    const { notice } = this.#told.get(briefing) ?? {};
    if (what && notice?.shown) tell(socket, 'figures.staged', notice);
    else if (version > 0 && !what) tell(socket, 'figures.staged', { briefing, version, shown: null });
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#look);
    const { stages, live, cards } = this.#o;
    stages.off('changed', this.#onChanged).off('forgotten', this.#onForgotten);
    live.off('moved', this.#onMoved).off('reloaded', this.#onAll);
    cards.off('warmed', this.#onWarmed);
    for (const { timer } of this.#told.values()) clearTimeout(timer);
  }

  /** @param indicators undefined: all may have */
  #moved(indicators: ReadonlySet<string> | undefined): void {
    for (const { briefing, what } of this.#o.stages.shown())
      if (what?.depth === 'provinces' && (!indicators || indicatorsOf(what).some((code) => indicators.has(code))))
        this.#soon(briefing);
  }

  #soon(briefing: string, dueOf: typeof dueOfMove = dueOfMove): void {
    if (this.#isClosed) return;
    const told = this.#of(briefing);
    const viewers = this.#io.of('/').adapter.rooms.get(rooms.everyone(briefing))?.size ?? 0;
    const due = dueOf(told, viewers > STAGE_TELLS.crowd);
    if (told.timer && due >= told.due) return;
    clearTimeout(told.timer);
    told.due = due;
    told.timer = setTimeout(
      () => {
        told.timer = undefined;
        void this.#inTurn(briefing, told);
      },
      Math.max(0, due - performance.now()),
    );
    told.timer.unref();
  }

  #inTurn(briefing: string, told: Told): Promise<void> {
    if (told.making) {
      told.isAgain = true;
      return told.making;
    }
    told.looked = performance.now();
    told.making = this.#make(briefing, told).then(() => {
      told.making = undefined;
      const isActed = this.#o.stages.get(briefing).version !== told.notice?.version;
      if (told.isAgain && this.#told.get(briefing) === told) this.#soon(briefing, isActed ? dueOfAct : dueOfMove);
      told.isAgain = false;
    });
    return told.making;
  }

  async #make(briefing: string, told: Told): Promise<void> {
    try {
      const stage = this.#o.stages.get(briefing);
      const after = await this.#notice(stage);
      if (this.#isClosed || this.#told.get(briefing) !== told) return;
      const news = stageNews(told.notice, after);
      if (!news) return;
      const isActed = told.notice?.version !== after.version && !isUnmarked(told.notice, after);
      told.notice = after;
      this.#o.frames.told(after);
      told.at = performance.now();
      if (isActed) told.acted = told.at;
      tell(this.#io.local.to(rooms.everyone(briefing)), news.name, news.notice);
    } catch (error) {
      this.#o.failed(error);
    }
  }

  async #notice({ briefing, version, what, content }: FigureStage): Promise<StagedFigures> {
    if (!what || content === null) return { briefing, version, shown: null };
    const picture = await this.#o.pictures.now({ briefing, version, what, content });
    const { root, depth, view, mark } = what;
    const ground = view === 'map' ? await this.#groundOf({ briefing, version, content, root, depth }) : undefined;
    return { briefing, version, shown: { depth, view, mark, content, picture, ...(ground && { ground }) } };
  }

  /** Without borders it is tiles, which say the same; what cannot be asked for at the moment stays as it was told. */
  async #groundOf(shown: Parameters<StageGrounds['of']>[0]): Promise<string | undefined> {
    try {
      return await this.#o.grounds.of(shown);
    } catch (error) {
      this.#o.failed(error);
      const last = this.#told.get(shown.briefing)?.notice?.shown;
      return last?.content === shown.content ? last.ground : undefined;
    }
  }

  #of(briefing: string): Told {
    const known = this.#told.get(briefing);
    if (known) return known;
    const made: Told = {
      ...{ notice: undefined, at: Number.NEGATIVE_INFINITY, acted: Number.NEGATIVE_INFINITY },
      looked: Number.NEGATIVE_INFINITY,
      ...{ timer: undefined, due: Number.POSITIVE_INFINITY, making: undefined, isAgain: false, first: undefined },
    };
    this.#told.set(briefing, made);
    return made;
  }
}

/** FG66: what moves is not looked at more often than it may be told. */
const dueOfMove = ({ at, looked }: Told, isCrowd: boolean): number =>
  Math.max(at, looked) + (isCrowd ? STAGE_TELLS.crowdMs : STAGE_TELLS.everyMs);

/** FG170: an act on the stage waits for no notice of what moved. */
const dueOfAct = ({ acted }: Told, isCrowd: boolean): number =>
  acted + (isCrowd ? STAGE_TELLS.crowdActMs : STAGE_TELLS.actMs);

/** Nothing is pointed at any more, which holds back no mark. */
const isUnmarked = (before: StagedFigures | undefined, { shown }: StagedFigures): boolean =>
  Boolean(before?.shown?.mark) && shown?.mark === null && before?.shown?.content === shown.content;
