import type { LiveFloors } from '../domain/floor/LiveFloors.ts';
import type { Presence } from '../domain/presence/Presence.ts';
import { HandNotices } from '../edge/socket/floor/HandNotices.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly floors: LiveFloors;
  readonly presence: Presence;
}

/** Tells officials whose raised hand is of a device that is not connected. (FL58) */
export function composeHands({ floors, presence }: Needs) {
  const isConnected = (briefing: string, identity: string) => presence.isConnected(briefing, identity);
  const facts = { live: floors, isConnected, elapsed: () => performance.now() };
  return { name: 'hands', notices: (channel) => new HandNotices(channel, facts) } satisfies Part;
}
