import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import type { Topic } from '../../../cluster/bus/Topic.ts';
import type { Arrivals } from '../../../domain/shared/Arrivals.ts';
import { territorySeen } from '../../../domain/shared/sight.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { ConnectRefusal } from '../../../protocol/channel.ts';
import { DomainError, type Reason, refuse } from '../../../protocol/errors.ts';
import { MESSAGE_BYTES } from '../../../protocol/limits.ts';
import { isForeign } from '../../http/origin.ts';
import { ActAnswerer } from './answerActs.ts';
import { writeWholeFrames } from './frames.ts';
import { Heard } from './Heard.ts';
import { type Admission, identify } from './identify.ts';
import { Returns } from './Returns.ts';
import { rooms, roomsOf } from './rooms.ts';
import { SessionWatch } from './SessionWatch.ts';
import { isHeard, tell } from './tell.ts';
import { textParser } from './textParser.ts';
import type {
  ActHandlers,
  ChannelServer,
  ChannelSocket,
  Devices,
  Farewell,
  MakeNotices,
  SliceNotices,
} from './types.ts';

/** A device that has connected. */
export type Arrival = readonly [briefing: string, identity: string];

export interface ChannelParts extends Admission {
  readonly http: HttpServer;
  readonly publicUrl: string;
  readonly acts: ActHandlers;
  /** Of each slice, in the order in which a connection hears its first notices. */
  readonly notices: readonly MakeNotices[];
  /** CH6: devices that have connected to other nodes. */
  readonly arrivals: Topic<readonly Arrival[]>;
  /** CH11: devices that may come back to this node, a second. */
  readonly returnsPerSecond: number;
  /** The one that decides deadlines: pages count down by it. */
  readonly clock: Clock;
  /** When each act came in. */
  readonly arrived: Arrivals;
  /** Behind a trusted proxy the forwarded one. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Which of these sessions have ended. */
  readonly sessionsOver: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Puts a device whose session ended out of the media room as well. */
  readonly expel: (briefing: string, identity: string) => Promise<void>;
  readonly logger: Logger;
}

/** Refusals after which trying again may help. */
const passing: ReadonlySet<Reason> = new Set(['draining', 'node-full', 'store-unavailable', 'internal']);

/**
 * The order channel: socket.io over WebSocket alone, at `/socket.io`. It knows sockets, rooms, admission and farewells;
 * what is told is the slices'.
 */
export class Channel {
  readonly #io: ChannelServer;
  readonly #parts: ChannelParts;
  readonly #notices: readonly SliceNotices[];
  readonly #territories = new Heard();
  readonly #seatUnits = new Heard();
  readonly #returns: Returns;
  readonly #watch: SessionWatch;
  /** Connected in this turn; other nodes have to hear of them. */
  readonly #arrived: Arrival[] = [];
  #closed = false;

