import type { BroadcastOperator, DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Caller } from '../../../domain/organisation/Sessions.ts';
import type { JsonText } from '../../../lib/JsonText.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type {
  ActAnswer,
  ActName,
  ActParsed,
  ClientToServer,
  Notice,
  ServerToClient,
} from '../../../protocol/channel.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { Account } from '../../../protocol/organisation.ts';
import type { Heard } from './Heard.ts';

/** What is kept with a connection. */
export interface Connection {
  /** As of the last act. */
  caller: Caller;
  readonly briefing: string;
  readonly seat: Seat;
  /** Where it comes from, for the record. */
  readonly address: string;
  /** The briefing as it was at admission: the first notice. */
  readonly first: Briefing;
  /** CH6: orders the connections of the same device, over all nodes. */
  join: number;
  /** Acts of it that are not answered yet. */
  acting?: number;
}

export type ChannelServer = Server<ClientToServer, ServerToClient, DefaultEventsMap, Connection>;
export type ChannelSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, Connection>;

/** Who acts: with which device, in which briefing, from where; and when the act came in. */
export type ActingDevice = Pick<Connection, 'briefing' | 'seat' | 'address'> & {
  readonly account: Account;
  readonly received: Date;
};

/** Who does these acts: all of them, or those of one slice. */
export type ActHandlers<N extends ActName = ActName> = {
  readonly [K in N]: (
    actor: ActingDevice,
    ask: ActParsed<K>,
  ) => Promise<ActAnswer<K> | JsonText<ActAnswer<K>>> | ActAnswer<K>;
};

export type Farewell = Notice<'farewell'>;
export type Devices = BroadcastOperator<ServerToClient, Connection>;

/** What a slice needs to tell devices of this node. */
export interface ChannelContext {
  readonly io: ChannelServer;
  /** Of the officials that are connected. */
  readonly territories: Heard;
  /** Of the seats that are connected. */
  readonly seatUnits: Heard;
  /** By the clock that decides deadlines: pages count down by it. */
  readonly now: () => Date;
  /** Says why, and cuts the connection. */
  readonly showOut: (devices: Devices, farewell: Farewell) => void;
}

/** What a slice tells the devices of this node. */
export interface SliceNotices {
  /** Before a device is let in: makes known here what it will be told of. */
  readonly prepare?: (briefing: Briefing) => Promise<void>;
  /** SN4: told to screens as well. */
  readonly forScreens?: true;
  /** First notices of a connection, in whose rooms it is already. Without a pause, so that no change is missed. */
  readonly welcome: (socket: ChannelSocket, briefing: string, seat: Seat) => void;
  readonly close: () => void;
}
export type MakeNotices = (channel: ChannelContext) => SliceNotices;
