import type { Publication } from '../publish/Publication.ts';
import type { Participant } from '../room/Participant.ts';
import type { Room } from '../room/Room.ts';
import { inTurn } from '../shared/inTurn.ts';
import type { ActiveSpeaker } from './outlet.ts';
import { linearLevel, speakerDelta } from './speakerDelta.ts';

/** Cadence of what is told, ms. */
const EVERY_MS = 400;
/** In larger rooms only on and off are told, not how loud. */
const FINE_UP_TO = 16;

/** Who speaks in a room, and how loud; told as changes only. */
export class ActiveSpeakers {
  readonly #room: Room;
  readonly #levels = new Map<Publication, number>();
  #said = new Map<string, number>();
  readonly #bySid = new Map<string, Participant>();
  #timer: NodeJS.Timeout | undefined;

  constructor(room: Room) {
    this.#room = room;
  }

  watch(publication: Publication): void {
    const { media } = publication;
    const silent = () => {
      if (this.#levels.delete(publication)) this.#arm();
    };
    media.on('level', (dBov) => {
      if (publication.muted || publication.closed) return;
      this.#levels.set(publication, linearLevel(dBov));
      this.#arm();
    });
    media.on('silence', silent);
    media.on('closed', silent);
  }

  /** He left; that says enough. */
  forget(participant: Participant): void {
    this.#said.delete(participant.sid);
    this.#bySid.delete(participant.sid);
  }

  /** Who speaks now, for one who has just joined. */
  current(viewer: Participant): ActiveSpeaker[] {
    return [...this.#said].flatMap(([sid, level]) =>
      this.#mayHear(viewer, sid) ? [{ sid, level, active: true }] : [],
    );
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#levels.clear();
  }

  #arm(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#tell(), EVERY_MS);
    this.#timer.unref();
  }

  #tell(): void {
    this.#timer = undefined;
    const levels = new Map<string, number>();
    for (const [publication, level] of this.#levels) {
      if (publication.muted || publication.closed) continue;
      const { publisher } = publication;
      this.#bySid.set(publisher.sid, publisher);
      levels.set(publisher.sid, Math.max(level, levels.get(publisher.sid) ?? 0));
    }
    const delta = speakerDelta(this.#said, levels, this.#room.participants.size <= FINE_UP_TO);
    if (delta.length === 0) return;
    for (const { sid, level, active } of delta) {
      if (active) this.#said.set(sid, level);
      else this.#said.delete(sid);
    }
    void inTurn(
      this.#room.participants,
      (viewer) => this.#tellOne(viewer, delta),
      () => false,
    );
  }

  #tellOne(viewer: Participant, delta: readonly ActiveSpeaker[]): void {
    if (!viewer.outlet) return;
    const all = delta.every((s) => this.#mayHear(viewer, s.sid));
    const mine = all ? delta : delta.filter((s) => this.#mayHear(viewer, s.sid));
    if (mine.length > 0) viewer.outlet.speakers(mine);
  }

  #mayHear(viewer: Participant, sid: string): boolean {
    const speaker = this.#bySid.get(sid);
    return speaker !== undefined && (speaker === viewer || viewer.viewing.receivesFrom(speaker));
  }
}
