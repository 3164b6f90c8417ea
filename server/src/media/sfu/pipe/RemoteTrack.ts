import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import type { NodeBoot, PipeState } from '../../cascade/PipeLink.ts';
import type { SourceTrack } from '../track/SourceTrack.ts';
import type { MediaKind, RemoteTrackOptions, TrackEvents } from '../types.ts';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import { Gateway } from './Gateway.ts';
import type { PipeImport, Wanted } from './PipeImport.ts';

/** A track that nobody here takes any more is kept for so long: viewers come and go in bursts. */
const KEEP_MS = 3_000;
/** Who asks so soon after a pull has failed is told the same, so that a thousand viewers ask the other node once. */
const FAILED_FOR_MS = 1_000;
const FIRST_PAUSE_MS = 500;
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
  readonly #gateway: Gateway;
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

  constructor({ sid, kind, layers, paused, origin }: RemoteTrackOptions, importing: Importing) {
    super();
    this.sid = sid;
    this.kind = kind;
    this.layers = layers;
    this.origin = origin;
    this.#paused = paused;
    this.#wanted = layers;
    this.#importing = importing;
    this.#gateway = new Gateway({
      pull: (home) => this.#pull(home),
      isPaused: () => this.#paused,
      isClosed: () => this.#closed,
      broken: (pipe) => importing.broken(pipe),
      drop: (pipe) => importing.drop(pipe),
    });
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

  /** Whether a viewer here or another node is to get media of it now. */
  get isWanted(): boolean {
    return this.#uses > 0 && this.wanted > 0 && !this.#paused && !this.#closed;
  }

  /** The home that takes it from the other node, if one does. */
  get home(): RoomRouter | undefined {
    const { pipe } = this.#gateway;
    return pipe?.closed === false ? pipe.home : undefined;
  }

  /** It comes from its publisher's node, and not by another one. */
  get isStraight(): boolean {
    return this.#gateway.pipe?.from.boot === this.origin.boot;
  }

  async consumeAt(home: RoomRouter, consume: (producer: ms.Producer) => Promise<ms.Consumer>): Promise<ms.Consumer> {
    const release = this.#use();
    try {
      const consumer = (await this.#gateway.consume(home, consume)) ?? (await this.#gateway.consume(home, consume));
      if (!consumer) throw new Error(`track ${this.sid} closed again and again while it was consumed`);
      consumer.observer.once('close', release);
      if (consumer.closed) release();
      return consumer;
    } catch (error) {
      release();
      if (this.#failure) void this.#insist(home);
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
    clearTimeout(this.#idle);
    this.#gateway.drop();
    this.emit('closed');
  }

  /** What the node that sends says of the pipe that brings it here. */
  async heard(pipe: PipeImport, state: PipeState): Promise<void> {
    if (pipe !== this.#gateway.pipe || this.#closed) return;
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
    for (let pauseMs = FIRST_PAUSE_MS; this.#uses > 0 && !this.#closed; pauseMs = longer(pauseMs)) {
      if (await succeeds(this.#gateway.replace())) break;
      await sleep(pauseMs, undefined, { ref: false });
    }
    this.#repairing = false;
  }

  /** The path to its publisher's node may be there again, or it is to come by another: it comes that way once media does. */
  async straighten(pipe: PipeImport): Promise<void> {
    if (pipe !== this.#gateway.pipe || this.#repairing || this.#paused) return;
    this.#repairing = true;
    await succeeds(this.#gateway.replace({ onlyIfItComes: true }));
    this.#repairing = false;
  }

  /** Asks until it can be had, and says so. */
  async #insist(home: RoomRouter): Promise<void> {
    const isAsking = this.#missedAt !== undefined;
    this.#missedAt = home;
    if (isAsking) return;
    const release = this.#use();
    for (let pauseMs = FAILED_FOR_MS; !this.#closed; pauseMs = longer(pauseMs)) {
      await sleep(pauseMs, undefined, { ref: false });
      const at = this.#missedAt;
      if (at.closed || (await succeeds(this.#gateway.producerAt(at)))) break;
    }
    this.#missedAt = undefined;
    release();
    if (!this.#closed) this.emit('available');
  }

  async #pull(home: RoomRouter): Promise<PipeImport> {
    const { sid, kind, origin } = this;
    if (this.#closed) throw new Error(`track ${sid} is closed`);
    if (this.#failure && performance.now() - this.#failure.at < FAILED_FOR_MS) throw this.#failure.error;
    try {
      const pipe = await this.#importing.pull({ sid, kind, origin, layers: this.wanted }, home);
      await this.#take(pipe);
      this.#failure = undefined;
      return pipe;
    } catch (error) {
      if (this.#closed) throw error;
      this.#failure = { error, at: performance.now() };
      this.#importing.failed(sid, error);
      throw error;
    }
  }

  async #take(pipe: PipeImport): Promise<void> {
    const { home, producer } = pipe;
    try {
      if (this.kind === 'audio')
        await home.levels.add(producer, {
          level: (dBov) => this.emit('level', dBov),
          silence: () => this.emit('silence'),
        });
    } catch (error) {
      this.#importing.drop(pipe);
      throw error;
    }
    this.#paused = producer.paused;
    pipe.onClose(() => {
      if (this.#gateway.pipe === pipe) void this.repair();
    });
    this.#importing.watch(this, pipe);
    if (this.#uses === 0) this.#dropLater();
  }

  async #setPaused(paused: boolean): Promise<void> {
    if (this.#paused === paused) return;
    this.#paused = paused;
    await this.#gateway.bringPaused();
  }

  #setWanted(change: () => void): void {
    const before = this.wanted;
    change();
    const { pipe } = this.#gateway;
    if (this.wanted !== before && pipe) this.#importing.renew(pipe.from);
  }

  #use(): () => void {
    this.#uses += 1;
    clearTimeout(this.#idle);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#uses -= 1;
      if (this.#uses === 0) this.#dropLater();
    };
  }

  #dropLater(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#gateway.drop(), KEEP_MS).unref();
  }
}

const longer = (pauseMs: number): number => Math.min(2 * pauseMs, LONGEST_PAUSE_MS);

const succeeds = (trying: Promise<unknown>): Promise<boolean> =>
  trying.then(
    () => true,
    () => false,
  );
