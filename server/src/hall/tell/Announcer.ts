import type { ParticipantInfo } from '@livekit/protocol';
import { inTurn } from '../shared/inTurn.ts';
import type { Announced, Listener, SeenRoom, Views } from './Listener.ts';

/** A listener who remembers how far they have been told. */
interface Informed extends Listener {
  /** News of the room up to here reached them. */
  told: number;
}

interface News<L, S> {
  readonly about: S;
  /** Undefined: as they are when the news goes out. */
  readonly gone: Views | undefined;
  /** Who is told, of those who may be. */
  readonly isFor: (viewer: L) => boolean;
  readonly audience: () => Iterable<L>;
  readonly order: number;
}

interface Told<L, S> extends News<L, S> {
  readonly views: Views;
}

/** So long, ms, it is remembered who went: clients that resume may have missed it. */
const REMEMBERED_MS = 60_000;

/**
 * Tells the room's participants what changed about those whom they see, in the order it happened: first the update,
 * then the subscriptions that follow from it. Changes of one turn of the loop go out together, as one list that all
 * receivers share who may know the same.
 */
export class Announcer<L extends Informed, S extends Announced<L>> {
  readonly #room: SeenRoom<L, S>;
  readonly #follow: (viewer: L, about: S) => void;
  #news: News<L, S>[] = [];
  #departures: { about: S; views: Views; saw: (viewer: L) => boolean; at: number }[] = [];
  #count = 0;
  #running = false;
  #closed = false;

  /** @param follow brings the viewer's subscriptions in line with what they were told */
  constructor(room: SeenRoom<L, S>, follow: (viewer: L, about: S) => void) {
    this.#room = room;
    this.#follow = follow;
  }

  /** A participant who joins now has been told everything up to here by their JoinResponse. */
  get position(): number {
    return this.#count;
  }

  changed(about: S): void {
    if (this.#news.some((n) => n.about === about && !n.gone)) return;
    const isFor = (viewer: L) => about.isSeenBy(viewer);
    const audience = () => this.#room.audienceOf(about);
    this.#add({ about, gone: undefined, isFor, audience, order: ++this.#count });
  }

  /** They left, or are no longer to be seen. @param saw who did see them, of the audience */
  gone(
    about: S,
    views: Views,
    saw: (viewer: L) => boolean,
    audience: () => Iterable<L> = () => this.#room.participants,
  ): void {
    this.#news = this.#news.filter((n) => n.about !== about);
    this.#add({ about, gone: views, isFor: saw, audience, order: ++this.#count });
    const now = performance.now();
    this.#departures = this.#departures.filter((d) => now - d.at < REMEMBERED_MS);
    this.#departures.push({ about, views, saw, at: now });
  }

  /** Those who went lately, and whom this viewer does not see again by now. */
  departures(viewer: L): ParticipantInfo[] {
    const seen = new Set([...this.#room.seenBy(viewer)].map((p) => viewOf(viewer, p, p.views).identity));
    return this.#departures.flatMap(({ about, views, saw }) => {
      if (!saw(viewer)) return [];
      const info = viewOf(viewer, about, views);
      return about.sid === viewer.sid || seen.has(info.identity) ? [] : [info];
    });
  }

  close(): void {
    this.#closed = true;
    this.#news = [];
  }

  #add(news: News<L, S>): void {
    this.#news.push(news);
    if (this.#running || this.#closed) return;
    this.#running = true;
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    while (this.#news.length > 0) {
      const news = this.#news;
      this.#news = [];
      await this.#tell(news);
    }
    this.#running = false;
  }

  /** TR8: with news of many stages in one turn, each viewer is looked at for those of their own. */
  async #tell(news: readonly News<L, S>[]): Promise<void> {
    const lists = new Map<string, readonly ParticipantInfo[]>();
    const by = new Map<L, Told<L, S>[]>();
    const isOver = () => this.#closed;
    const gather = (n: News<L, S>) => {
      const told = { ...n, views: n.gone ?? n.about.views };
      for (const viewer of n.audience()) {
        const mine = by.get(viewer);
        if (mine) mine.push(told);
        else by.set(viewer, [told]);
      }
    };
    await inTurn(news, gather, isOver);
    await inTurn(by, ([viewer, mine]) => this.#tellOne(viewer, mine, lists), isOver);
  }

  #tellOne(viewer: L, news: readonly Told<L, S>[], lists: Map<string, readonly ParticipantInfo[]>): void {
    const newest = news.at(-1)?.order ?? 0;
    if (viewer.left || viewer.told >= newest) return;
    const own = news.filter((n) => isFor(viewer, n));
    const key = own.map((n) => `${n.order}${n.about.isKnownTo(viewer) ? 'k' : 'v'}`).join(' ');
    const mine = lists.get(key) ?? own.map((n) => viewOf(viewer, n.about, n.views));
    lists.set(key, mine);
    if (mine.length > 0) viewer.outlet?.update(mine);
    viewer.told = newest;
    for (const n of news) if (n.about.sid !== viewer.sid && n.isFor(viewer)) this.#follow(viewer, n.about);
  }
}

/** One's own departure from view is not told to oneself. */
const isFor = <L extends Informed>(viewer: L, news: News<L, Announced<L>>): boolean =>
  news.order > viewer.told && !(news.gone && news.about.sid === viewer.sid) && news.isFor(viewer);

const viewOf = <L extends Informed>(viewer: L, about: Announced<L>, views: Views): ParticipantInfo =>
  about.isKnownTo(viewer) ? views.known : views.veiled;
