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
  /** Who is told. */
  readonly isFor: (viewer: L) => boolean;
  readonly order: number;
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
    this.#add({ about, gone: undefined, isFor, order: ++this.#count });
  }

  /** They left, or are no longer to be seen. @param saw who did see them */
  gone(about: S, views: Views, saw: (viewer: L) => boolean): void {
    this.#news = this.#news.filter((n) => n.about !== about);
    this.#add({ about, gone: views, isFor: saw, order: ++this.#count });
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

  async #tell(news: readonly News<L, S>[]): Promise<void> {
    const lists = new Map<string, readonly ParticipantInfo[]>();
    const all = news.map((n) => ({ ...n, views: n.gone ?? n.about.views }));
    const newest = news.at(-1)?.order ?? 0;
    await inTurn(
      this.#room.participants,
      (viewer) => this.#tellOne(viewer, all, lists, newest),
      () => this.#closed,
    );
  }

  #tellOne(
    viewer: L,
    news: readonly (News<L, S> & { readonly views: Views })[],
    lists: Map<string, readonly ParticipantInfo[]>,
    newest: number,
  ): void {
    if (viewer.left || viewer.told >= newest) return;
    const key = news.map((n) => (isFor(viewer, n) ? (n.about.isKnownTo(viewer) ? 'k' : 'v') : '-')).join('');
    const mine = lists.get(key) ?? news.flatMap((n) => (isFor(viewer, n) ? [viewOf(viewer, n.about, n.views)] : []));
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
