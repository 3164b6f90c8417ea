import type { types as ms } from 'mediasoup';
import { repoint } from '../track/repoint.ts';
import type { TrackHome } from '../track/SourceTrack.ts';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import { LocalCopy } from './LocalCopy.ts';
import type { PipeImport } from './PipeImport.ts';

export interface GatewayHost {
  /** @throws Error when it cannot be had */
  pull(home: RoomRouter): Promise<PipeImport>;
  isPaused(): boolean;
  isClosed(): boolean;
  broken(pipe: PipeImport): void;
  drop(pipe: PipeImport): void;
}

/**
 * Where a track of another node is at this one: the pipe that brings it to one home, and the copies at others. When the
 * pipe or its home dies another takes its place, and consumers at living homes are moved over to it.
 */
export class Gateway {
  readonly #host: GatewayHost;
  readonly #copies = new Map<TrackHome, LocalCopy>();
  /** Consumers that are being made: what they stand on may not be closed meanwhile. */
  readonly #consuming = new Set<Promise<unknown>>();
  #pipe: PipeImport | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(host: GatewayHost) {
    this.#host = host;
  }

  get pipe(): PipeImport | undefined {
    return this.#pipe;
  }

  /** @returns undefined: what it was to stand on has closed meanwhile */
  async consume(
    home: RoomRouter,
    consume: (producer: ms.Producer) => Promise<ms.Consumer>,
  ): Promise<ms.Consumer | undefined> {
    const producer = await this.producerAt(home);
    const making = consume(producer);
    this.#consuming.add(making);
    try {
      return await making;
    } catch (error) {
      if (!producer.closed) throw error;
      return undefined;
    } finally {
      this.#consuming.delete(making);
    }
  }

  /** Whoever finds it there does not wait for anybody's turn. */
  async producerAt(home: RoomRouter): Promise<ms.Producer> {
    return this.#here(home) ?? this.#inTurn(() => this.#bring(home));
  }

  /** Pulls anew. @param onlyIfItComes what is there stays unless media comes by the new one */
  replace({ onlyIfItComes = false } = {}): Promise<void> {
    return this.#inTurn(() => this.#replace(undefined, onlyIfItComes));
  }

  /** All of it is as its publisher's node has it. */
  async bringPaused(): Promise<void> {
    const paused = this.#host.isPaused();
    const producers = [this.#pipe, ...this.#copies.values()].flatMap((each) => each?.producer ?? []);
    await Promise.all(
      producers.map(async (producer) => {
        try {
          if (producer.paused !== paused) await (paused ? producer.pause() : producer.resume());
        } catch (error) {
          if (!producer.closed) throw error;
        }
      }),
    );
  }

  /** No pipe, no copies; the next who wants it pulls it. */
  drop(): void {
    const pipe = this.#pipe;
    this.#pipe = undefined;
    if (pipe) this.#host.drop(pipe);
    for (const copy of [...this.#copies.values()]) copy.close();
    this.#copies.clear();
  }

  #here(home: RoomRouter): ms.Producer | undefined {
    if (this.#pipe?.closed !== false) return undefined;
    return this.#pipe.home === home ? this.#pipe.producer : this.#copies.get(home)?.producer;
  }

  async #bring(home: RoomRouter): Promise<ms.Producer> {
    if (this.#pipe?.closed !== false) await this.#replace(home, false);
    const here = this.#here(home);
    if (here) return here;
    if (!this.#pipe) throw new Error('what was pulled has been dropped');
    return (await this.#copy(this.#pipe, home)).producer;
  }

  /** @param asked who wants it, if anybody does who has no copy yet */
  async #replace(asked: RoomRouter | undefined, onlyIfItComes: boolean): Promise<void> {
    const old = this.#pipe;
    const home = homeOf(old, this.#copies.keys(), asked);
    if (!home) return this.drop();
    const pipe = await this.#host.pull(home);
    if (onlyIfItComes && !(await pipe.comes())) {
      this.#host.broken(pipe);
      return this.#host.drop(pipe);
    }
    if (this.#host.isClosed()) {
      this.#host.drop(pipe);
      throw new Error('a track closed while it was pulled');
    }
    // Whoever comes now takes the new one; those who were on their way to the old one are waited for.
    this.#pipe = pipe;
    await Promise.allSettled(this.#consuming);
    try {
      if (old?.home === home && !old.closed) await repoint(home.router, old.producer, pipe.producer);
      else for (const copy of [...this.#copies.values()]) await this.#moveCopy(copy, pipe);
    } finally {
      if (old) this.#host.drop(old);
    }
    await this.bringPaused();
  }

  async #moveCopy(copy: LocalCopy, pipe: PipeImport): Promise<void> {
    if (copy.closed) return;
    const { home } = copy;
    this.#copies.delete(home);
    try {
      const { producer } = home === pipe.home ? pipe : await this.#copy(pipe, home);
      await repoint(home.router, copy.producer, producer);
    } catch (error) {
      // Its worker died, too; its viewers went with it.
      if (!copy.closed) throw error;
    } finally {
      copy.close();
    }
  }

  async #copy(pipe: PipeImport, home: TrackHome): Promise<LocalCopy> {
    const copy = await LocalCopy.create(pipe, home);
    this.#copies.set(home, copy);
    copy.producer.observer.on('close', () => {
      if (this.#copies.get(home) === copy) this.#copies.delete(home);
    });
    return copy;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(task);
    this.#turn = run.catch(() => undefined);
    return run;
  }
}

/** Where to pull it to: where it was, if that lives; else where it is watched; else where it is asked for. */
function homeOf(
  old: PipeImport | undefined,
  copies: Iterable<TrackHome>,
  asked: RoomRouter | undefined,
): RoomRouter | undefined {
  if (old && !old.home.closed) return old.home;
  // Whoever holds a copy is a room's router: that is all that this class was ever asked to bring it to.
  const [watched] = copies as Iterable<RoomRouter>;
  return watched ?? asked;
}
