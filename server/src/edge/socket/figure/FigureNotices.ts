import { setImmediate as turn } from 'node:timers/promises';
import type { Crossings } from '../../../domain/figure/Crossings.ts';
import type { FigureCards } from '../../../domain/figure/FigureCards.ts';
import type { FigureLayout } from '../../../domain/figure/FigureLayout.ts';
import type { FigureService } from '../../../domain/figure/FigureService.ts';
import { letterOf } from '../../../domain/figure/frameOf.ts';
import type { FigureMove, LiveFigures } from '../../../domain/figure/LiveFigures.ts';
import type { Actor } from '../../../domain/shared/actor.ts';
import type { FigureCard, FigureChange } from '../../../protocol/figure.ts';
import type { Seat } from '../../../protocol/floor.ts';
import { MOST_CHANGED } from '../../../protocol/limits.ts';
import { rooms } from '../channel/rooms.ts';
import { isHeard, tell } from '../channel/tell.ts';
import type { ChannelContext, SliceNotices } from '../channel/types.ts';
import type { FigureWatch, FigureWatches } from './FigureWatches.ts';

/** FG24: at most four a second, however many batches come in. */
const TICK_MS = 250;
/** FG11: how they stand changes with the clock alone. */
const LOOK_EVERY_MS = 10_000;
/** Of all rooms, one after the other: then others have their turn. */
const TURN_MS = 10;
const PREFIX = 'figures:';

interface News {
  /** What came after it is told with the next. */
  readonly n: number;
  /** Indicator -> places of the units that moved, in path order. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

interface Watched extends FigureWatch {
  /** Cards as they were told last. */
  readonly told: Map<string, string>;
  /** FG96: up to here it was told what crossed a border. */
  crossedUntil: number;
}

interface Parts {
  readonly live: LiveFigures;
  readonly cards: FigureCards;
  readonly crossings: Pick<Crossings, 'since'>;
  readonly figures: FigureService;
  readonly watches: FigureWatches;
  /** What could not be told. */
  readonly failed: (error: unknown) => void;
  /** How long after it was recorded somebody was told the oldest of it. */
  readonly told: (seconds: number) => void;
}

