import { EventEmitter } from 'node:events';
import type {
  PresentParticipant,
  Stage,
  StageEvents,
  StageOrder,
  StageParticipant,
} from '../../../src/domain/shared/stage.ts';
import { participantAttributes } from '../../../src/protocol/briefing.ts';
import type { Seat } from '../../../src/protocol/floor.ts';

interface Room {
  readonly orders: Map<string, StageOrder>;
  readonly people: Map<string, PresentParticipant>;
}

/** The live rooms of one node, as far as floor and presence see them: whom the floor has placed where, and who is there. */
export class SimHall extends EventEmitter<StageEvents> implements Stage {
  readonly #rooms = new Map<string, Room>();
  readonly #fails: () => boolean;
  #sids = 0;

  /** @param fails whether an order is not carried out */
  constructor(fails: () => boolean) {
    super();
    this.#fails = fails;
  }

  openBriefing(room: string, _stages: unknown, orders: readonly StageOrder[]): void {
    const { orders: kept } = this.#room(room);
    kept.clear();
    for (const order of orders) kept.set(order.identity, order);
  }

  async order(room: string, order: StageOrder): Promise<void> {
    if (this.#fails()) throw new Error('the order was not carried out');
    const { orders } = this.#room(room);
    if (order.place === 'audience' && !order.muted) orders.delete(order.identity);
    else orders.set(order.identity, order);
  }

  async remove(room: string, identity: string): Promise<void> {
    this.left(room, identity);
  }

  async closeBriefing(room: string): Promise<void> {
    for (const identity of [...this.#room(room).people.keys()]) this.left(room, identity);
    this.#rooms.delete(room);
  }

  arrange(): void {}
  frame(): void {}
  silence(): void {}
  async rejoin(): Promise<void> {}

  participants(room: string): readonly PresentParticipant[] {
    return [...this.#room(room).people.values()];
  }

  orders(room: string): readonly StageOrder[] {
    return [...this.#room(room).orders.values()];
  }

  /** Media of a device is up. */
  joined(room: string, { identity, unit, path, role }: Seat): void {
    this.#sids += 1;
    const names = participantAttributes;
    const attributes = { [names.unit]: unit, [names.path]: path, [names.role]: role };
    const participant = { room, identity, sid: `${this.#sids}`, attributes, active: true, quality: 'good' } as const;
    this.#room(room).people.set(identity, participant);
    this.emit('active', participant);
  }

  line(room: string, identity: string, line: 'lost' | 'back'): void {
    const { people } = this.#room(room);
    const participant = people.get(identity);
    if (!participant || participant.active === (line === 'back')) return;
    people.set(identity, { ...participant, active: line === 'back' });
    this.emit(line === 'back' ? 'lineBack' : 'lineLost', participant satisfies StageParticipant);
  }

  left(room: string, identity: string): void {
    const { people } = this.#room(room);
    const participant = people.get(identity);
    if (participant && people.delete(identity)) this.emit('left', { ...participant, reason: 'gone' });
  }

  #room(name: string): Room {
    const known = this.#rooms.get(name);
    if (known) return known;
    const room = { orders: new Map(), people: new Map() };
    this.#rooms.set(name, room);
    return room;
  }
}
