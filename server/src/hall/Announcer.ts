import type { ParticipantInfo } from '@livekit/protocol';
import type { Participant } from './Participant.ts';
import type { Room } from './Room.ts';

interface News {
  readonly about: Participant;
  /** Undefined: as he is when the news goes out. */
  readonly gone: ParticipantInfo | undefined;
  readonly order: number;
}

/** The loop is given back to others after this time, ms, however many viewers are still to be told. */
const CHUNK_MS = 8;

/**
 * Tells the room's participants what changed about those whom they see, in the order it happened: first the update,
 * then the subscriptions that follow from it. Changes of one turn of the loop go out together, as one list that all
 * receivers share.
 */
export class Announcer {
  readonly #room: Room;
  #news: News[] = [];
  #count = 0;
  #running = false;
  #closed = false;

  constructor(room: Room) {
    this.#room = room;
  }

  /** A participant who joins now has been told everything up to here by his JoinResponse. */
  get position(): number {
    return this.#count;
  }

  changed(about: Participant): void {
    if (this.#news.some((n) => n.about === about && !n.gone)) return;
    this.#add({ about, gone: undefined, order: ++this.#count });
  }

  /** He left, or is no longer to be seen. */
  gone(about: Participant, info: ParticipantInfo): void {
    this.#news = this.#news.filter((n) => n.about !== about);
    this.#add({ about, gone: info, order: ++this.#count });
  }

  close(): void {
    this.#closed = true;
    this.#news = [];
  }

  #add(news: News): void {
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

  async #tell(news: readonly News[]): Promise<void> {
    const infos = news.map((n) => n.gone ?? n.about.info);
    const newest = news.at(-1)?.order ?? 0;
    let until = performance.now() + CHUNK_MS;
    for (const viewer of [...this.#room.participants]) {
      if (this.#closed) return;
      this.#tellOne(viewer, news, infos, newest);
      if (performance.now() < until) continue;
      await new Promise((resolve) => setImmediate(resolve));
      until = performance.now() + CHUNK_MS;
    }
  }

  #tellOne(viewer: Participant, news: readonly News[], infos: readonly ParticipantInfo[], newest: number): void {
    if (viewer.left || viewer.told >= newest) return;
    const common = news.every((n) => n.order > viewer.told && !(n.gone && n.about === viewer));
    const mine = common ? infos : infos.filter((_, i) => isFor(viewer, news[i]));
    if (mine.length > 0) viewer.outlet?.update(mine);
    viewer.told = newest;
    for (const n of news) if (n.about !== viewer) viewer.viewing.consider(n.about);
  }
}

/** One's own departure from view is not told to oneself. */
const isFor = (viewer: Participant, news: News | undefined): boolean =>
  news !== undefined && news.order > viewer.told && !(news.gone && news.about === viewer);
