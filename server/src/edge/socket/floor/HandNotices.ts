import type { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import { sees, sightOf } from '../../../domain/shared/whoSeesWhom.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

const TICK_MS = 500;

interface Facts {
  readonly live: Pick<LiveFloors, 'get' | 'briefings' | 'handsAway' | 'emit'>;
  /** Whether any node has an order channel or media of the device, as far as is known. */
  readonly isConnected: (briefing: string, identity: string) => boolean;
  /** A clock that is never set, milliseconds. */
  readonly elapsed: () => number;
}

/** Tells officials which raised hands of their territory are of devices that are not connected. (FL58) */
export class HandNotices implements SliceNotices {
  readonly #channel: Pick<ChannelContext, 'io' | 'territories'>;
  readonly #facts: Facts;
  readonly #timer: NodeJS.Timeout;

  constructor(channel: Pick<ChannelContext, 'io' | 'territories'>, facts: Facts) {
    this.#channel = channel;
    this.#facts = facts;
    this.#timer = setInterval(() => this.look(), TICK_MS);
  }

  /** Also where nothing is away: a page that returns may have been told otherwise before. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    const sight = sightOf(seat);
    if (sight.of === 'official') tell(socket, 'floor.handsAway', this.#noticeFor(briefing, sight.territory));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Costs a look at each raised hand, and a notice only where one has changed. */
  look(): void {
    const { live, isConnected, elapsed } = this.#facts;
    const now = elapsed();
    live.handsAway.retain(live.briefings());
    for (const briefing of live.briefings()) {
      const floor = live.get(briefing);
      if (!floor) continue;
      const before = live.handsAway.of(briefing);
      const changed = live.handsAway.look(briefing, floor.hands, (identity) => isConnected(briefing, identity), now);
      if (changed.length === 0) continue;
      live.emit('handsAway', floor, before);
      for (const territory of this.#channel.territories.of(briefing)) {
        if (!changed.some(({ seat }) => sees({ of: 'official', territory }, 'hand', seat))) continue;
        const officials = this.#channel.io.local.to(rooms.officials(briefing, territory));
        tell(officials, 'floor.handsAway', this.#noticeFor(briefing, territory));
      }
    }
  }

  #noticeFor(briefing: string, territory: UnitPath) {
    const away = this.#facts.live.handsAway.of(briefing);
    const hands = this.#facts.live.get(briefing)?.hands ?? [];
    const seen = hands.filter(
      ({ seat }) => away.has(seat.identity) && sees({ of: 'official', territory }, 'hand', seat),
    );
    return { briefing, identities: seen.map(({ seat }) => seat.identity) };
  }
}
