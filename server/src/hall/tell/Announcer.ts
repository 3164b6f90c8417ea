import type { ParticipantInfo } from '@livekit/protocol';
import { inTurn } from '../shared/inTurn.ts';
import type { Listener, SeenRoom, Views } from './Listener.ts';

/** A listener who remembers how far they have been told, and of whom others are told. */
interface Informed extends Listener {
  readonly views: Views;
  /** Whether a viewer may know who they are. */
  isKnownTo(viewer: this): boolean;
  /** Whether a viewer is told of them at all. */
  isSeenBy(viewer: this): boolean;
  /** News of the room up to here reached them. */
  told: number;
}

interface News<P> {
  readonly about: P;
  /** Undefined: as they are when the news goes out. */
  readonly gone: Views | undefined;
  /** Who is told. */
  readonly isFor: (viewer: P) => boolean;
  readonly order: number;
}

/** So long, ms, it is remembered who went: clients that resume may have missed it. */
const REMEMBERED_MS = 60_000;

/**
 * Tells the room's participants what changed about those whom they see, in the order it happened: first the update,
 * then the subscriptions that follow from it. Changes of one turn of the loop go out together, as one list that all
 * receivers share who may know the same.
 */
export class Announcer<P extends Informed> {
  readonly #room: SeenRoom<P>;
  readonly #follow: (viewer: P, about: P) => void;
  #news: News<P>[] = [];
  #departures: { about: P; views: Views; saw: (viewer: P) => boolean; at: number }[] = [];
  #count = 0;
  #running = false;
  #closed = false;

  /** @param follow brings the viewer's subscriptions in line with what they were told */
  constructor(room: SeenRoom<P>, follow: (viewer: P, about: P) => void) {
    this.#room = room;
    this.#follow = follow;
  }

  /** A participant who joins now has been told everything up to here by their JoinResponse. */
  get position(): number {
    return this.#count;
  }

  changed(about: P): void {
    if (this.#news.some((n) => n.about === about && !n.gone)) return;
    const isFor = (viewer: P) => about.isSeenBy(viewer);
    this.#add({ about, gone: undefined, isFor, order: ++this.#count });
  }

  /** They left, or are no longer to be seen. @param saw who did see them */
  gone(about: P, views: Views, saw: (viewer: P) => boolean): void {
    this.#news = this.#news.filter((n) => n.about !== about);
    this.#add({ about, gone: views, isFor: saw, order: ++this.#count });
    const now = performance.now();
    this.#departures = this.#departures.filter((d) => now - d.at < REMEMBERED_MS);
    this.#departures.push({ about, views, saw, at: now });
  }

  /** Those who went lately, and whom this viewer does not see again by now. */
  departures(viewer: P): ParticipantInfo[] {
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

  #add(news: News<P>): void {
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

  async #tell(news: readonly News<P>[]): Promise<void> {
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
    viewer: P,
    news: readonly (News<P> & { readonly views: Views })[],
    lists: Map<string, readonly ParticipantInfo[]>,
    newest: number,
  ): void {
    if (viewer.left || viewer.told >= newest) return;
    const key = news.map((n) => (isFor(viewer, n) ? (n.about.isKnownTo(viewer) ? 'k' : 'v') : '-')).join('');
    const mine = lists.get(key) ?? news.flatMap((n) => (isFor(viewer, n) ? [viewOf(viewer, n.about, n.views)] : []));
    lists.set(key, mine);
    if (mine.length > 0) viewer.outlet?.update(mine);
    viewer.told = newest;
    for (const n of news) if (n.about !== viewer && n.isFor(viewer)) this.#follow(viewer, n.about);
  }
}

/** One's own departure from view is not told to oneself. */
const isFor = <P extends Informed>(viewer: P, news: News<P>): boolean =>
  news.order > viewer.told && !(news.gone && news.about === viewer) && news.isFor(viewer);

const viewOf = <P extends Informed>(viewer: P, about: P, views: Views): ParticipantInfo =>
  about.isKnownTo(viewer) ? views.known : views.veiled;
