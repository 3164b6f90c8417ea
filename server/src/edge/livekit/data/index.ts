import type { NodeRooms, Participant, Rooms } from '../../../hall/index.ts';
import type { Logger } from '../../../observability/logger.ts';
import { DataRelay } from './DataRelay.ts';
import { DataRouter, type DataRouterOptions } from './DataRouter.ts';

export { DataRouter, type ServerMessage } from './DataRouter.ts';
export { type Callee, RpcFailure } from './ServerRpc.ts';

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

/** ND9: takes the messages of a node's participants to other nodes, and theirs to its own. */
export function relayData(rooms: Rooms, nodes: NodeRooms, log: Pick<Logger, 'warn'>, options: DataRouterOptions = {}) {
  const relay = new DataRelay({
    self: nodes.self,
    deliver: (kind, message) => router.relayed(rooms.get(message.room), kind, message),
    lost: (room, { node }) => log.warn({ room, node }, 'data messages of another node came too late to be sent again'),
  });
  const router = routeData(rooms, {
    ...options,
    relay: (kind, message) => {
      if (nodes.elsewhere.nodes(message.room).length > 0) relay.send(kind, message);
    },
  });
  nodes.elsewhere.on('person', (room, identity) => {
    if (!nodes.elsewhere.person(room, identity)) router.rpc.leftElsewhere(room, identity);
  });
  return { router, relay };
}
