import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Server } from 'socket.io';
import type { Sender } from '../../../cluster/bus/envelope.ts';
import type { Topic } from '../../../cluster/bus/nodeTopic.ts';
import type { JoinNumbers } from '../../../cluster/membership/JoinNumbers.ts';
import { endedOf } from '../../../domain/organisation/Sessions.ts';
import type { Arrivals } from '../../../domain/shared/Arrivals.ts';
import { isScreen, territorySeen } from '../../../domain/shared/whoSeesWhom.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Quotas } from '../../../lib/Quotas.ts';
import { RateLimits } from '../../../lib/RateLimits.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { Refused } from '../../../observability/RefusalLog.ts';
import type { ConnectRefusal } from '../../../protocol/channel.ts';
import { MESSAGE_BYTES } from '../../../protocol/channelLimits.ts';
import { DomainError, type Reason, refuse, tooOften } from '../../../protocol/errors.ts';
import { CONNECTS } from '../../../protocol/limits.ts';
import { isForeign } from '../../http/origin.ts';
import { ActAnswerer } from './answerActs.ts';
import { Farewells, type FarewellsParts } from './Farewells.ts';
import { writeWholeFrames } from './frames.ts';
import { Heard } from './Heard.ts';
import { type Admission, identify } from './identify.ts';
import { type Arrival, LastConnections } from './LastConnections.ts';
import { limitFrames } from './limitFrames.ts';
import { Returns } from './Returns.ts';
import { rooms, roomsOf } from './rooms.ts';
import { tell } from './tell.ts';
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

export interface ChannelParts extends Admission, FarewellsParts {
  readonly http: HttpServer;
  readonly publicUrl: string;
  readonly acts: ActHandlers;
  /** Told of each act: its name, `ok` or the reason of its refusal, and how long its answer took, s. */
  readonly answered: (act: string, outcome: string, seconds: number) => void;
  /** HT17: told of each act, and each connection, that was refused. */
  readonly refused: (refused: Omit<Refused, 'way'>) => void;
  /** Of each slice, in the order in which a connection hears its first notices. */
  readonly notices: readonly MakeNotices[];
  /** CH6: devices that connect, here and at other nodes. */
  readonly arrivals: Topic<readonly Arrival[]>;
  readonly self: Sender;
  readonly joins: JoinNumbers;
  /** CH11: devices that may come back to this node, a second. */
  readonly returnsPerSecond: number;
  /** The one that decides deadlines: pages count down by it. */
  readonly clock: Clock;
  /** When each act came in. */
  readonly arrived: Arrivals;
  /** Behind a trusted proxy the forwarded one. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** CL43 */
  readonly quotas: Quotas;
  /** Told by whose account a connection is used. */
  readonly vouch: (connection: Socket, account: string) => void;
  readonly logger: Logger;
}

/** Refusals after which trying again may help. */
const passing: ReadonlySet<Reason> = new Set([
  'draining',
  'node-full',
  'node-cut-off',
  'store-unavailable',
  'record-unwritable',
  'internal',
]);

/**
 * The order channel: socket.io over WebSocket alone, at `/socket.io`. It knows sockets, rooms and admission; what is told is
 * the slices'.
 */
export class Channel {
  readonly #io: ChannelServer;
  readonly #parts: ChannelParts;
  readonly #notices: readonly SliceNotices[];
  readonly #territories = new Heard();
  readonly #seatUnits = new Heard();
  readonly #returns: Returns;
  readonly #farewells: Farewells;
  readonly #last: LastConnections;
  /** CH13 */
  readonly #connects: RateLimits;
  #closed = false;
  #shut = false;

