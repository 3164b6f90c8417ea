import type { DisconnectReason } from '@livekit/protocol';
import type { LineFacts, PersonFacts, RoomFacts, RoomsMessage } from '../../cluster/topics/rooms.ts';
import type { Publication } from '../publish/Publication.ts';
import type { SubscriptionRules } from '../publish/subscriptionPermission.ts';
import type { RoomPlace } from '../stages/places.ts';
import type { Views } from '../tell/Listener.ts';

/** Counts of those whom nobody sees are told at most this often, ms. */
const COUNT_EVERY_MS = 1_000;

/** A participant of this node, as far as other nodes are told. */
export interface OwnPerson {
  readonly identity: string;
  readonly sid: string;
  readonly join: number;
  readonly place: RoomPlace;
  readonly stage: string;
  readonly views: Views;
  readonly publications: ReadonlyMap<string, Publication>;
  readonly rules: SubscriptionRules;
}

/** A room of this node, likewise. */
export interface OwnRoomFacts {
  readonly name: string;
  readonly about: RoomFacts;
  /** Of this node alone. */
  readonly counts: readonly [people: number, publishers: number];
}

/**
 * ND1: tells other nodes what this one knows of a room: who is seen in it, at once; of an audience how many there are,
 * once a second. Changes of one turn of the loop go out together.
 */
export class OwnRoom {
  readonly #room: OwnRoomFacts;
  readonly #publish: (message: RoomsMessage) => void;
  readonly #seen = new Map<string, OwnPerson>();
  readonly #next: () => number;
  #version: number | undefined;
  #changed = new Map<string, OwnPerson>();
  #gone: { identity: string; join: number; reason: number }[] = [];
  #came: [string, number][] = [];
  readonly #lines = new Map<string, LineFacts>();
  #told = '';
  #flushing = false;
  #counting: NodeJS.Timeout | undefined;
  #over = false;

  /** @param next the next version, of all that this node gives */
  constructor(room: OwnRoomFacts, publish: (message: RoomsMessage) => void, next: () => number) {
    this.#room = room;
    this.#publish = publish;
    this.#next = next;
    // That the room is there.
    this.#later();
  }

  get version(): number {
    return this.#version ?? 0;
  }
  get counts(): readonly [number, number] {
    return this.#room.counts;
  }

  /** Somebody joined, whom others may see later or never. */
  came({ identity, join }: Pick<OwnPerson, 'identity' | 'join'>): void {
    this.#came.push([identity, join]);
    this.countChanged();
  }

  /** Others see them, as they are now. */
  changed(person: OwnPerson): void {
    this.#seen.set(person.identity, person);
    this.#changed.set(person.identity, person);
    this.#later();
  }

  gone(person: OwnPerson, reason: DisconnectReason): void {
    for (const people of [this.#seen, this.#changed])
      if (people.get(person.identity) === person) people.delete(person.identity);
    this.#lines.delete(person.sid);
    this.#gone.push({ identity: person.identity, join: person.join, reason });
    this.#later();
  }

  /** How the line of one is whom others see. */
  measured(person: OwnPerson, quality: LineFacts['quality'], score: number): void {
    const line = { sid: person.sid, quality, score };
    if (this.#seen.get(person.identity) !== person || this.#lines.get(person.sid)?.quality === quality) return;
    this.#lines.set(person.sid, line);
    this.#publish({ kind: 'lines', room: this.#room.name, lines: [line] });
  }

  /** Its metadata, or what it is. */
  aboutChanged(): void {
    this.#later();
  }

  countChanged(): void {
    if (this.#counting !== undefined || this.#over) return;
    this.#counting = setTimeout(() => this.#count(), COUNT_EVERY_MS);
    this.#counting.unref();
  }

  /** Now, what else would go out with the end of this turn: what follows on the bus builds on it. */
  flush(): void {
    if (!this.#flushing || this.#over) return;
    this.#flushing = false;
    const since = this.#version;
    this.#version = this.#next();
    const people = [...this.#changed.values()].map(factsOf);
    this.#publish({ kind: 'changes', ...this.#facts(), since, people, gone: this.#gone });
    this.#changed = new Map();
    this.#gone = [];
  }

  /** All of it, for a node that has missed something. */
  whole(): void {
    this.flush();
    this.#publish({
      kind: 'whole',
      ...this.#facts(),
      people: [...this.#seen.values()].map(factsOf),
      lines: [...this.#lines.values()],
    });
  }

  /** @param last nowhere else it is still there */
  over(last: boolean): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#counting);
    this.#publish({ kind: 'over', room: this.#room.name, last });
  }

  #facts() {
    const { name, about, counts } = this.#room;
    return { room: name, version: this.version, about, counts: [...counts] as [number, number] };
  }

  #count(): void {
    this.#counting = undefined;
    const { name, counts } = this.#room;
    const telling = counts.join();
    if (telling === this.#told && this.#came.length === 0) return;
    this.#told = telling;
    this.#publish({ kind: 'counts', room: name, counts: [...counts] as [number, number], came: this.#came });
    this.#came = [];
  }

  #later(): void {
    if (this.#flushing || this.#over) return;
    this.#flushing = true;
    setImmediate(() => this.flush());
  }
}

function factsOf({ identity, sid, join, place, stage, views, publications, rules }: OwnPerson): PersonFacts {
  const layers = [...publications.values()].map(({ sid: track, media }): [string, number] => [track, media.layers]);
  const info = Buffer.from(views.known.toBinary()).toString('base64');
  return {
    ...{ identity, sid, join, place, stage, info, layers },
    ...(!rules.allParticipants && { rules: rules.rules.map((rule) => ({ ...rule, trackSids: [...rule.trackSids] })) }),
  };
}
