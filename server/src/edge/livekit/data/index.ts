import type { Participant, Rooms } from '../../../hall/index.ts';
import { DataRouter, type DataRouterOptions } from './DataRouter.ts';

export { DataRouter, type ServerMessage } from './DataRouter.ts';
export { RpcFailure } from './ServerRpc.ts';

/** A router that carries the data messages of all rooms of a node. */
export function routeData(rooms: Rooms, options: DataRouterOptions = {}): DataRouter {
  const { dataBytesPerSecond } = rooms.config.limits;
  const router = new DataRouter({ bytesPerSecond: dataBytesPerSecond, ...options });
  rooms.on('data', (participant, kind, payload) => router.received(participant, kind, payload));
  rooms.on('dataOpen', (participant: Participant) => router.opened(participant));
  rooms.on('left', (participant) => router.left(participant));
  rooms.on('roomFinished', (room) => router.roomFinished(room));
  return router;
}
