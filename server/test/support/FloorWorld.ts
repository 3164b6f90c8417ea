import { randomUUID } from 'node:crypto';
import { CallService } from '../../src/domain/floor/CallService.ts';
import { FloorKeeper } from '../../src/domain/floor/FloorKeeper.ts';
import { FloorService } from '../../src/domain/floor/FloorService.ts';
import { LiveFloors } from '../../src/domain/floor/LiveFloors.ts';
import type { BriefingFacts } from '../../src/domain/floor/ports.ts';
import { StageService } from '../../src/domain/floor/StageService.ts';
import { PresenceBoard } from '../../src/domain/presence/PresenceBoard.ts';
import type { BriefingActor } from '../../src/domain/shared/actor.ts';
import type { StageControl, StageOrder } from '../../src/domain/shared/stage.ts';
import type { BriefingState } from '../../src/protocol/briefing.ts';
import type { Equipment } from '../../src/protocol/equipment.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { Call, Seat } from '../../src/protocol/floor.ts';
import { person } from './floorPeople.ts';
import { MemoryFloorStore } from './MemoryFloorStore.ts';

/** One live briefing with the domain's own pieces, a clock that stands still, and a log of what the hall is ordered. */
export class FloorWorld {
  readonly briefing = randomUUID();
  now = new Date('2026-09-02T07:00:00.000Z');
  readonly store = new MemoryFloorStore({ now: () => this.now });
  readonly live = new LiveFloors();
  readonly board = new PresenceBoard([]);
  readonly orders: (StageOrder | string)[] = [];
  /** What the hall was told of who is shown which stage. */
  readonly arranged: object[] = [];
  /** Whose presence is counted from then on. */
  readonly opened: string[] = [];
  readonly alarms: Call[] = [];
  readonly backs: string[] = [];
  /** Of them each is at hand when a tier breaks out. */
  readonly officials: Seat[] = [];
  readonly failures: unknown[] = [];
  /** Accounts of moderators who may produce, from the next state on. */
  readonly producers: string[] = [];
  /** Units of selections by a figure. */
  readonly chosen = new Map<string, readonly string[]>();
  /** Identities whose media the hall has. */
  readonly onLine = new Set<string>();
  /** Identities of whose media other nodes have told. */
  readonly toldOfMedia = new Set<string>();
  /** The next order fails with this. */
  broken: Error | undefined;
  readonly floor: FloorService;
  readonly calls: CallService;
  readonly stages: StageService;
  readonly keeper: FloorKeeper;
  /** What other nodes say of a unit. */
  elsewhere: (unit: string) => boolean = () => false;
  seatsElsewhere: (identity: string) => Seat | undefined = () => undefined;
  /** What they say of those on stage. */
  atOthers: () => ReadonlyMap<string, 'media' | 'channel'> = () => new Map();

  readonly pm = person(this.briefing, 'principal', 'vn');
  readonly moderator = person(this.briefing, 'moderator', 'vn.79');
  readonly chair = person(this.briefing, 'seat', 'vn.79.760.1');
  readonly neighbour = person(this.briefing, 'seat', 'vn.79.760.2');
  readonly foreigner = person(this.briefing, 'seat', 'vn.01.001.9');

