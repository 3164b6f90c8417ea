import type { Sender } from '../../../cluster/bus/envelope.ts';
import type { Topic } from '../../../cluster/bus/nodeTopic.ts';
import { isLater } from '../../../cluster/membership/isLater.ts';
import type { JoinNumbers } from '../../../cluster/membership/JoinNumbers.ts';
import { rooms } from './rooms.ts';
import type { ChannelServer, ChannelSocket } from './types.ts';

/** A device that has connected; the number orders its connections over all nodes. */
export type Arrival = readonly [briefing: string, identity: string, number: number];

interface LastConnectionsParts {
  readonly io: ChannelServer;
  readonly arrivals: Topic<readonly Arrival[]>;
  readonly self: Sender;
  readonly joins: JoinNumbers;
  /** Ends an older one. */
  readonly end: (id: string) => void;
}

/** CH6: of the connections of one device, whichever nodes they are at, the one that came last stays. */
export class LastConnections {
  readonly #parts: LastConnectionsParts;
  /** Connected in this turn; other nodes have to hear of them. */
  readonly #arrived: Arrival[] = [];
  #closed = false;

  constructor(parts: LastConnectionsParts) {
    this.#parts = parts;
    const { arrivals, joins, self } = parts;
    arrivals.subscribe((devices, { boot }) => {
      for (const [briefing, identity, join] of devices) {
        joins.heard(join);
        // Two that came in the same moment have crossed: both nodes say alike which of them goes.
        this.#end(briefing, identity, ({ data }) => isLater({ join, boot }, { join: data.join, boot: self.boot }));
      }
    });
  }

  /** It is in no room yet. */
  came({ data }: ChannelSocket): void {
    const { briefing, seat } = data;
    // The page was reloaded, or its line changed before the old one was given up.
    this.#end(briefing, seat.identity, () => true);
    data.join = this.#parts.joins.next();
    if (this.#arrived.push([briefing, seat.identity, data.join]) > 1) return;
    // One message for all that connect in the same turn.
    setImmediate(() => {
      const devices = this.#arrived.splice(0);
      if (!this.#closed) this.#parts.arrivals.publish(devices);
    });
  }

  close(): void {
    this.#closed = true;
  }

  #end(briefing: string, identity: string, isOlder: (socket: ChannelSocket) => boolean): void {
    const { adapter, sockets } = this.#parts.io.of('/');
    for (const id of [...(adapter.rooms.get(rooms.device(briefing, identity)) ?? [])]) {
      const socket = sockets.get(id);
      if (socket && isOlder(socket)) this.#parts.end(id);
    }
  }
}
