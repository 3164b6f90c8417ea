import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';
import type { Outcome } from '../../../domain/floor/ports.ts';
import type { LiveRounds } from '../../../domain/rollcall/LiveRounds.ts';
import type { RoundMark } from '../../../domain/rollcall/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../observability/logger.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { ConnectRefusal, Notice } from '../../../protocol/channel.ts';
import { DomainError, type Reason, refuse } from '../../../protocol/errors.ts';
import { isForeign } from '../../http/origin.ts';
import { type DirectiveNews, DirectiveNotices } from '../directive/DirectiveNotices.ts';
import { FloorNotices } from '../floor/FloorNotices.ts';
import { PresenceTicker } from '../presence/PresenceTicker.ts';
import { RoundNotices } from '../rollcall/RoundNotices.ts';
import { RoundTicker } from '../rollcall/RoundTicker.ts';
import { type ActParts, actHandlers } from './actHandlers.ts';
import { ActAnswerer } from './answerActs.ts';
import { writeWholeFrames } from './frames.ts';
import { type Doorkeeper, identify } from './identify.ts';
import { createPromptAdapter } from './promptAdapter.ts';
import { Returns } from './Returns.ts';
import { isOfficial, rooms, roomsOf } from './rooms.ts';
import { SessionWatch } from './SessionWatch.ts';
import { Territories } from './Territories.ts';
import { isHeard, tell } from './tell.ts';
import { textParser } from './textParser.ts';
import type { Arrival, ChannelServer, ChannelSocket } from './types.ts';

export interface ChannelParts extends ActParts, Doorkeeper {
  readonly http: HttpServer;
  readonly publicUrl: string;
  /** CH11: devices that may come back to this node, a second. */
  readonly returnsPerSecond: number;
  /** Rounds as this node knows them. */
  readonly liveRounds: LiveRounds;
  /** DL2: another node says how far a round has come. */
  readonly hintRound: (mark: RoundMark) => Promise<void>;
  readonly directiveNews: DirectiveNews;
  /** A connection of its own for the bus between nodes; undefined: this node is alone. */
  readonly bus: Redis | undefined;
  /** The one that decides deadlines: pages count down by it. */
  readonly clock: Clock;
  /** Behind a trusted proxy the forwarded one. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Which of these sessions have ended. */
  readonly sessionsOver: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Puts a device whose session ended out of the media room as well. */
  readonly expel: (briefing: string, identity: string) => Promise<void>;
  /** Makes floor and presence of the briefing known on this node. */
  readonly prepare: (briefing: Briefing) => Promise<void>;
  readonly logger: Logger;
}

type Farewell = Notice<'farewell'>;

/** Refusals after which trying again may help. */
const passing: ReadonlySet<Reason> = new Set(['draining', 'node-full', 'store-unavailable', 'internal']);

/** The order channel: socket.io over WebSocket alone, at `/socket.io`. */
export class Channel {
  readonly #io: ChannelServer;
  readonly #parts: ChannelParts;
  readonly #notices: FloorNotices;
  readonly #ticker: PresenceTicker;
  readonly #roundNotices: RoundNotices;
  readonly #roundTicker: RoundTicker;
  readonly #directives: DirectiveNotices;
  readonly #territories = new Territories();
  readonly #returns: Returns;
  readonly #watch: SessionWatch;
  readonly #closeBus: () => void;
  /** As the last notice had it; newer than what a connection was admitted with, if the state changed on the way. */
  readonly #latest = new Map<string, Briefing>();
  /** Connected in this turn; other nodes have to hear of them. */
  readonly #arrived: Arrival[] = [];
  #closed = false;
  readonly #tellNodes = (mark: RoundMark): void => {
    if (!this.#closed && this.#parts.bus) this.#io.serverSideEmit('round', mark);
  };

