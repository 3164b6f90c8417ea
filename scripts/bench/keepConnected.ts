import type { ChannelClient } from '../../server/test/support/ChannelClient.ts';

const AGAIN_MS = 300;

/** A page comes back by itself when it is sent away or refused for now; socket.io's client does not. */
export function keepConnected({ socket }: ChannelClient): void {
  const again = () => {
    if (!socket.active) setTimeout(() => socket.connect(), AGAIN_MS);
  };
  socket.on('disconnect', (why) => why === 'io server disconnect' && again());
  socket.on('connect_error', again);
}
