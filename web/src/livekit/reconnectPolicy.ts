import type { ReconnectPolicy } from 'livekit-client';
import { fullJitter } from '../lib/jitter.ts';

/** After this long the room gives up by itself, and the page asks the server anew which node should carry it. */
const GIVE_UP_MS = 20_000;

export const reconnectPolicy: ReconnectPolicy = {
  nextRetryDelayInMs: ({ retryCount, elapsedMs }) => (elapsedMs > GIVE_UP_MS ? null : fullJitter(retryCount)),
};
