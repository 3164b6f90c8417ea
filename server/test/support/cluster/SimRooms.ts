import { DisconnectReason, ParticipantInfo } from '@livekit/protocol';
import { isLater } from '../../../src/cluster/membership/isLater.ts';
import type { NodeRooms } from '../../../src/hall/index.ts';
import type { OwnPerson, OwnRoom } from '../../../src/hall/nodes/OwnRoom.ts';
import type { SimHall } from './SimHall.ts';

interface Here {
  readonly own: OwnRoom;
  readonly people: Map<string, OwnPerson>;
}

/** What the rooms of a node tell of those who are there, and how they yield to a later join elsewhere, as `RemotePeople` does. */
export class SimRooms {
  readonly nodes: NodeRooms;
  readonly #hall: SimHall;
  readonly #rooms = new Map<string, Here>();

  constructor(nodes: NodeRooms, hall: SimHall) {
    this.nodes = nodes;
    this.#hall = hall;
    hall.on('active', ({ room, identity }) => this.#join(room, identity));
    hall.on('left', ({ room, identity }) => this.#leave(room, identity));
    nodes.elsewhere.on('person', (room, identity) => {
      const there = nodes.elsewhere.person(room, identity);
      if (there) this.#yield(room, identity, { join: there.join, boot: there.node.boot });
    });
    nodes.elsewhere.on('came', (room, identity, there) => this.#yield(room, identity, there));
  }

  /** Those who are here, each with the number of their join. */
  people(room: string): readonly (readonly [identity: string, join: number])[] {
    return [...(this.#rooms.get(room)?.people.values() ?? [])].map(({ identity, join }) => [identity, join]);
  }

  /** Those of other nodes, as this one was told. */
  told(room: string): readonly (readonly [identity: string, join: number])[] {
    const { elsewhere } = this.nodes;
    return [...elsewhere.identities(room)].flatMap((identity) => {
      const person = elsewhere.person(room, identity);
      return person ? [[identity, person.join] as const] : [];
    });
  }

  #join(room: string, identity: string): void {
    this.#leave(room, identity);
    const { own, people } = this.#rooms.get(room) ?? this.#open(room);
    // Saying that they were here before, this node has found that it stood still, and has cut all who are here (CL8).
    if (!this.#hall.participants(room).some((one) => one.identity === identity)) return;
    const person = personOf(identity, this.nodes.joins.next());
    people.set(identity, person);
    own.changed(person);
    if (!people.has(identity)) return;
    const there = this.nodes.elsewhere.person(room, identity);
    if (there) this.#yield(room, identity, { join: there.join, boot: there.node.boot });
  }

  #leave(room: string, identity: string): void {
    const here = this.#rooms.get(room);
    const person = here?.people.get(identity);
    if (!here || !person) return;
    here.people.delete(identity);
    here.own.gone(person, DisconnectReason.CLIENT_INITIATED);
    if (here.people.size > 0) return;
    this.#rooms.delete(room);
    this.nodes.ended(room, here.own);
  }

  #open(room: string): Here {
    const people = new Map<string, OwnPerson>();
    const about = { sid: `RM_${this.nodes.self.boot}`, createdAt: 1, metadata: '', metadataAt: 0 };
    const own = this.nodes.open({
      name: room,
      about: { ...about, emptyTimeout: 1, departureTimeout: 1, maxParticipants: 0 },
      get counts() {
        return [people.size, 0] as const;
      },
    });
    const here = { own, people };
    this.#rooms.set(room, here);
    return here;
  }

  /** ND5 */
  #yield(room: string, identity: string, there: { readonly join: number; readonly boot: string }): void {
    const here = this.#rooms.get(room)?.people.get(identity);
    if (here && isLater(there, { join: here.join, boot: this.nodes.self.boot })) this.#hall.left(room, identity);
  }
}

/** Somebody as others see them. */
function personOf(identity: string, join: number): OwnPerson {
  const known = new ParticipantInfo({ identity, sid: `PA_${join}`, version: 1 });
  const rules = { allParticipants: true, rules: [] };
  return {
    ...{ identity, sid: known.sid, join, place: 'open', stage: '', rules, publications: new Map() },
    views: { known, veiled: known },
  };
}
