import type { Presence } from '../../../domain/presence/Presence.ts';
import type { Seat } from '../../../protocol/floor.ts';
import { isOfficial, rooms } from '../channel/rooms.ts';
import { isHeard, tell } from '../channel/tell.ts';
import type { ChannelServer, ChannelSocket } from '../channel/types.ts';

/** At most 4 a second: faster numbers cannot be read. */
const TICK_MS = 250;

/** Tells officials which counts of their territory changed. */
export class PresenceTicker {
  readonly #io: ChannelServer;
  readonly #presence: Presence;
  readonly #now: () => Date;
  readonly #timer: NodeJS.Timeout;

  constructor(io: ChannelServer, presence: Presence, now: () => Date) {
    this.#io = io;
    this.#presence = presence;
    this.#now = now;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** All rows of his territory, once for each connection of an official. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    if (!isOfficial(seat.role)) return;
    const counts = this.#presence.counts(briefing, seat.path);
    tell(socket, 'presence', { briefing, at: this.#now().toISOString(), full: true, counts });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const at = this.#now().toISOString();
    for (const [briefing, byRoot] of this.#presence.takeChanged()) {
      for (const [root, counts] of byRoot) {
        const room = rooms.officials(briefing, root);
        if (isHeard(this.#io, room)) tell(this.#io.local.to(room), 'presence', { briefing, at, full: false, counts });
      }
    }
  }
}
