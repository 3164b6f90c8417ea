import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import type { NodeBoot, PipeState } from '../../cascade/PipeLink.ts';
import { repoint } from '../track/repoint.ts';
import type { SourceTrack, TrackHome } from '../track/SourceTrack.ts';
import type { MediaKind, RemoteTrackOptions, TrackEvents } from '../types.ts';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import { LocalCopy } from './LocalCopy.ts';
import type { PipeImport, Wanted } from './PipeImport.ts';

/** A track that nobody here takes any more is kept for so long: viewers come and go in bursts. */
const KEEP_MS = 3_000;
/** Who asks so soon after a pull has failed is told the same, so that a thousand viewers ask the other node once. */
const FAILED_FOR_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/** What a track of another node needs of the pipes of this one. */
export interface Importing {
  pull(wanted: Wanted, home: RoomRouter): Promise<PipeImport>;
  /** From now on it is looked after: whether media comes, and what the other node says of it. */
  watch(track: RemoteTrack, pipe: PipeImport): void;
  /** What is wanted of what comes from that node has changed. */
  renew(from: NodeBoot): void;
  drop(pipe: PipeImport): void;
  /** Media goes out there and does not arrive. */
  broken(pipe: PipeImport): void;
  failed(sid: string, error: unknown): void;
}

/**
 * A track that is published at another node. It is pulled once for all viewers of this node, by the home of the first one,
 * which hands it to the other homes; and dropped some time after the last has gone. When the pipe or the worker that had it
 * dies, viewers elsewhere keep their consumers: they are repointed to what is pulled anew.
 */
