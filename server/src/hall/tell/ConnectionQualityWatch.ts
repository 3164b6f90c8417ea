import type { ConnectionQuality } from '../../domain/shared/stage.ts';
import type { SfuPeer } from '../../media/sfu/types.ts';
import { type ConnectionScore, lostScore, scoreOf } from './connectionScore.ts';
import type { Listener, SeenRoom } from './Listener.ts';
import type { ConnectionReport, ParticipantOutlet } from './outlet.ts';

/** Between two rounds. */
const EVERY_MS = 5_000;
/**
 * An excellent line of somebody who only watches is measured in one round of this many: the SFU speaks up when it
 * loses.
 */
const CALM_ROUNDS = 3;
/** Of a large audience this many are measured in one round; those who publish always. */
const AUDIENCE_PER_ROUND = 200;
/** Measured at the same time: each costs the worker some messages. */
const AT_ONCE = 20;

/** A participant whose connection is measured. */
interface Connected extends Listener {
  readonly wasActive: boolean;
  readonly connection: { readonly lost: boolean };
  readonly peer: Pick<SfuPeer, 'line' | 'lineStats'>;
  readonly publications: { readonly size: number };
  quality: ConnectionQuality;
}

interface QualityEvents<P, S> {
  /** Whether this viewer is told of that publisher's connection. */
  receives(viewer: P, publisher: S): boolean;
  changed(participant: P, quality: ConnectionQuality): void;
  measured?(participant: P, score: ConnectionScore): void;
  /** How much they send, bit/s, at each measurement. */
  sends(participant: P, bitrate: number): void;
}

/**
 * Measures the connections of a room in rounds, and tells each participant of their own and of those whom they receive.
 */
export class ConnectionQualityWatch<P extends Connected, S extends { readonly sid: string }> {
  readonly #room: SeenRoom<P, S>;
  readonly #events: QualityEvents<P, S>;
  readonly #scores = new WeakMap<P | S, ConnectionScore>();
  /** What each socket was told last: a report that repeats it would be news to nobody. */
  readonly #told = new WeakMap<ParticipantOutlet, string>();
  #timer: NodeJS.Timeout | undefined;
  #next = 0;
  #rounds = 0;
  #closed = false;

  constructor(room: SeenRoom<P, S>, events: QualityEvents<P, S>) {
    this.#room = room;
    this.#events = events;
    this.#arm();
  }

  /** Somebody's line is measured at another node. */
  elsewhere(publisher: S, score: ConnectionScore): void {
    this.#scores.set(publisher, score);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #arm(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#round().finally(() => this.#arm()), EVERY_MS);
    this.#timer.unref();
  }

  async #round(): Promise<void> {
    const measured = this.#pick();
    for (let i = 0; i < measured.length && !this.#closed; i += AT_ONCE) {
      await Promise.all(measured.slice(i, i + AT_ONCE).map((p) => this.#measure(p)));
    }
    for (const viewer of measured) this.#tell(viewer);
  }

  /** Those who publish and those in trouble; of the others as many as their turn and the size of the audience allow. */
  #pick(): P[] {
    const round = this.#rounds++;
    const publishers: P[] = [];
    const audience: P[] = [];
    let i = 0;
    for (const p of this.#room.participants) {
      if (!p.wasActive) continue;
      const clean = p.quality === 'excellent' && p.peer.line.state === 'good';
      const calm = clean && !p.connection.lost && this.#scores.has(p);
      if (p.publications.size > 0) publishers.push(p);
      else if (!calm || i++ % CALM_ROUNDS === round % CALM_ROUNDS) audience.push(p);
    }
    if (audience.length <= AUDIENCE_PER_ROUND) return [...publishers, ...audience];
    const start = this.#next % audience.length;
    this.#next = start + AUDIENCE_PER_ROUND;
    return [...publishers, ...audience.slice(start, start + AUDIENCE_PER_ROUND)];
  }

  async #measure(p: P): Promise<void> {
    if (p.left) return;
    const figures = p.connection.lost ? undefined : await p.peer.lineStats().catch(() => unmeasured);
    const score = figures ? scoreOf(figures, p.peer.line.state) : lostScore;
    if (p.left) return;
    if (figures?.bitrateUp !== undefined) this.#events.sends(p, figures.bitrateUp);
    this.#scores.set(p, score);
    this.#events.measured?.(p, score);
    if (p.quality === score.quality) return;
    p.quality = score.quality;
    this.#events.changed(p, score.quality);
  }

  /** A client that hears for ten seconds that it is lost connects anew: it is told so only of others. */
  #tell(viewer: P): void {
    const { outlet } = viewer;
    if (!outlet) return;
    const reports: ConnectionReport[] = [];
    const add = (p: P | S): void => {
      const score = this.#scores.get(p);
      if (score && !(p.sid === viewer.sid && score.quality === 'lost'))
        reports.push({ participantSid: p.sid, ...score });
    };
    add(viewer);
    for (const p of this.#room.seenBy(viewer)) if (p.sid !== viewer.sid && this.#events.receives(viewer, p)) add(p);
    const telling = reports.map((r) => `${r.participantSid} ${r.quality}`).join();
    if (reports.length === 0 || this.#told.get(outlet) === telling) return;
    this.#told.set(outlet, telling);
    outlet.qualities(reports);
  }
}

const unmeasured = {
  ...{ lossUp: undefined, lossDown: undefined, rttMs: undefined, bitrateUp: undefined, availableDown: undefined },
};