  private constructor(io: ChannelServer, parts: ChannelParts) {
    this.#io = io;
    this.#parts = parts;
    this.#returns = new Returns({
      perSecond: parts.returnsPerSecond,
      tell: (withinMs) => tell(io.local, 'comeback', { withinMs }),
    });
    const context = {
      io,
      territories: this.#territories,
      seatUnits: this.#seatUnits,
      now: () => parts.clock.now(),
      showOut: (devices: Devices, farewell: Farewell) => this.#showOut(devices, farewell),
    };
    this.#notices = parts.notices.map((make) => make(context));
    this.#watch = new SessionWatch(io, parts.sessionsOver, (socket) => this.#sessionEnded(socket), parts.logger);
  }

  static create(parts: ChannelParts): Channel {
    const io: ChannelServer = new Server(parts.http, {
      transports: ['websocket'],
      serveClient: false,
      // Other paths of this port have WebSockets of their own.
      destroyUpgrade: false,
      maxHttpBufferSize: MESSAGE_BYTES,
      connectTimeout: 10_000,
      // AT: a line that is gone without a word counts for 20 s at most. Longer pauses make fewer pings of as many
      // devices.
      pingInterval: 12_000,
      pingTimeout: 8_000,
      perMessageDeflate: false,
      parser: textParser,
      allowRequest: (request, answer) => {
        const foreign = isForeign(request.headers, parts.publicUrl);
        answer(foreign ? 'foreign-origin' : null, !foreign);
      },
    });
    writeWholeFrames(io);
    const channel = new Channel(io, parts);
    channel.#listen();
    return channel;
  }

  /** Lets nobody in any more, says so to those who are here, and ends; the port stays with its owner. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.close();
    for (const notices of this.#notices) notices.close();
    const message = 'this node is closing; connect again';
    this.#showOut(this.#io.local, { reason: 'draining', message, withinMs: this.#returns.window });
    this.#io.of('/').adapter.close();
    this.#io.engine.close();
  }

  #listen(): void {
    const { acts, arrivals, arrived, logger, renew } = this.#parts;
    const ended = (socket: ChannelSocket) => this.#sessionEnded(socket);
    const answerer = new ActAnswerer(acts, { renew, ended, arrivals: arrived, logger });
    this.#io.use((socket, next) => {
      this.#admit(socket).then(
        () => next(),
        (error: unknown) => next(this.#refuse(error)),
      );
    });
    this.#io.on('connection', (socket) => {
      this.#welcome(socket);
      answerer.listen(socket);
    });
    arrivals.subscribe((devices) => {
      for (const [briefing, identity] of devices) this.#replace(briefing, identity, rooms.nobody);
    });
  }

  async #admit(socket: ChannelSocket): Promise<void> {
    if (this.#closed) throw refuse('draining', 'this node is closing; connect again');
    await this.#returns.admit(async () => {
      const { auth, headers } = socket.handshake;
      const address = this.#parts.addressOf(socket.request);
      const connection = { ...(await identify(auth, headers.cookie, this.#parts)), address };
      for (const notices of this.#notices) await notices.prepare?.(connection.first);
      Object.assign(socket.data, connection);
    });
  }

  /** Without a pause in between, so that no change is missed: rooms first, then what they would have heard so far. */
  #welcome(socket: ChannelSocket): void {
    const { briefing, seat } = socket.data;
    // The same device again: the page was reloaded, or its line changed before the old one was given up.
    this.#replace(briefing, seat.identity, socket.id);
    this.#tellArrival([briefing, seat.identity]);
    socket.join(roomsOf({ id: briefing }, seat));
    const territory = territorySeen(seat);
    const [heard, key] = territory ? [this.#territories, territory] : [this.#seatUnits, seat.unit];
    heard.enter(briefing, key);
    socket.on('disconnect', () => {
      heard.leave(briefing, key);
      this.#countDevices();
    });
    tell(socket, 'clock', { briefing, now: this.#parts.clock.now().toISOString() });
    for (const notices of this.#notices) notices.welcome(socket, briefing, seat);
    const { hint } = this.#returns;
    if (hint !== undefined) tell(socket, 'comeback', { withinMs: hint });
    this.#countDevices();
    this.#parts.logger.debug({ briefing, identity: seat.identity }, 'order channel opened');
  }

  #sessionEnded(socket: ChannelSocket): void {
    tell(socket, 'farewell', { reason: 'session-ended', message: 'the session has ended; sign in again' });
    const { briefing, seat } = socket.data;
    const failed = (err: unknown) => this.#parts.logger.warn({ err, briefing }, 'a device could not be put out');
    this.#parts.expel(briefing, seat.identity).catch(failed);
    // After the notice and the answer that may be on its way.
    setImmediate(() => socket.disconnect(true));
  }

  /** CH6: older connections of the device on this node. */
  #replace(briefing: string, identity: string, except: string): void {
    const room = rooms.device(briefing, identity);
    if (!isHeard(this.#io, room)) return;
    const older = this.#io.local.to(room).except(except);
    this.#showOut(older, { reason: 'replaced', message: 'this device has connected again' });
  }

  /** Those on other nodes: one message for all that connect in the same turn. */
  #tellArrival(device: Arrival): void {
    if (this.#arrived.push(device) > 1) return;
    setImmediate(() => {
      const devices = this.#arrived.splice(0);
      if (!this.#closed) this.#parts.arrivals.publish(devices);
    });
  }

  #countDevices(): void {
    if (!this.#closed) this.#returns.count(this.#io.of('/').sockets.size);
  }

  /** What the page finds in `connect_error`: the reason as message, the problem as data. */
  #refuse(error: unknown): Error {
    const known =
      error instanceof DomainError ? error : refuse('internal', 'this went wrong on our side; it is in the log');
    if (known.reason === 'internal') this.#parts.logger.error({ err: error }, 'an order channel was not opened');
    const data: ConnectRefusal = {
      ...known.toProblem(),
      ...(passing.has(known.reason) && { withinMs: this.#returns.turnAway() }),
    };
    return Object.assign(new Error(known.reason), { data });
  }

  #showOut(devices: Devices, farewell: Farewell): void {
    tell(devices, 'farewell', farewell);
    devices.disconnectSockets(true);
  }
}
