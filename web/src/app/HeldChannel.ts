import type { Channel } from '../api/channel/Channel.ts';

const isOnline = ({ state }: Channel): boolean => {
  const { link, farewell } = state.get();
  return link === 'online' && farewell === undefined;
};
const isOver = ({ state }: Channel): boolean => {
  const { link, farewell } = state.get();
  return link === 'refused' || farewell !== undefined;
};

/**
 * CH14: the order channel of this device, over the pages that follow each other: the check of the devices, the wait for a
 * turn, the room, and the check again. Pages leave it open; whoever owns them closes it.
 */
export class HeldChannel {
  #channel: Channel | undefined;
  #drop = (): void => undefined;

  /** Undefined: there is none, or it was shown out or refused, which no page can go on with. */
  get standing(): Channel | undefined {
    return this.#channel && !isOver(this.#channel) ? this.#channel : undefined;
  }

  /**
   * Another one, which brings what the device says of itself by now (PS4). The one before stays until it stands, so that
   * in between the server has one to ring at.
   */
  renew(open: () => Channel): Channel {
    this.#drop();
    const before = this.#channel;
    const next = open();
    this.#channel = next;
    if (before) this.#handOver(before, next);
    return next;
  }

  close(): void {
    this.#drop();
    this.#channel?.close();
    this.#channel = undefined;
  }

  #handOver(before: Channel, next: Channel): void {
    const look = (): void => {
      // One that would connect anew would put the next one out.
      if (isOnline(before) && !isOnline(next) && !isOver(next)) return;
      this.#drop();
    };
    const stop = [before.state.subscribe(look), next.state.subscribe(look)];
    this.#drop = () => {
      this.#drop = () => undefined;
      for (const each of stop) each();
      before.close();
    };
    look();
  }
}
