import type { types as ms } from 'mediasoup';

/** Quieter than this (dBov) counts as silence. */
const THRESHOLD_DBOV = -60;
/** The worker passes over a speaker from whom it heard fewer packets than this in an interval. */
const PACKETS_NEEDED = 10;

export interface LevelListener {
  level(dBov: number): void;
  silence(): void;
}

/** How loud the publishers of one router are. The worker reads it from a header extension, so it costs nothing per viewer. */
export class Levels {
  readonly #observer: ms.AudioLevelObserver;
  readonly #listeners = new Map<string, LevelListener>();
  #speaking = new Set<string>();

  /** `frameMs`: length of the longest Opus frame in use. */
  static async create(router: ms.Router, frameMs: number): Promise<Levels> {
    const interval = Math.max(300, Math.ceil((PACKETS_NEEDED + 2) * frameMs));
    return new Levels(await router.createAudioLevelObserver({ maxEntries: 64, threshold: THRESHOLD_DBOV, interval }));
  }

  private constructor(observer: ms.AudioLevelObserver) {
    this.#observer = observer;
    observer.on('volumes', (volumes) => this.#heard(new Map(volumes.map((v) => [v.producer.id, v.volume]))));
    observer.on('silence', () => this.#heard(new Map()));
  }

  async add(producer: ms.Producer, listener: LevelListener): Promise<void> {
    this.#listeners.set(producer.id, listener);
    producer.observer.on('close', () => {
      this.#listeners.delete(producer.id);
      this.#speaking.delete(producer.id);
    });
    await this.#observer.addProducer({ producerId: producer.id });
  }

  #heard(volumes: ReadonlyMap<string, number>): void {
    for (const [id, volume] of volumes) this.#listeners.get(id)?.level(volume);
    for (const id of this.#speaking) if (!volumes.has(id)) this.#listeners.get(id)?.silence();
    this.#speaking = new Set(volumes.keys());
  }
}