export class RemoteTrack extends EventEmitter<TrackEvents> implements SourceTrack {
  readonly sid: string;
  readonly kind: MediaKind;
  readonly layers: number;
  readonly origin: NodeBoot;
  readonly #importing: Importing;
  readonly #copies = new Map<TrackHome, LocalCopy>();
  /** Consumers that are being made: what they stand on may not be closed meanwhile. */
  readonly #consuming = new Set<Promise<unknown>>();
  #pipe: PipeImport | undefined;
  #wanted: number;
  #wantedElsewhere = 0;
  #paused: boolean;
  #closed = false;
  #uses = 0;
  #idle: NodeJS.Timeout | undefined;
  #repairing = false;
  /** Where somebody was told that it cannot be had. */
  #missedAt: RoomRouter | undefined;
  #failure: { readonly error: unknown; readonly at: number } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ sid, kind, layers, paused, origin }: RemoteTrackOptions, importing: Importing) {
    super();
    this.sid = sid;
    this.kind = kind;
    this.layers = layers;
    this.origin = origin;
    this.#paused = paused;
    this.#wanted = layers;
    this.#importing = importing;
    // Of each viewer who waits until it can be had.
    this.setMaxListeners(0);
  }

  get paused(): boolean {
    return this.#paused;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** How many layers are needed, by viewers here and by nodes that have the track from this one. */
  get wanted(): number {
    return Math.max(this.#wanted, this.#wantedElsewhere);
  }

  /** The gateway, if there is one. */
  get home(): RoomRouter | undefined {
    return this.#pipe?.closed === false ? this.#pipe.home : undefined;
  }

  /** It comes from its publisher's node, and not by another one. */
  get isStraight(): boolean {
    return this.#pipe?.from.boot === this.origin.boot;
  }

  async consumeAt(home: RoomRouter, consume: (producer: ms.Producer) => Promise<ms.Consumer>): Promise<ms.Consumer> {
    const release = this.#use();
    try {
      for (let again = true; ; again = false) {
        const producer = await this.#producerAt(home);
        const making = consume(producer);
        this.#consuming.add(making);
        const consumer = await making
          .finally(() => this.#consuming.delete(making))
          .catch((error: unknown) => {
            if (this.#closed || !producer.closed || !again) throw error;
          });
        if (!consumer) continue;
        consumer.observer.once('close', release);
        if (consumer.closed) release();
        return consumer;
      }
    } catch (error) {
      release();
      if (this.#failure && !this.#closed) void this.#insist(home);
      throw error;
    }
  }

  want(layers: number): void {
    this.#setWanted(() => {
      this.#wanted = Math.max(0, Math.min(layers, this.layers));
    });
  }

  wantElsewhere(layers: number): void {
    this.#setWanted(() => {
      this.#wantedElsewhere = layers;
    });
  }

  async pause(): Promise<void> {
    await this.#setPaused(true);
  }

  async resume(): Promise<void> {
    await this.#setPaused(false);
  }

  /** The hall says that it is gone. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#drop();
    this.emit('closed');
  }

  /** What the node that sends says of the pipe that brings it here. */
  async heard(pipe: PipeImport, state: PipeState): Promise<void> {
    if (pipe !== this.#pipe || this.#closed) return;
    if (state.state === 'gone') return this.repair();
    await this.#setPaused(state.state === 'paused');
    if (this.#paused || state.sent === 0 || !(await pipe.isBroken(state))) return;
    this.#importing.broken(pipe);
    await this.repair();
  }

  /** Pulls it anew, and again until it is there; viewers stay. */
  async repair(): Promise<void> {
    if (this.#repairing) return;
    this.#repairing = true;
    try {
      for (let pauseMs = 500; this.#uses > 0 && !this.#closed; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
        if (
          await this.#inTurn(() => this.#replace()).then(
            () => true,
            () => false,
          )
        )
          return;
        await sleep(pauseMs, undefined, { ref: false });
      }
    } finally {
      this.#repairing = false;
    }
  }

  /** The path to its publisher's node may be there again: it comes that way once media does. */
  async straighten(pipe: PipeImport): Promise<void> {
    if (pipe !== this.#pipe || this.#repairing || this.#paused) return;
    this.#repairing = true;
    await this.#inTurn(() => this.#replace(undefined, { onlyIfItComes: true })).catch(() => undefined);
    this.#repairing = false;
  }

  /** Asks until it can be had, and says so. */
  async #insist(home: RoomRouter): Promise<void> {
    const isAsking = this.#missedAt !== undefined;
    this.#missedAt = home;
    if (isAsking) return;
    const release = this.#use();
    for (let pauseMs = FAILED_FOR_MS; !this.#closed; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      await sleep(pauseMs, undefined, { ref: false });
      const at = this.#missedAt;
      if (at.closed || (await this.#producerAt(at).catch(() => undefined))) break;
    }
    this.#missedAt = undefined;
    release();
    if (!this.#closed) this.emit('available');
  }

  async #producerAt(home: RoomRouter): Promise<ms.Producer> {
    return this.#here(home) ?? this.#inTurn(() => this.#bring(home));
  }

  #here(home: RoomRouter): ms.Producer | undefined {
    if (this.#pipe?.closed !== false) return undefined;
    return this.#pipe.home === home ? this.#pipe.producer : this.#copies.get(home)?.producer;
  }

  async #bring(home: RoomRouter): Promise<ms.Producer> {
    if (this.#closed) throw new Error(`track ${this.sid} is closed`);
    if (this.#pipe?.closed !== false) await this.#replace(home);
    const here = this.#here(home);
    if (here) return here;
    if (!this.#pipe) throw new Error(`track ${this.sid} was not pulled`);
    return (await this.#copy(this.#pipe, home)).producer;
  }

  /** @param asked who wants it, if anybody does who has no copy yet */
  async #replace(asked?: RoomRouter, { onlyIfItComes = false } = {}): Promise<void> {
    const old = this.#pipe;
    const home = homeOf(old, this.#copies.keys(), asked);
    if (!home) return this.#drop();
    const pipe = await this.#pull(home);
    if (onlyIfItComes && !(await pipe.comes())) {
      this.#importing.broken(pipe);
      return this.#importing.drop(pipe);
    }
    // Whoever comes now takes the new one; those who were on their way to the old one are waited for.
    this.#pipe = pipe;
    await Promise.allSettled(this.#consuming);
    try {
      if (old?.home === home && !old.closed) await repoint(home.router, old.producer, pipe.producer);
      else for (const copy of [...this.#copies.values()]) await this.#moveCopy(copy, pipe);
    } finally {
      if (old) this.#importing.drop(old);
    }
    await this.#bringPaused();
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

  async #pull(home: RoomRouter): Promise<PipeImport> {
    const { sid, kind, origin } = this;
    if (this.#failure && performance.now() - this.#failure.at < FAILED_FOR_MS) throw this.#failure.error;
    try {
      const pipe = await this.#importing.pull({ sid, kind, origin, layers: this.wanted }, home);
      if (this.#closed) {
        this.#importing.drop(pipe);
        throw new Error(`track ${sid} closed while it was pulled`);
      }
      this.#failure = undefined;
      this.#paused = pipe.producer.paused;
      pipe.onClose(() => {
        if (this.#pipe === pipe) void this.repair();
      });
      this.#importing.watch(this, pipe);
      if (kind === 'audio') await this.#listen(pipe);
      return pipe;
    } catch (error) {
      this.#failure = { error, at: performance.now() };
      if (!this.#closed) this.#importing.failed(sid, error);
      throw error;
    }
  }

  #listen({ home, producer }: PipeImport): Promise<void> {
    return home.levels.add(producer, {
      level: (dBov) => this.emit('level', dBov),
      silence: () => this.emit('silence'),
    });
  }

  async #copy(pipe: PipeImport, home: TrackHome): Promise<LocalCopy> {
    const copy = await LocalCopy.create(pipe, home);
    this.#copies.set(home, copy);
    copy.producer.observer.on('close', () => {
      if (this.#copies.get(home) === copy) this.#copies.delete(home);
    });
    return copy;
  }

  async #setPaused(paused: boolean): Promise<void> {
    if (this.#paused === paused) return;
    this.#paused = paused;
    await this.#bringPaused();
  }

  async #bringPaused(): Promise<void> {
    const producers = [this.#pipe, ...this.#copies.values()].flatMap((each) => each?.producer ?? []);
    await Promise.all(
      producers.map(async (producer) => {
        try {
          if (producer.paused !== this.#paused) await (this.#paused ? producer.pause() : producer.resume());
        } catch (error) {
          if (!producer.closed) throw error;
        }
      }),
    );
  }

  #setWanted(change: () => void): void {
    const before = this.wanted;
    change();
    if (this.wanted !== before && this.#pipe) this.#importing.renew(this.#pipe.from);
  }

  #use(): () => void {
    this.#uses += 1;
    clearTimeout(this.#idle);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#uses -= 1;
      if (this.#uses === 0) this.#idle = setTimeout(() => this.#drop(), KEEP_MS).unref();
    };
  }

  /** No pipe, no copies; the next who wants it pulls it. */
  #drop(): void {
    clearTimeout(this.#idle);
    const pipe = this.#pipe;
    this.#pipe = undefined;
    if (pipe) this.#importing.drop(pipe);
    for (const copy of [...this.#copies.values()]) copy.close();
    this.#copies.clear();
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
