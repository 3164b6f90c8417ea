import type { Server } from 'socket.io';
import { RateLimit } from '../../../lib/RateLimit.ts';
import { FRAMES } from '../../../protocol/channelLimits.ts';

/** What is used of the WebSocket of `ws` below engine.io. */
interface Line {
  on(event: 'message' | 'ping' | 'pong', listener: () => void): void;
  terminate(): void;
}

/**
 * CH16, CH17: counts every frame of a connection, whatever is in it: acts are counted by account (CH5), and what is no act by nobody.
 * A counter for each connection, and one subtraction for each frame.
 */
export function limitFrames(io: Server): void {
  io.engine.on('connection', ({ transport }: { readonly transport: { readonly socket?: Line } }) => {
    const line = transport.socket;
    if (!line) return;
    const frames = new RateLimit(FRAMES.perSecond, FRAMES.burst);
    const count = (): void => {
      if (!frames.take()) line.terminate();
    };
    for (const event of ['message', 'ping', 'pong'] as const) line.on(event, count);
  });
}
