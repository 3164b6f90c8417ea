import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ConnectionQuality } from '../../domain/shared/stage.ts';
import type { SfuPeer } from '../../media/sfu/types.ts';
import { type ConnectionScore, lostScore, scoreOf } from './connectionScore.ts';
import type { Listener, SeenRoom } from './Listener.ts';
import type { ConnectionReport, ParticipantOutlet } from './outlet.ts';

/** Between two rounds. */
const EVERY_MS = 5_000;
/** Measured in one go: others wait for their turn meanwhile. */
const AT_ONCE = 100;
/**
 * Of those who only watch, and whose own connection is as it was, this many at most are looked at in one round for news
 * of whom they receive.
 */
const AUDIENCE_PER_ROUND = 200;
/** While nobody's connection becomes another, an audience is looked at once in this many: they may receive others by now. */
const CALM_ROUNDS = 3;

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
  /** How often somebody's quality has become another, and as of which of these each socket was looked at. */
  #changes = 0;
  readonly #lookedAt = new WeakMap<ParticipantOutlet, number>();
  #timer: NodeJS.Timeout | undefined;
  #next = 0;
  #closed = false;

  constructor(room: SeenRoom<P, S>, events: QualityEvents<P, S>) {
    this.#room = room;
    this.#events = events;
    this.#arm();
  }

  /** Somebody's line is measured at another node. */
  elsewhere(publisher: S, score: ConnectionScore): void {
    this.#score(publisher, score);
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
    const active = [...this.#room.participants].filter(({ wasActive }) => wasActive);
    const told = new Set<P>();
    for (let i = 0; i < active.length && !this.#closed; i += AT_ONCE) {
      if (i > 0) await nextTurn();
      for (const p of active.slice(i, i + AT_ONCE)) if (this.#measure(p)) told.add(p);
    }
    for (const viewer of this.#turn(active)) told.add(viewer);
    for (const viewer of told) this.#tell(viewer);
  }

  /** Those who publish; of the audience those for whom there may be news, and a part of the others in turn. */
  #turn(active: readonly P[]): P[] {
    const { publishers = [], audience = [] } = Object.groupBy(active, ({ publications }) =>
      publications.size > 0 ? 'publishers' : 'audience',
    );
    const isBehind = ({ outlet }: P) => outlet !== undefined && this.#lookedAt.get(outlet) !== this.#changes;
    const behind = audience.filter(isBehind).slice(0, AUDIENCE_PER_ROUND);
    const start = audience.length > 0 ? this.#next % audience.length : 0;
    this.#next = start + Math.min(AUDIENCE_PER_ROUND - behind.length, Math.ceil(audience.length / CALM_ROUNDS));
    return [...publishers, ...behind, ...audience.slice(start, this.#next)];
  }

  /** @returns whether their connection has become another */
  #measure(p: P): boolean {
    if (p.left) return false;
    const figures = p.connection.lost ? undefined : p.peer.lineStats();
    const score = figures ? scoreOf(figures, p.peer.line.state) : lostScore;
    if (figures?.bitrateUp !== undefined) this.#events.sends(p, figures.bitrateUp);
    this.#score(p, score);
    this.#events.measured?.(p, score);
    if (p.quality === score.quality) return false;
    p.quality = score.quality;
    this.#events.changed(p, score.quality);
    return true;
  }

  #score(of: P | S, score: ConnectionScore): void {
    if (this.#scores.get(of)?.quality !== score.quality) this.#changes++;
    this.#scores.set(of, score);
  }

  /** A client that hears for ten seconds that it is lost connects anew: it is told so only of others. */
  #tell(viewer: P): void {
    const { outlet } = viewer;
    if (!outlet) return;
    this.#lookedAt.set(outlet, this.#changes);
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
