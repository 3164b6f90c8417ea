import type { Channel } from '../api/channel/Channel.ts';

/** Thousands get their turns in the same second: their order channels come over so long, ms. */
const AT_EASE_MS = 10_000;
/** A node that has not heard of the call yet lets nobody in for it: it is asked again. */
const AGAIN_MS = 1_000;

interface DoorPorts {
  /** The order channel that the page before had (CH14). */
  standing(): Channel | undefined;
  /** The order channel of this device. */
  open(identity: string): Channel;
  /** Whether somebody waits for it inside; said again while they do, until the door is closed. */
  wanted(isWanted: boolean): void;
}

/** PL18: a page that waits for its turn has the order channel, and hears there when it is to come in at once. */
export function waitAtDoor({ standing, open, wanted }: DoorPorts) {
  let channel: Channel | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unsubscribe = (): void => undefined;
  let closed = false;
  let me = '';
  const isWanted = (): boolean => {
    const { ring, floor } = channel?.state.get() ?? {};
    return ring !== undefined || (floor?.speakers.some(({ seat }) => seat.identity === me) ?? false);
  };
  let was = false;
  const look = (): void => {
    const is = isWanted();
    if (closed || (!is && !was)) return;
    was = is;
    clearTimeout(timer);
    if (is) timer = setTimeout(look, AGAIN_MS);
    wanted(is);
  };
  return {
    /** @param identity of this device; a node of the version before does not say it */
    wait: (identity: string | undefined): void => {
      if (closed || identity === undefined || me !== '') return;
      me = identity;
      const listen = (there: Channel): void => {
        channel = there;
        unsubscribe = there.state.subscribe(look);
        look();
      };
      const there = standing();
      if (there) listen(there);
      else timer = setTimeout(() => listen(open(identity)), Math.random() * AT_EASE_MS);
    },
    /** It is inside, or the page is left. The channel stays. */
    close: (): void => {
      closed = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
