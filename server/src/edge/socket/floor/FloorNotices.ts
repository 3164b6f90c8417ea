import type { EventEmitter } from 'node:events';
import type { AirTimes } from '../../../domain/floor/AirTimes.ts';
import type { FloorState } from '../../../domain/floor/FloorState.ts';
import type { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import type { StageEvents } from '../../../domain/shared/stage.ts';
import { territoriesOver } from '../../../domain/shared/whoSeesWhom.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { AirTime, Call, Seat } from '../../../protocol/floor.ts';
import { rooms } from '../channel/rooms.ts';
import { isHeard, tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';
import { bells, cutFloor, cutFor, type NamesAbove, unitsOnFloor } from './cutFloor.ts';
import { type ExcessElsewhere, ExcessNotices } from './ExcessNotices.ts';
import { receiversOf } from './receivers.ts';

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
    air.on('changed', this.#onAir);
  }

  /** First notices of a connection: the floor as it may see it, and the bell if it rings for its unit. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const floor = this.#live.get(briefing);
    if (!floor) return;
    tell(socket, 'floor', cutFor(floor, seat, this.#namesAbove));
    const air = this.#air.get(briefing);
    if (air) tell(socket, 'floor.air', air);
    for (const call of floor.calls) {
      if (call.unit === seat.unit && call.state === 'ringing') tell(socket, 'call.ring', call);
    }
  }

  close(): void {
    this.#live.off('changed', this.#onChanged);
    this.#air.off('changed', this.#onAir);
    this.#excess.close();
  }

  #tellFloor(before: FloorState, after: FloorState): void {
    const { briefing } = after;
    const receivers = receiversOf(before, after);
    // Units that had something of their own must hear that they have it no longer.
    const special = receivers.everyone ? new Set([...unitsOnFloor(after), ...receivers.units]) : receivers.units;
    if (receivers.everyone) {
      const all = [rooms.seats(briefing), rooms.screens(briefing)];
      const others = this.#to(all).except([...special].map((unit) => rooms.seatsOf(briefing, unit)));
      tell(others, 'floor', cutFloor(after, { of: 'unit', unit: null }, this.#namesAbove));
    }
    for (const unit of special) {
      const room = rooms.seatsOf(briefing, unit);
      if (isHeard(this.#channel.io, room))
        tell(this.#to(room), 'floor', cutFloor(after, { of: 'unit', unit }, this.#namesAbove));
    }
    for (const territory of this.#channel.territories.of(briefing)) {
      if (!receivers.everyone && !receivers.territories.has(territory)) continue;
      tell(
        this.#to(rooms.officials(briefing, territory)),
        'floor',
        cutFloor(after, { of: 'official', territory }, this.#namesAbove),
      );
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
