import type { types as ms } from 'mediasoup';

/** Quieter than this (dBov) counts as silence. */
const THRESHOLD_DBOV = -60;
/** The worker passes over a speaker from whom it heard fewer packets than this in an interval. */
const PACKETS_NEEDED = 10;
/** What clients send unless they are told otherwise. */
const USUAL_FRAME_MS = 20;
const MOST_SPEAKERS = 64;

export interface AudioLevelListener {
  level(dBov: number): void;
  silence(): void;
}

/**
 * How loud the publishers of one router are. The worker reads it from a header extension, so it costs nothing per
 * viewer. Long Opus frames need a longer interval, so those publishers have an observer of their own.
 */
export class AudioLevels {
  readonly #observers: readonly ms.AudioLevelObserver[];
  readonly #listeners = new Map<string, AudioLevelListener>();
  /** The observer that hears a publisher: the quickest one that ever did. */
  readonly #heardBy = new Map<string, number>();
  readonly #speaking = new Set<string>();

  /** `frameMs`: length of the longest Opus frame in use. */
  static async create(router: ms.Router, frameMs: number): Promise<AudioLevels> {
    const frames = frameMs > USUAL_FRAME_MS ? [USUAL_FRAME_MS, frameMs] : [USUAL_FRAME_MS];
    const observers = await Promise.all(
      frames.map((frame) => {
        const interval = Math.max(300, (PACKETS_NEEDED + 1) * frame);
        return router.createAudioLevelObserver({ maxEntries: MOST_SPEAKERS, threshold: THRESHOLD_DBOV, interval });
      }),
    );
    return new AudioLevels(observers);
  }

  private constructor(observers: readonly ms.AudioLevelObserver[]) {
    this.#observers = observers;
    observers.forEach((observer, speed) => {
      observer.on('volumes', (volumes) => this.#heard(speed, new Map(volumes.map((v) => [v.producer.id, v.volume]))));
      observer.on('silence', () => this.#heard(speed, new Map()));
    });
  }

  async add(producer: ms.Producer, listener: AudioLevelListener): Promise<void> {
    this.#listeners.set(producer.id, listener);
    producer.observer.on('close', () => {
      this.#listeners.delete(producer.id);
      this.#heardBy.delete(producer.id);
      this.#speaking.delete(producer.id);
    });
    await Promise.all(this.#observers.map((observer) => observer.addProducer({ producerId: producer.id })));
  }

  #heard(speed: number, volumes: ReadonlyMap<string, number>): void {
    for (const [id, volume] of volumes) {
      const by = Math.min(speed, this.#heardBy.get(id) ?? speed);
      this.#heardBy.set(id, by);
      if (by !== speed) continue;
      this.#speaking.add(id);
      this.#listeners.get(id)?.level(volume);
    }
    for (const id of [...this.#speaking]) {
      if (volumes.has(id) || this.#heardBy.get(id) !== speed) continue;
      this.#speaking.delete(id);
      this.#listeners.get(id)?.silence();
    }
  }
}
