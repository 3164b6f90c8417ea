import { EventEmitter } from 'node:events';
import type { SfuConfig } from '@dieu-hanh/sfu-config';
import { Codec, DisconnectReason as Reason } from '@livekit/protocol';
import type { StageOrder } from '../../domain/shared/stage.ts';
import type { StageMap } from '../../domain/shared/stages.ts';
import { inWaves } from '../../lib/inWaves.ts';
import type { SfuRoom } from '../../media/sfu/types.ts';
import type { Logger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import type { NodeRooms } from '../nodes/NodeRooms.ts';
import type { JoinRequest } from '../shared/JoinRequest.ts';
import { KnownLines } from '../shared/KnownLines.ts';
import { Pacer } from '../shared/Pacer.ts';
import { Endings } from './Endings.ts';
import type { Participant } from './Participant.ts';
import { Room } from './Room.ts';
import { type RoomSettings, roomSettings } from './RoomSettings.ts';
import type { RoomsEvents } from './RoomsEvents.ts';

export interface RoomsOptions {
  /** Makes the SFU's side of a room. */
  readonly sfu: { createRoom(name: string): SfuRoom };
  readonly log: Logger;
  /** Joins make a room that does not exist. */
  readonly autoCreate: boolean;
  readonly config: SfuConfig;
  /** What other nodes have of the same rooms; undefined: there are none beside this one. */
  readonly nodes?: NodeRooms | undefined;
}

/** The rooms of this node by name. */
export class Rooms extends EventEmitter<RoomsEvents> {
  readonly config: SfuConfig;
  /** What clients may publish; the first video codec is what they fall back to. */
  readonly codecs: readonly Codec[];
  /** What was learned of viewers' lines, here and at other nodes. */
  readonly lines = new KnownLines();
  readonly #options: RoomsOptions;
  readonly #pacer = new Pacer();
  readonly #rooms = new Map<string, Room>();
  readonly #endings: Endings;
  #draining = false;

  constructor(options: RoomsOptions) {
    super();
    this.#options = options;
    this.config = options.config;
    const { h264, vp9 } = options.config.media;
    const mimes = ['video/VP8', 'audio/opus', ...(h264 ? ['video/H264'] : []), ...(vp9 ? ['video/VP9'] : [])];
    this.codecs = mimes.map((mime) => new Codec({ mime }));
    this.setMaxListeners(0);
    this.#endings = new Endings(options.nodes, (room) => this.emit('roomEnded', room));
    if (options.nodes) this.#follow(options.nodes);
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
    return this.#rooms.get(name) ?? this.#make(name, settings);
  }

  /** A briefing's, which is none of a program's from its first moment on; one that is there becomes it. */
  createStage(name: string, stages: StageMap, orders: readonly StageOrder[]): void {
    const policy = { kind: 'stage', stages } as const;
    const existing = this.#rooms.get(name);
    if (existing) void existing.setPolicy(policy, orders);
    else this.#make(name, {}, (room) => void room.setPolicy(policy, orders));
  }

  #make(name: string, settings: Partial<RoomSettings>, prepare: (room: Room) => void = () => {}): Room {
    const { sfu, config } = this.#options;
    const log = this.#options.log.child({ room: name });
    const { nodes } = this.#options;
    const context = {
      name,
      log,
      config,
      sfu: sfu.createRoom(name),
      codecs: this.codecs,
      pacer: this.#pacer,
      lines: this.lines,
    };
    const ended = () => this.#forget(room);
    const room = new Room({ context, settings: roomSettings(config.rooms, settings), events: this, ended, nodes });
    prepare(room);
    this.#rooms.set(name, room);
    log.info({ sid: room.sid }, 'room started');
    this.#endings.began(name);
    this.emit('roomStarted', room);
    if (!nodes || nodes.elsewhere.nodes(name).length === 0) this.emit('roomBegan', room);
    return room;
  }

  /** What other nodes tell of rooms that this one has. */
  #follow({ elsewhere }: NodeRooms): void {
    const at = (name: string): Room | undefined => this.#rooms.get(name);
    elsewhere.on('person', (room, identity, reason) => at(room)?.remote?.follow(identity, reason));
    elsewhere.on('came', (room, identity, joined) => at(room)?.remote?.came(identity, joined));
    elsewhere.on('counts', (room) => at(room)?.countsElsewhereChanged());
    elsewhere.on('line', (room, line) => at(room)?.lineElsewhere(line));
    elsewhere.on('over', (room, node, last) => this.#endings.over(room, node, last));
    elsewhere.on('about', (room) => {
      const about = elsewhere.about(room);
      if (about) at(room)?.adopt(about);
    });
  }

  /** Everyone is told to leave (`ROOM_DELETED`). False when there is no such room. */
  delete(name: string): boolean {
    const room = this.#rooms.get(name);
    room?.close(Reason.ROOM_DELETED);
    return room !== undefined;
  }

  /**
   * Makes the participant's transports and puts them into the room, which is created when needed. They are announced to
   * nobody and told nothing before `attach`.
   * @throws DomainError `draining`, `not-found` (no auto-create) or `node-full`.
   */
  async join(request: JoinRequest): Promise<Participant> {
    this.demandOpen(request.room);
    return this.create(request.room).join(request);
  }

  /**
   * Whether a join could be taken, as far as that is known before.
   * @throws DomainError `draining`, `not-found` (no auto-create)
   */
  demandOpen(name: string): void {
    if (this.#draining) throw refuse('draining', 'the node is draining');
    if (!this.#options.autoCreate && !this.#rooms.has(name)) throw refuse('not-found', 'requested room does not exist');
  }

  /** The session that a client wants to resume, when it is still kept. */
  findSession(room: string, identity: string, sid: string): Participant | undefined {
    const participant = this.#rooms.get(room)?.get(identity);
    return participant?.sid === sid && !participant.isDeparting ? participant : undefined;
  }

  /** PL3: lets nobody in any more, or again. */
  shut(shut: boolean): void {
    this.#draining = shut;
  }

  /**
   * PL3: every participant is told to connect anew, in waves; those who are seen or heard go last, when the others can
   * see them where they are then. The caller has told the other nodes and the balancer before.
   */
  async drain(perSecond: () => number, signal: AbortSignal = new AbortController().signal): Promise<void> {
    this.shut(true);
    const left = () => {
      const all = [...this.#rooms.values()].flatMap((room) => [...room.participants]);
      return all.sort((a, b) => Number(isSending(a)) - Number(isSending(b)));
    };
    const send = (some: readonly Participant[]) => {
      for (const participant of some) participant.leave(Reason.SERVER_SHUTDOWN, 'reconnect');
    };
    await inWaves({ left, send, perSecond, signal });
  }

  /** CL72: who is seen or heard, in any room, is told to connect anew. @returns how many */
  sendAwayWhoSends(): number {
    const all = [...this.#rooms.values()].flatMap((room) => [...room.participants]).filter(isSending);
    for (const participant of all) participant.leave(Reason.SERVER_SHUTDOWN, 'reconnect');
    return all.length;
  }

  close(): void {
    this.#draining = true;
    for (const room of [...this.#rooms.values()]) room.close(Reason.SERVER_SHUTDOWN, 'reconnect');
    this.lines.close();
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.name) !== room) return;
    this.#rooms.delete(room.name);
    this.#options.log.info({ room: room.name, sid: room.sid }, 'room finished');
    this.emit('roomFinished', room);
    this.#endings.ended(room);
  }
}

const isSending = (participant: Participant): boolean => participant.publications.size > 0;
