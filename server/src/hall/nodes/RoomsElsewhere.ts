import { EventEmitter } from 'node:events';
import { DisconnectReason } from '@livekit/protocol';
import type { Sender } from '../../cluster/bus/envelope.ts';
import { isLater } from '../../cluster/membership/isLater.ts';
import type { LineFacts, PersonFacts, RoomFacts, RoomsMessage } from '../../cluster/topics/rooms.ts';

/** One whom another node has. */
export type RemotePerson = PersonFacts & { readonly node: Sender };

/** What one node has told of one room. */
interface Told {
  readonly node: Sender;
  /** undefined: something was missed, and asked for. */
  version: number | undefined;
  about: RoomFacts | undefined;
  counts: readonly [number, number];
  readonly people: Map<string, RemotePerson>;
  /** By sid. */
  readonly lines: Map<string, LineFacts>;
}

interface ElsewhereEvents {
  /** They are there, are others than they were, or are gone; `reason` when they left. */
  person: [room: string, identity: string, reason: DisconnectReason];
  about: [room: string];
  /** How the line of one of them is. */
  line: [room: string, line: LineFacts];
  counts: [room: string];
  /** Somebody joined there, whom nobody need see. */
  came: [room: string, identity: string, joined: { readonly join: number; readonly boot: string }];
  /** It is there no more. `last`: that node had nobody beside it, as far as it knew; undefined: nobody said so. */
  over: [room: string, node: Sender, last: boolean | undefined];
  /** Something of these rooms was missed. */
  missed: [node: Sender, rooms: readonly string[]];
}

type Of<K extends RoomsMessage['kind']> = Extract<RoomsMessage, { kind: K }>;

/**
 * ND1–ND3: the rooms as other nodes have them, by what they told. Each says only what is its own, in order, so what
 * comes late, twice or not at all changes nothing that another has said.
 */
export class RoomsElsewhere extends EventEmitter<ElsewhereEvents> {
  /** By room, then by boot. */
  readonly #rooms = new Map<string, Map<string, Told>>();

  hear(message: RoomsMessage, from: Sender): void {
    switch (message.kind) {
      case 'whole':
        this.#whole(message, from);
        break;
      case 'changes':
        this.#changes(message, from);
        break;
      case 'counts':
        this.#count(message.room, from, message.counts);
        for (const [identity, join] of message.came)
          this.emit('came', message.room, identity, { join, boot: from.boot });
        break;
      case 'lines':
        this.#measure(message.room, from, message.lines);
        break;
      case 'over':
        this.#over(message.room, from, message.last);
        break;
      case 'digest':
        this.#digest(message, from);
        break;
      default:
        break;
    }
  }