  private constructor(io: ChannelServer, parts: ChannelParts, closeBus: () => void) {
    const now = () => parts.clock.now();
    this.#io = io;
    this.#parts = parts;
    this.#returns = new Returns({
      perSecond: parts.returnsPerSecond,
      tell: (withinMs) => tell(io.local, 'comeback', { withinMs }),
    });
    this.#notices = new FloorNotices(io, parts.live, this.#territories, now);
    this.#ticker = new PresenceTicker(io, parts.presence, now);
    this.#roundNotices = new RoundNotices(io, parts.liveRounds, this.#territories);
    this.#roundTicker = new RoundTicker(io, parts.liveRounds, this.#territories, now, this.#tellNodes);
    this.#directives = new DirectiveNotices(io, parts.directiveNews, !parts.bus, (err) =>
      parts.logger.warn({ err }, 'devices could not be told of a directive; they find it in their inbox'),
    );
    this.#closeBus = closeBus;
    this.#watch = new SessionWatch(io, parts.sessionsOver, (socket) => this.#sessionEnded(socket), parts.logger);
  }

  static create(parts: ChannelParts): Channel {
    const bus = parts.bus && createPromptAdapter(parts.bus);
    const io: ChannelServer = new Server(parts.http, {
      transports: ['websocket'],
      serveClient: false,
      // Other paths of this port have WebSockets of their own.
      destroyUpgrade: false,
      maxHttpBufferSize: 16 * 1024,
      connectTimeout: 10_000,
      // AT: a line that is gone without a word counts for 20 s at most. Longer pauses make fewer pings of as many devices.
      pingInterval: 12_000,
      pingTimeout: 8_000,
      perMessageDeflate: false,
      parser: textParser,
      allowRequest: (request, answer) => {
        const foreign = isForeign(request.headers, parts.publicUrl);
        answer(foreign ? 'foreign-origin' : null, !foreign);
      },
      ...(bus && { adapter: bus.adapter }),
    });
    writeWholeFrames(io);
    const channel = new Channel(io, parts, bus?.close ?? (() => undefined));
    channel.#listen();
    return channel;
  }

  /** Tells everybody in it of a new state of the briefing, and shows them out when it has closed. */
  briefingChanged(briefing: Briefing): void {
    if (this.#closed) return;
    this.#tellBriefing(briefing);
    if (this.#parts.bus) this.#io.serverSideEmit('briefing', briefing);
  }

  #tellBriefing(briefing: Briefing): void {
    this.#latest.set(briefing.id, briefing);
    const everyone = this.#io.local.to(rooms.everyone(briefing.id));
    tell(everyone, 'briefing', briefing);
    if (briefing.state !== 'closed') return;
    this.#latest.delete(briefing.id);
    this.#showOut(everyone, 'briefing-closed', 'the briefing is over');
  }

  /** Lets nobody in any more, says so to those who are here, and ends; the port stays with its owner. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.close();
    for (const part of [this.#ticker, this.#roundTicker, this.#notices, this.#roundNotices, this.#directives])
      part.close();
    this.#parts.liveRounds.off('committed', this.#tellNodes);
    this.#showOut(this.#io.local, 'draining', 'this node is closing; connect again', this.#returns.window);
    this.#io.of('/').adapter.close();
    this.#io.engine.close();
    this.#closeBus();
  }

  #listen(): void {
    const { logger, live, liveRounds, hintRound, renew } = this.#parts;
    const answerer = new ActAnswerer(actHandlers(this.#parts), { renew, ended: (s) => this.#sessionEnded(s), logger });
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
    this.#io.on('floor', (outcome) => live.apply(outcome));
    this.#io.on('briefing', (briefing) => this.#tellBriefing(briefing));
    this.#io.on('arrived', (devices) => {
      for (const [briefing, identity] of devices) this.#replace(briefing, identity, rooms.nobody);
    });
    this.#io.on('round', (mark) => {
      hintRound(mark).catch((err: unknown) =>
        logger.warn({ err, round: mark.round }, 'a hint was lost; the sweep reads it'),
      );
    });
    liveRounds.on('committed', this.#tellNodes);
    live.on('committed', (outcome: Outcome) => {
      if (this.#closed) return;
      if (this.#parts.bus) this.#io.serverSideEmit('floor', outcome);
    });
    live.on('changed', (before, after) => {
      for (const identity of after.removed) {
        if (before.removed.includes(identity)) continue;
        const device = this.#io.local.to(rooms.device(after.briefing, identity));
        this.#showOut(device, 'removed', 'a moderator removed this device from the briefing');
      }
    });
  }

  async #admit(socket: ChannelSocket): Promise<void> {
    if (this.#closed) throw refuse('draining', 'this node is closing; connect again');
    await this.#returns.admit(async () => {
      const { auth, headers } = socket.handshake;
      const address = this.#parts.addressOf(socket.request);
      const connection = { ...(await identify(auth, headers.cookie, this.#parts)), address };
      await this.#parts.prepare(connection.first);
      Object.assign(socket.data, connection);
    });
  }

  /** Without a pause in between, so that no change is missed: rooms first, then what they would have heard so far. */
  #welcome(socket: ChannelSocket): void {
    const { briefing, seat, first } = socket.data;
    // The same device again: the page was reloaded, or its line changed before the old one was given up.
    this.#replace(briefing, seat.identity, socket.id);
    this.#tellArrival([briefing, seat.identity]);
    socket.join(roomsOf({ id: briefing }, seat));
    if (isOfficial(seat.role)) this.#territories.enter(briefing, seat.path);
    this.#parts.presence.channelOpened(briefing, seat);
    socket.on('disconnect', () => {
      this.#parts.presence.channelClosed(briefing, seat.identity);
      if (isOfficial(seat.role)) this.#territories.leave(briefing, seat.path);
      this.#countDevices();
    });
    tell(socket, 'clock', { briefing, now: this.#parts.clock.now().toISOString() });
    const latest = this.#latest.get(briefing);
    tell(socket, 'briefing', latest && latest.epoch > first.epoch ? latest : first);
    this.#notices.welcome(socket, briefing, seat);
    this.#ticker.welcome(socket, briefing, seat);
    this.#roundNotices.welcome(socket, briefing, seat);
    this.#roundTicker.welcome(socket, briefing, seat);
    this.#directives.welcome(socket, seat);
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
    this.#showOut(this.#io.local.to(room).except(except), 'replaced', 'this device has connected again');
  }

  /** Those on other nodes: one message for all that connect in the same turn. */
  #tellArrival(device: Arrival): void {
    if (!this.#parts.bus) return;
    if (this.#arrived.push(device) > 1) return;
    setImmediate(() => {
      const devices = this.#arrived.splice(0);
      if (!this.#closed) this.#io.serverSideEmit('arrived', devices);
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

  #showOut(
    whom: ReturnType<ChannelServer['to']>,
    reason: Farewell['reason'],
    message: string,
    withinMs?: number,
  ): void {
    tell(whom, 'farewell', { reason, message, withinMs });
    whom.disconnectSockets(true);
  }
}
