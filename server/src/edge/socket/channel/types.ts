import type { Server, Socket } from 'socket.io';
import type { DirectiveMark } from '../../../domain/directive/ports.ts';
import type { Outcome } from '../../../domain/floor/ports.ts';
import type { Caller } from '../../../domain/organisation/Sessions.ts';
import type { RoundMark } from '../../../domain/rollcall/ports.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { ClientToServer, ServerToClient } from '../../../protocol/channel.ts';
import type { Reminder } from '../../../protocol/directive.ts';
import type { Seat } from '../../../protocol/floor.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';

/** A device that has connected. */
export type Arrival = readonly [briefing: string, identity: string];

/** What nodes tell each other over the socket servers' bus. */
interface NodeToNode {
  floor: (outcome: Outcome) => void;
  briefing: (briefing: Briefing) => void;
  /** CH6: older connections of these devices end. */
  arrived: (devices: readonly Arrival[]) => void;
  /** DL2: how far a round has come. */
  round: (mark: RoundMark) => void;
  /** DR30: a directive was issued or ended. */
  directive: (mark: DirectiveMark) => void;
  /** DR31: where these addressees stand with it has changed. */
  follows: (directive: string, units: readonly UnitCode[]) => void;
  reminder: (reminder: Reminder) => void;
}

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
}

export type ChannelServer = Server<ClientToServer, ServerToClient, NodeToNode, Connection>;
export type ChannelSocket = Socket<ClientToServer, ServerToClient, NodeToNode, Connection>;
