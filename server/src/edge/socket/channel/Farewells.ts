import type { EndedSessions } from '../../../domain/organisation/EndedSessions.ts';
import type { EndedSession } from '../../../domain/organisation/ports.ts';
import { type Caller, endedOf } from '../../../domain/organisation/Sessions.ts';
import type { Units } from '../../../domain/organisation/Units.ts';
import { standsAsBefore } from '../../../domain/shared/whoSeesWhom.ts';
import { inWaves } from '../../../lib/inWaves.ts';
import { seatOf } from './identify.ts';
import { rooms } from './rooms.ts';
import { tell } from './tell.ts';
import type { ChannelServer, ChannelSocket, Devices, Farewell } from './types.ts';

export interface FarewellsParts {
  /** Which sessions are over, whoever ended them. */
  readonly ended: EndedSessions;
  /** Where units lie now. */
  readonly units: Units;
  /** Their unit or role is another one: media has to follow. */
  readonly moved: (briefing: string, caller: Caller) => void;
}

/** The wave is the pause, so whoever is sent away with it comes back at once. */
const MOVED_WITHIN_MS = 200;

/** Who is shown out of the order channel, and what they are told of why. */
export class Farewells {
  readonly #io: ChannelServer;
  readonly #parts: FarewellsParts;
  readonly #onEnded = (sessions: readonly EndedSession[]) => this.#endSessions(sessions);
  readonly #onTreeChanged = () => this.#showOutMoved();

  constructor(io: ChannelServer, parts: FarewellsParts) {
    this.#io = io;
    this.#parts = parts;
    parts.ended.on('ended', this.#onEnded);
    parts.units.on('changed', this.#onTreeChanged);
  }

  close(): void {
    this.#parts.ended.off('ended', this.#onEnded);
    this.#parts.units.off('changed', this.#onTreeChanged);
  }

  showOut(devices: Devices, farewell: Farewell): void {
    tell(devices, 'farewell', farewell);
    devices.disconnectSockets(true);
  }

  /** PL3: sends devices to the other nodes, in waves; none before what it has done is answered. */
  async drain(perSecond: () => number, signal: AbortSignal): Promise<void> {
    const message = 'this node takes a rest; connect again';
    const left = () => {
      const all = [...this.#io.of('/').sockets.values()];
      return all.sort((a, b) => (a.data.acting ?? 0) - (b.data.acting ?? 0));
    };
    const send = (sockets: readonly ChannelSocket[]) => {
      for (const socket of sockets.filter(({ data }) => !data.acting)) {
        tell(socket, 'farewell', { reason: 'draining', message, withinMs: MOVED_WITHIN_MS });
        socket.disconnect(true);
      }
    };
    await inWaves({ left, send, perSecond, signal });
  }

  /** CL8: ends all connections, without a word that may be untrue by now; devices come back by themselves. */
  cut(): void {
    for (const { conn } of this.#io.of('/').sockets.values()) conn.close(true);
  }

  /** CH12: rooms of notices follow from the seat as it was at the connection; at the next one it is another. */
  showOutIfMoved(socket: ChannelSocket): void {
    const { seat, caller } = socket.data;
    if (!standsAsBefore(seatOf(caller), seat)) this.#move(socket);
  }

  /** CH8: as many steps as sessions ended, however many devices are here. */
  #endSessions(sessions: readonly EndedSession[]): void {
    const { adapter, sockets } = this.#io.of('/');
    for (const { session } of sessions) {
      for (const id of adapter.rooms.get(rooms.session(session)) ?? []) {
        const socket = sockets.get(id);
        if (!socket) continue;
        tell(socket, 'farewell', { reason: 'session-ended', message: 'the session has ended; sign in again' });
        // After the notice and the answer that may be on its way.
        setImmediate(() => socket.disconnect(true));
      }
    }
  }

  /** The tree has changed, which is rare. */
  #showOutMoved(): void {
    for (const socket of [...this.#io.of('/').sockets.values()]) {
      const { seat, caller } = socket.data;
      if (!seat) continue;
      const unit = this.#parts.units.index.find(seat.unit);
      if (!unit) this.#parts.ended.tell([endedOf(caller)]);
      else if (unit.path !== seat.path) this.#move(socket);
    }
  }

  #move(socket: ChannelSocket): void {
    this.#parts.moved(socket.data.briefing, socket.data.caller);
    tell(socket, 'farewell', { reason: 'moved', message: 'your unit or your role has changed; connect again' });
    setImmediate(() => socket.disconnect(true));
  }
}
