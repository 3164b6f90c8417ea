import type { ProducedTrack } from '../../media/sfu/types.ts';
import { inTurn } from '../shared/inTurn.ts';
import type { Listener, ListeningRoom } from './Listener.ts';
import type { ActiveSpeaker } from './outlet.ts';
import { linearLevel, speakerDelta } from './speakerDelta.ts';

/** Cadence of what is told, ms. */
const EVERY_MS = 400;
/** In larger rooms only on and off are told, not how loud. */
const FINE_UP_TO = 16;

interface Speaking {
  readonly sid: string;
}

/** A room in which not everybody hears all who speak. */
interface SpokenRoom<L extends Listener, S> extends Pick<ListeningRoom<L>, 'participants'> {
  /** Everybody who may hear them; themselves, too. */
  audienceOf(speaker: S): Iterable<L>;
}

/** A track of sound. */
interface Audible<S extends Speaking> {
  readonly publisher: S;
  readonly media: ProducedTrack;
  readonly muted: boolean;
  readonly closed: boolean;
}

/** Who speaks in a room, and how loud; told as changes only. */
export class ActiveSpeakers<L extends Listener, S extends Speaking> {
  readonly #room: SpokenRoom<L, S>;
  readonly #hears: (viewer: L, speaker: S) => boolean;
  readonly #levels = new Map<Audible<S>, number>();
  readonly #spoke: (speaker: S, speaking: boolean) => void;
  #said = new Map<string, number>();
  readonly #bySid = new Map<string, S>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param hears whether a speaker's news are for this viewer
   * @param spoke told when somebody begins or ceases to speak
   */
  constructor(
    room: SpokenRoom<L, S>,
    hears: (viewer: L, speaker: S) => boolean,
    spoke: (speaker: S, speaking: boolean) => void = () => undefined,
  ) {
    this.#room = room;
    this.#hears = hears;
    this.#spoke = spoke;
  }

  watch(publication: Audible<S>): void {
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

  /** They left; that says enough. */
  forget(participant: Speaking): void {
    this.#said.delete(participant.sid);
    this.#bySid.delete(participant.sid);
  }

  /** Who speaks now, for somebody who has just joined. */
  current(viewer: L): ActiveSpeaker[] {
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
      const speaker = this.#bySid.get(sid);
      if (speaker && active !== this.#said.has(sid)) this.#spoke(speaker, active);
      if (active) this.#said.set(sid, level);
      else this.#said.delete(sid);
    }
    void this.#tellAudiences(delta);
  }

  /** TR8: of those who speak on many stages, each viewer is looked at for those of their own. */
  async #tellAudiences(delta: readonly ActiveSpeaker[]): Promise<void> {
    const by = new Map<L, ActiveSpeaker[]>();
    const lists = new Map<string, readonly ActiveSpeaker[]>();
    const gather = (said: ActiveSpeaker) => {
      const speaker = this.#bySid.get(said.sid);
      for (const viewer of speaker ? this.#room.audienceOf(speaker) : []) {
        if (!viewer.outlet || !this.#mayHear(viewer, said.sid)) continue;
        const mine = by.get(viewer);
        if (mine) mine.push(said);
        else by.set(viewer, [said]);
      }
    };
    const tell = ([viewer, mine]: [L, ActiveSpeaker[]]) => {
      const key = mine.map(({ sid }) => sid).join();
      const list = lists.get(key) ?? mine;
      lists.set(key, list);
      viewer.outlet?.speakers(list);
    };
    await inTurn(delta, gather, () => false);
    await inTurn(by, tell, () => false);
  }

  #mayHear(viewer: L, sid: string): boolean {
    const speaker = this.#bySid.get(sid);
    return speaker !== undefined && (speaker.sid === viewer.sid || this.#hears(viewer, speaker));
  }
}