  private constructor(io: ChannelServer, parts: ChannelParts) {
    this.#io = io;
    this.#parts = parts;
    this.#connects = RateLimits.shared('connects', CONNECTS, parts.quotas);
    this.#returns = new Returns({
      perSecond: parts.returnsPerSecond,
      tell: (withinMs) => tell(io.local, 'comeback', { withinMs }),
    });
    this.#farewells = new Farewells(io, parts);
    const showOut = (devices: Devices, farewell: Farewell) => this.#farewells.showOut(devices, farewell);
    this.#last = new LastConnections({
      ...{ ...parts, io },
      end: (id) => showOut(io.local.to(id), { reason: 'replaced', message: 'this device has connected again' }),
    });
    const context = {
      io,
      territories: this.#territories,
      seatUnits: this.#seatUnits,
      now: () => parts.clock.now(),
      showOut,
    };
    this.#notices = parts.notices.map((make) => make(context));
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
    limitFrames(io);
    writeWholeFrames(io);
    const channel = new Channel(io, parts);
    channel.#listen();
    return channel;
  }

  /** Lets nobody in any more, says so to those who are here, and ends; the port stays with its owner. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#last.close();
    this.#farewells.close();
    for (const notices of this.#notices) notices.close();
    const message = 'this node is closing; connect again';
    this.#farewells.showOut(this.#io.local, { reason: 'draining', message, withinMs: this.#returns.window });
    this.#io.of('/').adapter.close();
    this.#io.engine.close();
  }

  /** Devices that are connected. */
  get devices(): number {
    return this.#io.of('/').sockets.size;
  }

  /** PL3: lets nobody in any more, or again; those who are here stay. */
  shut(shut: boolean): void {
    this.#shut = shut;
  }

  /** PL3: sends devices to the other nodes, in waves. */
  drain(perSecond: () => number, signal: AbortSignal): Promise<void> {
    this.shut(true);
    return this.#farewells.drain(perSecond, signal);
  }

  /** CL8: ends all connections at once. */
  cut(): void {
    this.#farewells.cut();
  }

  #listen(): void {
    const { acts, answered, arrived, ended, quotas, refused, isFenced, logger, renew } = this.#parts;
    const answerer = new ActAnswerer(acts, {
      ...{ isFenced, renew, answered, refused, logger, quotas, arrivals: arrived },
      // Media of the same session ends as well, here and on other nodes.
      ended: ({ data }) => ended.tell([endedOf(data.caller)]),
      renewed: (socket) => this.#farewells.showOutIfMoved(socket),
    });
    this.#io.use((socket, next) => {
      this.#admit(socket).then(
        () => next(),
        (error: unknown) => {
          next(this.#refuse(socket, error));
          // Who was refused says no more on this connection; the answer goes out first.
          setImmediate(() => socket.conn.close());
        },
      );
    });
    this.#io.on('connection', (socket) => {
      this.#welcome(socket);
      answerer.listen(socket);
    });
  }

  async #admit(socket: ChannelSocket): Promise<void> {
    if (this.#closed || this.#shut) throw refuse('draining', 'this node is closing; connect again');
    await this.#returns.admit(async () => {
      const { auth, headers } = socket.handshake;
      const address = this.#parts.addressOf(socket.request);
      const connection = { ...(await identify(auth, headers.cookie, this.#admission)), address };
      this.#parts.vouch(socket.request.socket, connection.seat.account);
      for (const notices of this.#notices) await notices.prepare?.(connection.first);
      Object.assign(socket.data, connection);
    });
  }

  /** The proof is looked at, and the connection counted, before anything else is asked of the stores. */
  get #admission(): Admission {
    return {
      ...this.#parts,
      authenticate: async (proof) => {
        const caller = await this.#parts.authenticate(proof);
        const wait = this.#connects.take(caller.account.id);
        if (wait > 0) throw tooOften('this account connects too often', wait);
        return caller;
      },
    };
  }

  /** Without a pause in between, so that no change is missed: rooms first, then what they would have heard so far. */
  #welcome(socket: ChannelSocket): void {
    const { briefing, seat, caller } = socket.data;
    this.#last.came(socket);
    socket.join([...roomsOf({ id: briefing }, seat), rooms.session(caller.session)]);
    const territory = territorySeen(seat);
    const [heard, key] = territory ? [this.#territories, territory] : [this.#seatUnits, seat.unit];
    const screen = isScreen(seat.role);
    if (!screen) heard.enter(briefing, key);
    socket.on('disconnect', () => {
      if (!screen) heard.leave(briefing, key);
      this.#countDevices();
    });
    tell(socket, 'clock', { briefing, now: this.#parts.clock.now().toISOString() });
    for (const notices of this.#notices) if (!screen || notices.forScreens) notices.welcome(socket, briefing, seat);
    const { hint } = this.#returns;
    if (hint !== undefined) tell(socket, 'comeback', { withinMs: hint });
    this.#countDevices();
    this.#parts.logger.debug({ briefing, identity: seat.identity }, 'order channel opened');
  }

  #countDevices(): void {
    if (!this.#closed) this.#returns.count(this.#io.of('/').sockets.size);
  }

  /** What the page finds in `connect_error`: the reason as message, the problem as data. */
  #refuse(socket: ChannelSocket, error: unknown): Error {
    const known =
      error instanceof DomainError ? error : refuse('internal', 'this went wrong on our side; it is in the log');
    if (known.reason === 'internal') this.#parts.logger.error({ err: error }, 'an order channel was not opened');
    const address = this.#parts.addressOf(socket.request);
    this.#parts.refused({ act: 'connect', reason: known.reason, address, account: undefined });
    const data: ConnectRefusal = {
      ...known.toProblem(),
      ...(passing.has(known.reason) && { withinMs: this.#returns.turnAway() }),
    };
    return Object.assign(new Error(known.reason), { data });
  }
}
