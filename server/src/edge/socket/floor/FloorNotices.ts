import type { EventEmitter } from 'node:events';
import type { AirTimes } from '../../../domain/floor/AirTimes.ts';
import type { FloorState } from '../../../domain/floor/FloorState.ts';
import type { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import type { StageEvents } from '../../../domain/shared/stage.ts';
import { mainOf, type StageMap, shownTo } from '../../../domain/shared/stages.ts';
import { type Sight, territoriesOver } from '../../../domain/shared/whoSeesWhom.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { AirTime, Call, Floor, Seat } from '../../../protocol/floor.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import { rooms } from '../channel/rooms.ts';
import { isHeard, tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';
import { bells, cutFloor, type NamesAbove, placesTold, unitsOnFloor } from './cutFloor.ts';
import { cutFor } from './cutFor.ts';
import { type ExcessElsewhere, ExcessNotices } from './ExcessNotices.ts';
import { movedUp, receiversOf } from './receivers.ts';
import { areStagesOther, REST, StageClasses } from './stageClasses.ts';

/**
 * Tells the devices of this node what changed on the floor, each class of receivers its own cut, and shows out whom a
 * moderator removed.
 */
export class FloorNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #channel: ChannelContext;
  readonly #live: LiveFloors;
  readonly #air: AirTimes;
  readonly #namesAbove: NamesAbove;
  readonly #excess: ExcessNotices;
  /** Makes floor and presence of a briefing known on this node. */
  readonly prepare: (briefing: Briefing) => Promise<void>;
  readonly #onAir = (air: AirTime) => tell(this.#to(rooms.everyone(air.briefing)), 'floor.air', air);
  readonly #onChanged = (before: FloorState, after: FloorState, calls: readonly Call[]) => {
    this.#tellFloor(before, after);
    this.#tellCalls(before, after, calls);
    this.#showOutRemoved(before, after);
  };
  /** FL60: units whose place is another one, the floor being the same. */
  readonly #onHandsAway = (floor: FloorState, was: ReadonlySet<string>) => {
    const is = this.#live.handsAway.of(floor.briefing);
    const units = movedUp(floor.hands, placesTold(floor, was), placesTold(floor, is)).map(({ unit }) => unit);
    for (const unit of new Set(units))
      for (const { seat, socket } of this.#devicesIn(rooms.seatsOf(floor.briefing, unit)))
        tell(socket, 'floor', this.cutFor(floor, seat));
  };

  constructor(
    channel: ChannelContext,
    { live, air }: { live: LiveFloors; air: AirTimes },
    excess: { readonly stage: EventEmitter<StageEvents>; readonly elsewhere: ExcessElsewhere },
    prepare: (briefing: Briefing) => Promise<void>,
    namesAbove: NamesAbove,
  ) {
    this.#namesAbove = namesAbove;
    this.#channel = channel;
    this.#excess = new ExcessNotices(channel, excess.stage, excess.elsewhere);
    this.#live = live;
    this.prepare = prepare;
    this.#air = air;
    live.on('changed', this.#onChanged);
    live.on('handsAway', this.#onHandsAway);
    air.on('changed', this.#onAir);
  }

  /** First notices of a connection: the floor as it may see it, and the bell if it rings for its unit. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const floor = this.#live.get(briefing);
    if (!floor) return;
    tell(socket, 'floor', this.cutFor(floor, seat));
    const air = this.#air.get(briefing);
    if (air) tell(socket, 'floor.air', air);
    for (const call of floor.calls) {
      if (call.unit === seat.unit && call.state === 'ringing') tell(socket, 'call.ring', call);
    }
  }

  /** The floor as one device sees it. */
  cutFor(floor: FloorState, seat: Seat): Floor {
    return cutFor(this.#live, floor, seat, this.#namesAbove);
  }

  close(): void {
    this.#live.off('changed', this.#onChanged);
    this.#live.off('handsAway', this.#onHandsAway);
    this.#air.off('changed', this.#onAir);
    this.#excess.close();
  }

  #tellFloor(before: FloorState, after: FloorState): void {
    const { briefing } = after;
    const receivers = receiversOf(before, after, this.#live.handsAway.of(briefing));
    const map = this.#live.stages(after);
    const old = this.#live.stages(before);
    const classes = new StageClasses({ floor: before, map: old }, { floor: after, map });
    const cut = (sight: Sight, path: UnitPath) =>
      cutFloor(after, map, { sight, stage: mainOf(map, path) }, this.#namesAbove, this.#live.handsAway.of(briefing));
    const apart = this.#tellThoseApart(before, after);
    // Units that had something of their own must hear that they have it no longer.
    const onFloor = [...unitsOnFloor(after)].filter(([, path]) => classes.isChanged(classes.classOf(path)));
    const special = new Map([...onFloor, ...receivers.units]);
    const units = [...special.keys()].map((unit) => rooms.seatsOf(briefing, unit));
    for (const path of classes.paths) {
      if (!classes.isChanged(path)) continue;
      const all = path === REST ? [rooms.seats(briefing), rooms.screens(briefing)] : [rooms.below(briefing, path)];
      const others = classes.othersOf(path).map((other) => rooms.below(briefing, other));
      // Those of a class above are in the rooms of this one as well.
      const below = others.filter((room) => path === REST || room.startsWith(`${all[0]}.`));
      tell(this.#to(all).except([...units, ...below, ...apart]), 'floor', cut({ of: 'unit', unit: null }, path));
    }
    for (const [unit, path] of special) {
      const room = rooms.seatsOf(briefing, unit);
      if (isHeard(this.#channel.io, room)) tell(this.#to(room).except(apart), 'floor', cut({ of: 'unit', unit }, path));
    }
    for (const territory of this.#channel.territories.of(briefing)) {
      const sight: Sight = { of: 'official', territory };
      const isTold = receivers.territories.has(territory) || classes.isChanged(classes.classOf(territory));
      if (!isTold && !areStagesOther({ floor: before, map: old }, { floor: after, map }, sight)) continue;
      tell(this.#to(rooms.officials(briefing, territory)).except(apart), 'floor', cut(sight, territory));
    }
  }

  /**
   * TR5: devices that are shown another stage than their unit is, or were: each is told its own cut, if that is another
   * one now. @returns their rooms, whom nobody else's cut is told
   */
  #tellThoseApart(before: FloorState, after: FloorState): string[] {
    const [old, map] = [this.#live.stages(before), this.#live.stages(after)];
    const apart: string[] = [];
    for (const identity of new Set([...old.chosen.keys(), ...map.chosen.keys()])) {
      const room = rooms.device(after.briefing, identity);
      for (const { seat, socket } of this.#devicesIn(room)) {
        const main = (m: StageMap) => mainOf(m, seat.path);
        const shown = shownTo(map, identity, seat.path);
        if (shown === main(map) && shownTo(old, identity, seat.path) === main(old)) continue;
        apart.push(room);
        const now = this.cutFor(after, seat);
        if (JSON.stringify({ ...this.cutFor(before, seat), seq: now.seq }) !== JSON.stringify(now))
          tell(socket, 'floor', now);
      }
    }
    return apart;
  }

  *#devicesIn(room: string): Iterable<{ readonly seat: Seat; readonly socket: ChannelSocket }> {
    const { adapter, sockets } = this.#channel.io.of('/');
    for (const id of adapter.rooms.get(room) ?? []) {
      const socket = sockets.get(id);
      if (socket) yield { seat: socket.data.seat, socket };
    }
  }

  #tellCalls(before: FloorState, after: FloorState, calls: readonly Call[]): void {
    const { briefing } = after;
    const { ring, silence, over } = bells(before, after, calls);
    for (const call of ring) {
      const unit = this.#to(rooms.unit(briefing, call.unit));
      tell(unit, 'clock', { briefing, now: this.#channel.now().toISOString() });
      tell(unit, 'call.ring', call);
    }
    for (const call of silence) tell(this.#to(rooms.unit(briefing, call.unit)), 'call.over', call);
    for (const call of over) {
      const officials = territoriesOver(call.path).map((path) => rooms.officials(briefing, path));
      tell(this.#to(officials), 'call.over', call);
    }
  }

  #showOutRemoved(before: FloorState, after: FloorState): void {
    for (const identity of after.removed) {
      if (before.removed.includes(identity)) continue;
      const message = 'a moderator removed this device from the briefing';
      this.#channel.showOut(this.#to(rooms.device(after.briefing, identity)), { reason: 'removed', message });
    }
  }

  #to(room: string | string[]) {
    return this.#channel.io.local.to(room);
  }
}
