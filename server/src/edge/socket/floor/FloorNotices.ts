import type { FloorState } from '../../../domain/floor/FloorState.ts';
import type { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import { territoriesOver } from '../../../domain/shared/sight.ts';
import type { Call, Seat } from '../../../protocol/floor.ts';
import { rooms } from '../channel/rooms.ts';
import type { Territories } from '../channel/Territories.ts';
import { isHeard, tell } from '../channel/tell.ts';
import type { ChannelServer, ChannelSocket } from '../channel/types.ts';
import { bells, cutFloor, cutFor, reachOf, unitsOnFloor } from './cutFloor.ts';

/** Tells the devices of this node what changed on the floor, each class of receivers its own cut. */
export class FloorNotices {
  readonly #io: ChannelServer;
  readonly #live: LiveFloors;
  readonly #now: () => Date;
  readonly #territories: Territories;
  readonly #onChanged = (before: FloorState, after: FloorState, calls: readonly Call[]) => {
    this.#tellFloor(before, after);
    this.#tellCalls(before, after, calls);
  };

  constructor(io: ChannelServer, live: LiveFloors, territories: Territories, now: () => Date) {
    this.#io = io;
    this.#live = live;
    this.#territories = territories;
    this.#now = now;
    live.on('changed', this.#onChanged);
  }

  /** First notices of a connection: the floor as it may see it, and the bell if it rings for its unit. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const floor = this.#live.get(briefing);
    if (!floor) return;
    tell(socket, 'floor', cutFor(floor, seat));
    for (const call of floor.calls) {
      if (call.unit === seat.unit && call.state === 'ringing') tell(socket, 'call.ring', call);
    }
  }

  close(): void {
    this.#live.off('changed', this.#onChanged);
  }

  #tellFloor(before: FloorState, after: FloorState): void {
    const { briefing } = after;
    const reach = reachOf(before, after);
    // Units that had something of their own must hear that they have it no longer.
    const special = reach.everyone ? new Set([...unitsOnFloor(after), ...reach.units]) : reach.units;
    if (reach.everyone) {
      const others = this.#to(rooms.seats(briefing)).except([...special].map((unit) => rooms.seatsOf(briefing, unit)));
      tell(others, 'floor', cutFloor(after, { of: 'unit', unit: null }));
    }
    for (const unit of special) {
      const room = rooms.seatsOf(briefing, unit);
      if (isHeard(this.#io, room)) tell(this.#to(room), 'floor', cutFloor(after, { of: 'unit', unit }));
    }
    for (const territory of this.#territories.of(briefing)) {
      if (!reach.everyone && !reach.territories.has(territory)) continue;
      tell(this.#to(rooms.officials(briefing, territory)), 'floor', cutFloor(after, { of: 'official', territory }));
    }
  }

  #tellCalls(before: FloorState, after: FloorState, calls: readonly Call[]): void {
    const { briefing } = after;
    const { ring, silence, over } = bells(before, after, calls);
    for (const call of ring) {
      const unit = this.#to(rooms.unit(briefing, call.unit));
      tell(unit, 'clock', { briefing, now: this.#now().toISOString() });
      tell(unit, 'call.ring', call);
    }
    for (const call of silence) tell(this.#to(rooms.unit(briefing, call.unit)), 'call.over', call);
    for (const call of over) {
      const officials = territoriesOver(call.path).map((path) => rooms.officials(briefing, path));
      tell(this.#to(officials), 'call.over', call);
    }
  }

  #to(room: string | string[]) {
    return this.#io.local.to(room);
  }
}
