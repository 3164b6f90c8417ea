import { DisconnectReason } from '@livekit/protocol';
import { isLater } from '../../cluster/membership/isLater.ts';
import type { NodeRooms } from '../nodes/NodeRooms.ts';
import { RemoteParticipant } from '../nodes/RemoteParticipant.ts';
import type { RoomContext } from '../shared/RoomContext.ts';
import type { Room } from './Room.ts';

/** Those of other nodes whom participants of this one may see, as they are told of, in one room. */
export class RemotePeople {
  readonly #room: Room;
  readonly #context: RoomContext;
  readonly #nodes: NodeRooms;
  readonly #people = new Map<string, RemoteParticipant>();

  constructor(room: Room, context: RoomContext, nodes: NodeRooms) {
    this.#room = room;
    this.#context = context;
    this.#nodes = nodes;
  }

  /** Those who are told of already. */
  start(): void {
    for (const identity of this.#nodes.elsewhere.identities(this.#room.name))
      this.follow(identity, DisconnectReason.UNKNOWN_REASON);
    for (const line of this.#nodes.elsewhere.lines(this.#room.name)) this.#room.lineElsewhere(line);
  }

  get(identity: string): RemoteParticipant | undefined {
    return this.#people.get(identity);
  }
  [Symbol.iterator](): Iterator<RemoteParticipant> {
    return this.#people.values();
  }

  /** ND5: of two joins of one identity the later one stays. @param reason why they are gone, if they are */
  follow(identity: string, reason: DisconnectReason): void {
    const person = this.#nodes.elsewhere.person(this.#room.name, identity);
    const stays = person && this.#yields(identity, { join: person.join, boot: person.node.boot }) ? person : undefined;
    const before = this.#people.get(identity);
    if (before && before.sid !== stays?.sid) this.#remove(before, reason);
    if (!stays) return;
    const known = this.#people.get(identity);
    if (known) {
      const rulesMoved = known.follow(stays);
      void this.#placed(known);
      if (rulesMoved) this.#room.rulesChanged(known);
      return;
    }
    const seen = new RemoteParticipant({
      room: this.#room.showing,
      context: this.#context,
      person: stays,
      sounds: (publication) => this.#room.speakers.watch(publication),
    });
    this.#people.set(identity, seen);
    this.#room.remoteChanged(seen);
  }

  /** Somebody joined at another node. @returns whether they are the ones who stay */
  #yields(identity: string, there: { readonly join: number; readonly boot: string }): boolean {
    const here = this.#room.get(identity);
    if (!here) return true;
    if (!isLater(there, { join: here.join, boot: this.#nodes.self.boot })) return false;
    here.leave(DisconnectReason.DUPLICATE_IDENTITY, 'disconnect');
    return true;
  }
  came(identity: string, there: { readonly join: number; readonly boot: string }): void {
    this.#yields(identity, there);
  }

  /** This node's floor has placed them, or all. Resolves when the SFU has it. */
  async placed(identity?: string): Promise<void> {
    const who = identity === undefined ? [...this.#people.values()] : [this.#people.get(identity)];
    await Promise.all(who.map((person) => person && this.#placed(person)));
  }

  close(): void {
    for (const person of this.#people.values()) person.close(DisconnectReason.ROOM_CLOSED);
    this.#people.clear();
  }

  #placed(person: RemoteParticipant): Promise<void> {
    person.renew();
    this.#room.remoteChanged(person);
    return this.#room.cut(person);
  }

  #remove(person: RemoteParticipant, reason: DisconnectReason): void {
    this.#people.delete(person.identity);
    const here = this.#room.get(person.identity);
    person.close(here ? DisconnectReason.DUPLICATE_IDENTITY : reason);
    this.#room.remoteGone(person, here ? DisconnectReason.DUPLICATE_IDENTITY : reason);
  }
}
