import { EventEmitter } from 'node:events';
import { DisconnectReason, TrackSource } from '@livekit/protocol';
import type {
  Framing,
  PresentParticipant,
  Stage,
  StageEvents,
  StageOrder,
  StageParticipant,
} from '../../domain/shared/stage.ts';
import type { StageMap } from '../../domain/shared/stages.ts';
import type { Participant } from './Participant.ts';
import type { Rooms } from './Rooms.ts';

/** The rooms of this node as floor and presence see them: the hall's side of the domain's port. */
export class BriefingStages extends EventEmitter<StageEvents> implements Stage {
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    super();
    this.#rooms = rooms;
    rooms.on('active', (p) => this.emit('active', describe(p)));
    rooms.on('lineLost', (p) => this.emit('lineLost', describe(p)));
    rooms.on('lineBack', (p) => this.emit('lineBack', describe(p)));
    rooms.on('quality', (p, quality) => this.emit('quality', { ...describe(p), quality }));
    rooms.on('speaking', (p, speaking) => this.emit('speaking', { ...describe(p), speaking }));
    rooms.on('trackPublished', (p, { source }) => {
      if (source === TrackSource.SCREEN_SHARE) this.emit('sharing', { ...describe(p), sharing: true });
    });
    rooms.on('trackUnpublished', (p, { source }) => {
      if (source === TrackSource.SCREEN_SHARE) this.emit('sharing', { ...describe(p), sharing: false });
    });
    rooms.on('excess', (p, what) => this.emit('excess', { ...describe(p), what }));
    rooms.on('left', (p, reason) =>
      this.emit('left', { ...describe(p), reason: DisconnectReason[reason] ?? 'UNKNOWN' }),
    );
  }

  openBriefing(room: string, stages: StageMap, orders: readonly StageOrder[]): void {
    this.#rooms.createStage(room, stages, orders);
  }

  arrange(room: string, stages: StageMap): void {
    this.#rooms.get(room)?.arrange(stages);
  }

  async order(room: string, order: StageOrder): Promise<void> {
    await this.#rooms.get(room)?.order(order);
  }

  frame(room: string, framing: Framing): void {
    this.#rooms.get(room)?.frame(framing);
  }

  silence(room: string, silent: boolean): void {
    this.#rooms.get(room)?.silence(silent);
  }

  async remove(room: string, identity: string): Promise<void> {
    this.#rooms.get(room)?.remove(identity);
  }

  async rejoin(room: string, identity: string): Promise<void> {
    this.#rooms.get(room)?.get(identity)?.leave(DisconnectReason.UNKNOWN_REASON, 'reconnect');
  }

  async closeBriefing(room: string): Promise<void> {
    this.#rooms.delete(room);
  }

  participants(room: string): PresentParticipant[] {
    return [...(this.#rooms.get(room)?.participants ?? [])].map((p) => ({
      ...describe(p),
      active: p.wasActive && !p.connection.lost,
      quality: p.connection.lost ? 'lost' : p.quality,
    }));
  }
}

const describe = (p: Participant): StageParticipant => ({
  room: p.room.name,
  identity: p.identity,
  sid: p.sid,
  attributes: p.attributes,
});