  /** A node that is no more: all that it had is gone. */
  forget(node: Sender): void {
    for (const [room, nodes] of [...this.#rooms]) if (nodes.has(node.boot)) this.#over(room, node);
  }

  /** Who has this identity, by the latest join. */
  person(room: string, identity: string): RemotePerson | undefined {
    let latest: RemotePerson | undefined;
    for (const { people } of this.#of(room)) {
      const person = people.get(identity);
      if (person && (!latest || isLater(joined(person), joined(latest)))) latest = person;
    }
    return latest;
  }

  identities(room: string): ReadonlySet<string> {
    return new Set([...this.#of(room)].flatMap(({ people }) => [...people.keys()]));
  }

  /** The room as it was first made, with its newest metadata. */
  about(room: string): RoomFacts | undefined {
    const all = [...this.#of(room)].flatMap(({ about }) => about ?? []);
    const [first] = all.toSorted(byAge);
    const [newest] = all.toSorted((a, b) => b.metadataAt - a.metadataAt);
    return first && newest && { ...first, metadata: newest.metadata, metadataAt: newest.metadataAt };
  }

  counts(room: string): readonly [number, number] {
    let [people, publishers] = [0, 0];
    for (const { counts } of this.#of(room)) [people, publishers] = [people + counts[0], publishers + counts[1]];
    return [people, publishers];
  }

  lines(room: string): LineFacts[] {
    return [...this.#of(room)].flatMap(({ lines }) => [...lines.values()]);
  }

  /** Nodes that have the room. */
  nodes(room: string): Sender[] {
    return [...this.#of(room)].map(({ node }) => node);
  }
  names(): string[] {
    return [...this.#rooms.keys()];
  }

  #of(room: string): Iterable<Told> {
    return this.#rooms.get(room)?.values() ?? [];
  }

  #told(room: string, node: Sender): Told {
    const nodes = this.#rooms.get(room) ?? new Map<string, Told>();
    this.#rooms.set(room, nodes);
    const told = nodes.get(node.boot) ?? {
      ...{ node: { node: node.node, boot: node.boot }, version: undefined, about: undefined, counts: [0, 0] as const },
      ...{ people: new Map<string, RemotePerson>(), lines: new Map<string, LineFacts>() },
    };
    nodes.set(node.boot, told);
    return told;
  }

  #whole({ room, version, about, counts, people, lines }: Of<'whole'>, from: Sender): void {
    const told = this.#told(room, from);
    const before = [...told.people.keys()];
    told.version = version;
    this.#describe(told, room, about);
    told.people.clear();
    for (const person of people) told.people.set(person.identity, { ...person, node: told.node });
    for (const identity of new Set([...before, ...told.people.keys()]))
      this.emit('person', room, identity, DisconnectReason.UNKNOWN_REASON);
    told.lines.clear();
    this.#measure(room, from, lines);
    this.#count(room, from, counts);
  }

  #changes({ room, version, since, about, counts, people, gone }: Of<'changes'>, from: Sender): void {
    // It begins there anew, and that it had ended was missed.
    if (since === undefined) this.#over(room, from);
    const told = this.#told(room, from);
    const follows = told.version === since;
    const missed = !follows && told.version !== undefined;
    told.version = follows ? version : undefined;
    this.#describe(told, room, about);
    for (const { identity, join, reason } of gone) {
      // Seen again by now, on another stage.
      if (people.some((person) => person.identity === identity && person.join === join)) continue;
      if ((told.people.get(identity)?.join ?? 0) > join) continue;
      told.lines.delete(told.people.get(identity)?.sid ?? '');
      told.people.delete(identity);
      this.emit('person', room, identity, reason);
    }
    for (const person of people) {
      told.people.set(person.identity, { ...person, node: told.node });
      this.emit('person', room, person.identity, DisconnectReason.UNKNOWN_REASON);
    }
    this.#count(room, from, counts);
    if (missed) this.emit('missed', told.node, [room]);
  }

  #describe(told: Told, room: string, about: RoomFacts): void {
    told.about = about;
    this.emit('about', room);
  }

  #measure(room: string, from: Sender, lines: readonly LineFacts[]): void {
    const told = this.#told(room, from);
    for (const line of lines) {
      told.lines.set(line.sid, line);
      this.emit('line', room, line);
    }
  }

  #count(room: string, from: Sender, counts: readonly [number, number]): void {
    const told = this.#told(room, from);
    if (told.counts[0] === counts[0] && told.counts[1] === counts[1]) return;
    told.counts = counts;
    this.emit('counts', room);
  }

  #over(room: string, from: Sender, last?: boolean): void {
    const nodes = this.#rooms.get(room);
    const told = nodes?.get(from.boot);
    if (!nodes || !told) return;
    nodes.delete(from.boot);
    if (nodes.size === 0) this.#rooms.delete(room);
    for (const identity of told.people.keys()) this.emit('person', room, identity, DisconnectReason.UNKNOWN_REASON);
    if (told.counts[0] > 0) this.emit('counts', room);
    this.emit('over', room, from, last);
  }

  /** What a lost message said is noticed here, at the latest. */
  #digest({ rooms }: Of<'digest'>, from: Sender): void {
    const there = new Map(rooms.map(([room, version, counts]) => [room, { version, counts }]));
    const missed = [...there].flatMap(([room, { version }]) =>
      this.#rooms.get(room)?.get(from.boot)?.version === version ? [] : [room],
    );
    for (const room of this.names())
      if (!there.has(room) && this.#rooms.get(room)?.has(from.boot)) this.#over(room, from);
    for (const [room, { counts }] of there) if (!missed.includes(room)) this.#count(room, from, counts);
    if (missed.length > 0) this.emit('missed', from, missed);
  }
}

const joined = ({ join, node: { boot } }: RemotePerson) => ({ join, boot });

/** Of rooms that were made at the same time, all nodes choose the same. */
export const byAge = (a: Pick<RoomFacts, 'createdAt' | 'sid'>, b: Pick<RoomFacts, 'createdAt' | 'sid'>): number =>
  a.createdAt - b.createdAt || (a.sid < b.sid ? -1 : a.sid > b.sid ? 1 : 0);
