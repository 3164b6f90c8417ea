import { EventEmitter } from 'node:events';
import { DisconnectReason } from '@livekit/protocol';
import type { ConnectionQuality, Hall, ParticipantFacts, StageOrder } from '../stages/types.ts';
import type { Participant } from './Participant.ts';
import type { Room } from './Room.ts';
import type { Rooms } from './Rooms.ts';

type HallEvents = Hall extends EventEmitter<infer Events> ? Events : never;

/** The rooms of this node as the floor, presence and the office of links see them: briefings, orders, who is on the line. */
export class BriefingStages extends EventEmitter<HallEvents> implements Hall {
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    super();
    this.#rooms = rooms;
    rooms.on('active', (p) => this.emit('active', factsOf(p)));
    rooms.on('lineLost', (p) => this.emit('lineLost', factsOf(p)));
    rooms.on('lineBack', (p) => this.emit('lineBack', factsOf(p)));
    rooms.on('quality', (p, quality) => this.emit('quality', { ...factsOf(p), quality }));
    rooms.on('left', (p, reason) =>
      this.emit('left', { ...factsOf(p), reason: DisconnectReason[reason] ?? 'UNKNOWN' }),
    );
  }

  openBriefing(room: string, stage: string, orders: readonly StageOrder[]): void {
    const opened = this.#rooms.create(room);
    void opened.setPolicy({ kind: 'stage', stage }, orders);
  }

  async order(room: string, order: StageOrder): Promise<void> {
    await this.#rooms.get(room)?.order(order);
  }

  async remove(room: string, identity: string): Promise<void> {
    this.#rooms.get(room)?.remove(identity);
  }

  async closeBriefing(room: string): Promise<void> {
    this.#rooms.delete(room);
  }

  participants(room: string): (ParticipantFacts & { readonly active: boolean; readonly quality: ConnectionQuality })[] {
    const found: Room | undefined = this.#rooms.get(room);
    return [...(found?.participants ?? [])].map((p) => ({
      ...factsOf(p),
      active: p.wasActive && !p.connection.lost,
      quality: p.connection.lost ? 'lost' : p.quality,
    }));
  }
}

const factsOf = (p: Participant): ParticipantFacts => ({
  room: p.room.name,
  identity: p.identity,
  sid: p.sid,
  attributes: p.attributes,
});