  constructor(state: BriefingState = 'live') {
    this.setState(state);
    const { store, live } = this;
    const devices = {
      ringableElsewhere: async (_: string, unit: string) => this.elsewhere(unit),
      seat: (_: string, identity: string) => this.board.seat(identity),
      seatElsewhere: async (_: string, identity: string) => this.seatsElsewhere(identity),
      ringable: (_: string, unit: string) => this.board.ringable(unit),
      equip: (_: string, identity: string, told: Equipment) => this.board.equip(identity, told, new Date()),
    };
    const paths = [this.pm, this.moderator, this.chair, this.neighbour, this.foreigner].map((a) => a.account.unit);
    const units = { find: (code: string) => paths.find((u) => u.code === code) };
    const briefings = {
      goLive: async () => {
        if (this.#facts().state === 'open') this.setState('live');
      },
    };
    this.floor = new FloorService({ store, live, devices, briefings });
    this.calls = new CallService({
      ...{ store, live, devices, units, alarm: { ringing: (c) => this.alarms.push(c) } },
      chosen: {
        demandReached: async (_, selection, unit) => {
          if (!this.chosen.get(selection)?.includes(unit))
            throw refuse('not-found', `${unit} is not in this selection`);
        },
      },
    });
    const unitAt = (path: string) => person(this.briefing, 'moderator', path).account.unit;
    const provinces = ['vn.79', 'vn.01'].map(unitAt);
    const above = [...provinces, unitAt('vn.79.760')];
    this.stages = new StageService({
      ...{ store, live },
      devices: {
        seat: devices.seat,
        officials: (_, unit) => [...this.officials].filter((seat) => seat.unit === unit),
      },
      units: {
        find: (code) => units.find(code) ?? above.find((unit) => unit.code === code),
        tierBelow: (code) => (code === 'vn' ? provinces : []),
      },
      alarm: { back: (_, path, inMs) => this.backs.push(`${path} in ${inMs}`) },
    });
    const stage: StageControl = {
      openBriefing: (_, path, orders) => {
        this.orders.push(`open ${path.root}`, ...orders);
      },
      arrange: (_, { mains, occupied, chosen }) => {
        this.arranged.push({ mains: [...mains], occupied: [...occupied], chosen: [...chosen] });
      },
      order: async (_, order) => {
        const error = this.broken;
        this.broken = undefined;
        if (error) throw error;
        this.orders.push(order);
      },
      frame: () => undefined,
      silence: () => undefined,
      remove: async (_, identity) => {
        this.orders.push(`remove ${identity}`);
      },
      rejoin: async () => undefined,
      closeBriefing: async () => {
        this.orders.push('close');
      },
      participants: (room) =>
        [...this.onLine].map((identity) => {
          return { room, identity, sid: identity, attributes: {}, active: true, quality: 'excellent' };
        }),
    };
    const presence = {
      open: async (briefing: string) => {
        this.opened.push(briefing);
      },
      close: async () => undefined,
    };
    const elsewhere = {
      find: async () => this.atOthers(),
      hasMedia: (_: string, identity: string) => this.toldOfMedia.has(identity),
    };
    this.keeper = new FloorKeeper({ store, live, stage, presence, elsewhere }, (error) => this.failures.push(error));
    for (const actor of [this.pm, this.moderator, this.chair, this.neighbour, this.foreigner]) this.connect(actor);
  }

  /** FL21: invited on stage, and there by their own act. */
  async bring(by: BriefingActor, actor: BriefingActor): Promise<void> {
    await this.floor.promote(by, actor.seat.identity);
    await this.floor.takePlace(actor);
  }

  connect(actor: BriefingActor): void {
    this.board.channelOpened(actor.seat, this.now);
    this.onLine.add(actor.seat.identity);
  }

  disconnect(actor: BriefingActor): void {
    this.board.channelClosed(actor.seat.identity, this.now);
    this.onLine.delete(actor.seat.identity);
  }

  setState(state: BriefingState): void {
    this.store.briefings.set(this.briefing, {
      id: this.briefing,
      state,
      stage: 'vn',
      scope: ['vn'],
      producers: [...this.producers],
    });
  }

  later(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  /** `1:stage 2:green` */
  places(): string {
    const speakers = this.live.get(this.briefing)?.speakers ?? [];
    return speakers.map((s) => `${s.seat.unit}:${s.place}`).join(' ');
  }

  hands(): string[] {
    return this.live.get(this.briefing)?.hands.map((h) => h.seat.unit) ?? [];
  }

  seq(): number {
    return this.live.get(this.briefing)?.seq ?? 0;
  }

  /** Orders since the last look. */
  takeOrders(): (StageOrder | string)[] {
    return this.orders.splice(0);
  }

  #facts(): BriefingFacts {
    const facts = this.store.briefings.get(this.briefing);
    if (!facts) throw new Error('no briefing');
    return facts;
  }
}
