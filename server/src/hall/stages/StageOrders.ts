import type { StageOrder } from '../../domain/shared/stage.ts';
import type { RoomPolicy } from './places.ts';
import { placeOf, type RoomPlace } from './places.ts';

/** Who stands where in one room, by the orders of the floor. They are of identities: of those who are away as well. */
export class StageOrders {
  readonly #orders = new Map<string, StageOrder>();
  #policy: RoomPolicy = { kind: 'open' };

  get policy(): RoomPolicy {
    return this.#policy;
  }

  /** Makes it a briefing, or sets its orders anew. */
  reset(policy: RoomPolicy, orders: readonly StageOrder[]): void {
    this.#policy = policy;
    this.#orders.clear();
    for (const order of orders) this.#orders.set(order.identity, order);
  }

  set(order: StageOrder): void {
    if (order.place === 'audience' && !order.muted) this.#orders.delete(order.identity);
    else this.#orders.set(order.identity, order);
  }

  placeOf(identity: string): RoomPlace {
    return placeOf(this.#policy, this.#orders.get(identity));
  }

  isMuted(identity: string): boolean {
    return this.#policy.kind === 'stage' && this.#orders.get(identity)?.muted === true;
  }
}
