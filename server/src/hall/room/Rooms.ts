import { EventEmitter } from 'node:events';
import type { SfuConfig } from '@dieu-hanh/sfu-config';
import { Codec, type DisconnectReason, DisconnectReason as Reason, type TrackInfo } from '@livekit/protocol';
import type { ConnectionQuality } from '../../domain/shared/stage.ts';
import type { DataChannelKind, Sfu } from '../../media/sfu/types.ts';
import type { Logger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import type { JoinRequest } from '../shared/join.ts';
import { Pacer } from '../shared/Pacer.ts';
import type { Participant } from './Participant.ts';
import { Room } from './Room.ts';

/** What happens in the rooms of a node, in order for each room. Listeners must return at once. */
export interface RoomsEvents {
  roomStarted: [room: Room];
  roomFinished: [room: Room];
  /** Media is connected (LiveKit ACTIVE), once for each sid. */
  active: [participant: Participant];
  /** `participant.wasActive` tells a departure from a connection that never came about. */
  left: [participant: Participant, reason: DisconnectReason];
  trackPublished: [participant: Participant, track: TrackInfo];
  trackUnpublished: [participant: Participant, track: TrackInfo];
  lineLost: [participant: Participant];
  lineBack: [participant: Participant];
  quality: [participant: Participant, quality: ConnectionQuality];
  /** A message came in on a data channel of the participant's; not yet checked in any way. */
  data: [participant: Participant, kind: DataChannelKind, payload: Uint8Array];
  /** From now on `participant.sendData` delivers. */
  dataOpen: [participant: Participant];
}

export interface RoomSettings {
  /** Seconds after which a room that nobody joined is deleted. */
  readonly emptyTimeout: number;
  /** Seconds from the last departure to the end of the room. */
  readonly departureTimeout: number;
  /** 0 = no limit. */
  readonly maxParticipants: number;
  readonly metadata: string;
}

export interface HallOptions {
  readonly sfu: Sfu;
  readonly log: Logger;
  /** Joins make a room that does not exist. */
  readonly autoCreate: boolean;
  readonly config: SfuConfig;
}

export const defaultRoomSettings: RoomSettings = {
  emptyTimeout: 300,
  departureTimeout: 20,
  maxParticipants: 0,
  metadata: '',
};

/** The rooms of this node by name. */
export class Rooms extends EventEmitter<RoomsEvents> {
  readonly options: HallOptions;
  /** What clients may publish; the first video codec is what they fall back to. */
  readonly codecs: readonly Codec[];
  /** Offers of all rooms. */
  readonly pacer = new Pacer();
  readonly #rooms = new Map<string, Room>();
  #draining = false;

  constructor(options: HallOptions) {
    super();
    this.options = options;
    const { h264, vp9 } = options.config.media;
    const mimes = ['video/VP8', 'audio/opus', ...(h264 ? ['video/H264'] : []), ...(vp9 ? ['video/VP9'] : [])];
    this.codecs = mimes.map((mime) => new Codec({ mime }));
    this.setMaxListeners(0);
  }

  get draining(): boolean {
    return this.#draining;
  }

  get(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  /** All rooms, or those of the names that exist. */
  list(names: readonly string[] = []): Room[] {
    if (names.length === 0) return [...this.#rooms.values()];
    return names.flatMap((name) => this.#rooms.get(name) ?? []);
  }

  /** The room of that name; an existing one is given back as it is. */
  create(name: string, settings: Partial<RoomSettings> = {}): Room {
    const existing = this.#rooms.get(name);
    if (existing) return existing;
    const room = new Room(this, name, { ...defaultRoomSettings, ...settings });
    this.#rooms.set(name, room);
    this.options.log.info({ room: name, sid: room.sid }, 'room started');
    this.emit('roomStarted', room);
    return room;
  }

  /** Everyone is told to leave (`ROOM_DELETED`). False when there is no such room. */
  delete(name: string): boolean {
    const room = this.#rooms.get(name);
    room?.close(Reason.ROOM_DELETED);
    return room !== undefined;
  }

  /**
   * Makes the participant's transports and puts him into the room, which is created when needed. He is announced to
   * nobody and told nothing before `attach`.
   * @throws DomainError `draining`, `not-found` (no auto-create) or `node-full`.
   */
  async join(request: JoinRequest): Promise<Participant> {
    if (this.#draining) throw refuse('draining', 'the node is draining');
    const room = this.#rooms.get(request.room);
    if (!room && !this.options.autoCreate) throw refuse('not-found', 'requested room does not exist');
    return (room ?? this.create(request.room)).join(request);
  }

  /** The session that a client wants to resume, when it is still kept. */
  findSession(room: string, identity: string, sid: string): Participant | undefined {
    const participant = this.#rooms.get(room)?.get(identity);
    return participant?.sid === sid ? participant : undefined;
  }

  /** Called by the room when it ended. */
  forget(room: Room): void {
    if (this.#rooms.get(room.name) !== room) return;
    this.#rooms.delete(room.name);
    this.options.log.info({ room: room.name, sid: room.sid }, 'room finished');
    this.emit('roomFinished', room);
  }

  /**
   * No more joins; every participant is told to connect anew, so many a second that those who take them over keep up.
   * The caller has marked the node as draining for the balancer before.
   */
  async drain(perSecond: number): Promise<void> {
    this.#draining = true;
    const pause = 1000 / perSecond;
    for (const room of [...this.#rooms.values()]) {
      for (const participant of [...room.participants]) {
        participant.leave(Reason.SERVER_SHUTDOWN, 'reconnect');
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  close(): void {
    this.#draining = true;
    for (const room of [...this.#rooms.values()]) room.close(Reason.SERVER_SHUTDOWN, 'reconnect');
  }
}