/** FG23, FG24: tells those who watch the same of what moved there, once for all of them. */
export class FigureNotices implements SliceNotices {
  readonly #io: ChannelContext['io'];
  readonly #o: Parts;
  readonly #timers: readonly NodeJS.Timeout[];
  /** By room; a room is of one root and its indicators. */
  readonly #watched = new Map<string, Watched>();
  /** What moved since the last tick: units of the periods that may be shown. */
  #moved = new Map<string, Set<string>>();
  /** When the oldest of it was recorded; undefined: nothing was, it only stands in another way. */
  #recordedAt: number | undefined;
  #isTelling = false;
  #isClosed = false;
  readonly #onMoved = (moves: readonly FigureMove[], recordedAt?: number) => {
    this.#recordedAt ??= recordedAt;
    for (const { indicator, units } of moves) {
      const moved = this.#moved.get(indicator) ?? new Set();
      this.#moved.set(indicator, moved);
      for (const unit of units) moved.add(unit);
    }
  };
  readonly #onWarmed = (indicator: string) => this.#onMoved([{ indicator, units: new Set(), older: [] }]);
  readonly #lookAtAll = () => {
    for (const { indicators } of this.#watched.values()) for (const indicator of indicators) this.#onWarmed(indicator);
  };
  readonly #onWatch = ({ briefing, identity, watch }: { briefing: string; identity: string; watch: FigureWatch }) => {
    const device = rooms.device(briefing, identity);
    const { adapter, sockets } = this.#io.of('/');
    for (const id of adapter.rooms.get(device) ?? []) {
      const socket = sockets.get(id);
      for (const room of socket?.rooms ?? []) if (room.startsWith(PREFIX)) void socket?.leave(room);
    }
    if (watch.indicators.length === 0) return;
    const room = roomOf(watch);
    this.#io.local.in(device).socketsJoin(room);
    if (this.#watched.has(room)) return;
    const { n } = this.#o.live;
    const indicators = watch.indicators.toSorted();
    this.#watched.set(room, { ...watch, indicators, told: this.#answered(watch), crossedUntil: n });
  };

  /** FG23, FG101: of what is not theirs to see any more nobody hears another word, and of the rest they hear as before. */
  readonly #onReloaded = () => {
    const { adapter, sockets } = this.#io.of('/');
    for (const [room, watched] of [...this.#watched])
      for (const id of [...(adapter.rooms.get(room) ?? [])]) {
        const socket = sockets.get(id);
        const seen = socket && this.#o.figures.stillSeen(actorOf(socket.data.seat), watched);
        if (!seen || seen.length === watched.indicators.length) continue;
        void socket.leave(room);
        if (seen.length > 0) void socket.join(this.#narrowed(watched, seen));
        const unseen = watched.indicators.filter((code) => !seen.includes(code));
        tell(socket, 'figures', { n: this.#o.live.n, cards: [], unseen });
      }
    this.#lookAtAll();
  };

  constructor({ io }: Pick<ChannelContext, 'io'>, parts: Parts) {
    this.#io = io;
    this.#o = parts;
    const { live, cards, watches } = parts;
    live.on('moved', this.#onMoved).on('reloaded', this.#onReloaded);
    cards.on('warmed', this.#onWarmed);
    watches.on('watch', this.#onWatch);
    this.#timers = [setInterval(() => void this.#tick(), TICK_MS), setInterval(this.#lookAtAll, LOOK_EVERY_MS)];
  }

  /** The room of fewer indicators, in which is told anew what was told in one of both alone. @returns its name */
  #narrowed({ root, told, crossedUntil }: Watched, indicators: readonly string[]): string {
    const room = roomOf({ root, indicators });
    const there = this.#watched.get(room) ?? { root, indicators, told: new Map(told), crossedUntil };
    for (const code of indicators) if (there.told.get(code) !== told.get(code)) there.told.delete(code);
    there.crossedUntil = Math.min(there.crossedUntil, crossedUntil);
    this.#watched.set(room, there);
    return room;
  }

  /** What whoever asked has in their answer. */
  #answered({ indicators, root }: FigureWatch): Map<string, string> {
    const { live, cards } = this.#o;
    const place = live.layout.placeOf(root) ?? 0;
    return new Map(indicators.map((code) => [code, textOf(cards.card(code, place))]));
  }

  /** Nothing is told before it is asked for. */
  welcome(): void {}

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    const { live, cards, watches } = this.#o;
    live.off('moved', this.#onMoved).off('reloaded', this.#onReloaded);
    cards.off('warmed', this.#onWarmed);
    watches.off('watch', this.#onWatch);
  }

  async #tick(): Promise<void> {
    if (this.#isTelling || this.#moved.size === 0) return;
    const { live } = this.#o;
    const { layout, n } = live;
    const [moved, recordedAt] = [this.#moved, this.#recordedAt];
    this.#recordedAt = undefined;
    const news = { n, places: new Map([...moved].map(([code, units]) => [code, placesOf(layout, units)])) };
    this.#moved = new Map();
    this.#isTelling = true;
    let [began, isTold] = [performance.now(), false];
    for (const [room, watched] of this.#watched) {
      if (isHeard(this.#io, room)) isTold = this.#tryRoom(room, watched, news) || isTold;
      else this.#watched.delete(room);
      if (performance.now() - began < TURN_MS) continue;
      await turn();
      began = performance.now();
      if (this.#isClosed || live.layout !== layout) break;
    }
    this.#isTelling = false;
    // In another layout they have other places.
    if (live.layout !== layout)
      this.#onMoved(
        [...moved].map(([indicator, units]) => ({ indicator, units, older: [] })),
        recordedAt,
      );
    else if (isTold && recordedAt !== undefined) this.#o.told((live.now() - recordedAt) / 1000);
  }

  /** What is wrong with one room is no harm to the others, nor to the node. */
  #tryRoom(room: string, watched: Watched, news: News): boolean {
    try {
      return this.#tellRoom(room, watched, news);
    } catch (error) {
      this.#o.failed(error);
      return false;
    }
  }

  /** @returns whether anything was to be told */
  #tellRoom(room: string, watched: Watched, { n, places }: News): boolean {
    const { indicators, root, told } = watched;
    const { live, cards: all, crossings } = this.#o;
    const place = live.layout.placeOf(root);
    if (place === undefined) return false;
    const end = live.layout.ends[place] ?? 0;
    const cards: FigureCard[] = [];
    const changed: FigureChange[] = [];
    let count = 0;
    for (const code of indicators) {
      const moved = places.get(code);
      const card = moved && all.card(code, place);
      if (!card) continue;
      const text = textOf(card);
      const inside = moved.slice(firstFrom(moved, place), firstFrom(moved, end));
      if (told.get(code) === text && inside.length === 0) continue;
      told.set(code, text);
      cards.push(card);
      count += inside.length;
      if (count <= MOST_CHANGED) changed.push(...this.#change(code, card.period, inside));
    }
    if (cards.length === 0) return false;
    const few = count > 0 && count <= MOST_CHANGED;
    const crossed = crossings.since(watched.crossedUntil, watched);
    watched.crossedUntil = Math.max(watched.crossedUntil, ...crossed.map((one) => one.n));
    tell(this.#io.local.to(room), 'figures', {
      ...{ n, cards },
      ...(few && { changed }),
      ...(crossed.length > 0 && { crossed }),
    });
    return true;
  }

  #change(code: string, period: string, inside: readonly number[]): FigureChange[] {
    const { live } = this.#o;
    const indicator = live.definitions.indicators.get(code);
    if (!indicator || inside.length === 0) return [];
    const cells = live.cellsNow(indicator, Date.parse(period));
    const parts = inside.map((place) => cells.part(place));
    return [
      {
        ...{ indicator: code, period },
        units: inside.map((place) => live.layout.units[place]?.code ?? ''),
        values: parts.map(({ value }) => value),
        states: parts.map(({ state }) => letterOf(state)).join(''),
      },
    ];
  }
}

const roomOf = ({ root, indicators }: FigureWatch): string => `${PREFIX}${root}:${indicators.toSorted().join()}`;

function placesOf(layout: FigureLayout, units: ReadonlySet<string>): number[] {
  return [...units].flatMap((unit) => layout.placeOf(unit) ?? []).sort((a, b) => a - b);
}

/** Index of the first of these, in order, that is not below a number. */
function firstFrom(sorted: readonly number[], least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Another N is no news where nothing else is. */
const textOf = (card: FigureCard | undefined): string => JSON.stringify({ ...card, n: 0 });
const actorOf = ({ account, role, path }: Seat): Actor => ({ id: account, role, unit: { path } });
