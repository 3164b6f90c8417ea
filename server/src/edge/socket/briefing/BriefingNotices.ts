import type { LiveBriefings } from '../../../domain/briefing/LiveBriefings.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

/** Tells everybody in a briefing of its state, and shows them out when it has closed. */
export class BriefingNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #channel: Pick<ChannelContext, 'io' | 'showOut'>;
  readonly #live: LiveBriefings;
  readonly #onChanged = (briefing: Briefing) => this.#tell(briefing);

  constructor(channel: Pick<ChannelContext, 'io' | 'showOut'>, live: LiveBriefings) {
    this.#channel = channel;
    this.#live = live;
    live.on('changed', this.#onChanged);
  }

  async prepare(briefing: Briefing): Promise<void> {
    this.#live.apply(briefing);
  }

  /** The state may have changed since the connection was admitted. */
  welcome(socket: ChannelSocket, briefing: string): void {
    const { first } = socket.data;
    const latest = this.#live.get(briefing);
    tell(socket, 'briefing', latest && latest.epoch > first.epoch ? latest : first);
  }

  close(): void {
    this.#live.off('changed', this.#onChanged);
  }

  #tell(briefing: Briefing): void {
    const everyone = this.#channel.io.local.to(rooms.everyone(briefing.id));
    tell(everyone, 'briefing', briefing);
    if (briefing.state === 'closed')
      this.#channel.showOut(everyone, { reason: 'briefing-closed', message: 'the briefing is over' });
  }
}
