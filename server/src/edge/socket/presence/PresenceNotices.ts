import type { Presence } from '../../../domain/presence/Presence.ts';
import { territorySeen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Seat } from '../../../protocol/floor.ts';
import { rooms } from '../channel/rooms.ts';
import { isHeard, tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

/** At most 4 a second: faster numbers cannot be read. */
const TICK_MS = 250;

/** Says who has an order channel, and tells officials which counts of their territory changed. */
export class PresenceNotices implements SliceNotices {
  readonly #channel: Pick<ChannelContext, 'io' | 'now'>;
  readonly #presence: Presence;
  readonly #timer: NodeJS.Timeout;

  constructor(channel: Pick<ChannelContext, 'io' | 'now'>, presence: Presence) {
    this.#channel = channel;
    this.#presence = presence;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** All rows of their territory, once for each connection of an official. */
  welcome(socket: ChannelSocket, briefing: string, seat: Seat): void {
    this.#presence.channelOpened(briefing, seat);
    socket.on('disconnect', () => this.#presence.channelClosed(briefing, seat.identity));
    const territory = territorySeen(seat);
    if (!territory) return;
    const counts = this.#presence.counts(briefing, territory);
    tell(socket, 'presence', { briefing, at: this.#channel.now().toISOString(), full: true, counts });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const { io, now } = this.#channel;
    const at = now().toISOString();
    for (const [briefing, byRoot] of this.#presence.takeChanged()) {
      for (const [root, counts] of byRoot) {
        const room = rooms.officials(briefing, root);
        if (isHeard(io, room)) tell(io.local.to(room), 'presence', { briefing, at, full: false, counts });
      }
    }
  }
}
