import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { DisconnectReason, type SignalRequest } from '@livekit/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Participant, Rooms } from '../../../hall/index.ts';
import { Quotas } from '../../../lib/Quotas.ts';
import { RateLimits } from '../../../lib/RateLimits.ts';
import { Stalls } from '../../../lib/Stalls.ts';
import type { Logger } from '../../../observability/logger.ts';
import { DomainError, tooOften } from '../../../protocol/errors.ts';
import { CONNECTS } from '../../../protocol/limits.ts';
import { joinMessage, type NodeDescription, reconnectMessage } from '../outbound/join.ts';
import { leave } from '../outbound/messages.ts';
import { type AllowedJoin, signalStatus, type Tokens } from '../tokens.ts';
import { receive } from './inbound.ts';
import { KeyHolders } from './KeyHolders.ts';
import { type RtcQuery, readRtcQuery } from './rtcQuery.ts';
import { SignalSession } from './SignalSession.ts';
import { SignalSocket } from './SignalSocket.ts';

export interface SignalServerOptions {
  readonly rooms: Rooms;
  readonly tokens: Tokens;
  /** Highest sequence number of a reliable message that came from the participant; 0 when there was none. */
  readonly lastSequence: (participant: Participant) => number;
  readonly node: NodeDescription;
  readonly log: Logger;
  readonly allowSimulate: boolean;
  /** Counts frames that were not understood, or not served. */
  readonly ignored?: (what: string) => void;
  /** Told whose connection it is, when a token lets them in. */
  readonly vouch?: (connection: Socket, whose: string) => void;
  /** CL43 */
  readonly quotas?: Quotas;
}

/** Seconds' worth of messages that may come at once. */
const BURST_SECONDS = 10;
/** How often sockets are looked at, ms: twice between our ping and the silence that it is to break. */
const CHECK_EVERY_MS = 2_500;
/** The same of those whom others see (FL23). */
const CHECK_WATCHED_MS = 1_000;

/** The WebSocket side of `/rtc`. Addresses are never logged: their query holds tokens. */
export class SignalServer {
  readonly #options: SignalServerOptions;
  readonly #sockets: WebSocketServer;
  readonly #open = new Map<SignalSocket, Participant>();
  readonly #holders: KeyHolders;
  /** Of an identity in its room, not of the participant or the socket: who joins anew gets no new allowance. */
  readonly #connects: RateLimits;
  readonly #messages: RateLimits;
  /** Bytes of descriptions, which cost far more to read than other messages. */
  readonly #sdp: RateLimits;
  readonly #checking: readonly NodeJS.Timeout[];

  constructor(options: SignalServerOptions) {
    this.#options = options;
    this.#connects = RateLimits.shared('joins', CONNECTS, options.quotas ?? new Quotas());
    this.#holders = new KeyHolders(options.rooms, options.tokens);
    const { signalMessagesPerSecond, sdpBytesPerSecond } = options.rooms.config.limits;
    this.#messages = bucket(signalMessagesPerSecond);
    this.#sdp = bucket(sdpBytesPerSecond);
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: options.rooms.config.limits.messageBytes,
      perMessageDeflate: false,
      clientTracking: false,
    });
    this.#checking = [
      this.#check(CHECK_EVERY_MS, (participant) => !isWatched(participant)),
      this.#check(CHECK_WATCHED_MS, isWatched),
    ];
  }

  /** For the HTTP server's `upgrade`. False when the address belongs to somebody else. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = URL.parse(request.url ?? '/', 'http://rtc');
    if (url === null) return false;
    if (url.pathname === '/rtc/v1' || url.pathname === '/rtc/v1/') {
      refuseUpgrade(socket, 404, 'this server speaks version 0 of the signal protocol');
      return true;
    }
    if (url.pathname !== '/rtc' && url.pathname !== '/rtc/') return false;
    socket.on('error', () => socket.destroy());
    this.#upgrade(request, socket, head, readRtcQuery(url.searchParams)).catch((error) => {
      const status = signalStatus(error);
      if (status === 500) this.#options.log.error({ err: error }, 'join failed');
      else this.#options.log.debug({ err: error, status }, 'join refused');
      const known = error instanceof DomainError ? error : undefined;
      refuseUpgrade(socket, status, known?.message ?? 'internal error', known?.retryAfterSeconds);
    });
    return true;
  }

  /** API keys came, went or have other secrets. */
  keysChanged(): void {
    this.#holders.follow(({ outlet }) => (outlet as SignalSession | undefined)?.refreshToken());
  }

  close(): void {
    for (const timer of this.#checking) clearInterval(timer);
    for (const socket of this.#open.keys()) socket.terminate();
    this.#sockets.close();
  }

  #check(everyMs: number, whom: (participant: Participant) => boolean): NodeJS.Timeout {
    const stalls = new Stalls(everyMs, performance.now());
    const timer = setInterval(() => {
      const stalledMs = stalls.look(performance.now());
      for (const [socket, participant] of this.#open)
        if (whom(participant)) socket.check(stalledMs, isWatched(participant) && !isSending(participant));
    }, everyMs);
    return timer.unref();
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, query: RtcQuery): Promise<void> {
    const { authorization } = request.headers;
    const admission = await this.#options.tokens.admit({ authorization, accessToken: query.accessToken });
    // JN1: whatever becomes of it.
    const wait = this.#connects.take(keyOf(admission));
    if (wait > 0) throw tooOften('this identity joins too often', wait);
    this.#options.vouch?.(request.socket, keyOf(admission));
    if (query.resume !== undefined) return this.#resume(request, socket, head, admission, query.resume);
    const { proof, ...who } = admission;
    const participant = await this.#options.rooms.join({ ...who, client: query.client });
    this.#holders.admit(participant, proof);
    if (proof) participant.log.info({ apiKey: proof.key, identity: who.identity }, 'let in by an API key');
    const accepted = this.#accept(request, socket, head, (ws) => {
      const session = this.#serve(ws, participant);
      session.send(joinMessage(participant, this.#options.node));
      session.refreshToken();
      participant.attach(session);
    });
    if (!accepted) participant.leave(DisconnectReason.SIGNAL_CLOSE);
  }

  #resume(request: IncomingMessage, socket: Duplex, head: Buffer, admission: AllowedJoin, sid: string): void {
    const { room, identity, proof } = admission;
    const { rooms, lastSequence, node } = this.#options;
    const participant = rooms.findSession(room, identity, sid);
    if (participant) this.#holders.admit(participant, proof);
    this.#accept(request, socket, head, (ws) => {
      if (!participant) {
        ws.on('error', () => ws.terminate());
        ws.send(leave(DisconnectReason.STATE_MISMATCH, 'reconnect').toBinary());
        ws.close();
        return;
      }
      // The old socket may still look alive on our side.
      (participant.outlet as SignalSession | undefined)?.cut();
      const session = this.#serve(ws, participant);
      session.send(reconnectMessage(lastSequence(participant), node));
      participant.resume(session);
      session.refreshToken();
      if (participant.brittleResumes > 0) {
        participant.brittleResumes -= 1;
        session.cut();
      }
    });
  }

  /** False when the client was gone, or asked for something that is no WebSocket. */
  #accept(request: IncomingMessage, socket: Duplex, head: Buffer, opened: (ws: WebSocket) => void): boolean {
    let done = false;
    if (socket.destroyed || !socket.writable) return false;
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      done = true;
      opened(ws);
    });
    return done;
  }

  #serve(ws: WebSocket, participant: Participant): SignalSession {
    const { allowSimulate, ignored = () => {} } = this.#options;
    const key = keyOf({ room: participant.room.name, identity: participant.identity });
    const limit = { take: () => this.#messages.take(key) === 0 };
    const socket: SignalSocket = new SignalSocket(ws, limit, {
      request: (message) => {
        if (participant.left || participant.outlet !== session) return;
        const bytes = sdpBytes(message);
        if (bytes === 0 || this.#sdp.take(key, bytes) === 0) return receive(message, context);
        participant.exceeds('sdp');
        session.close(1008, 'too much SDP');
      },
      silent: (silent) => {
        if (participant.outlet === session) participant.connection.silent(silent);
      },
      malformed: () => ignored('malformed'),
      closed: () => {
        this.#open.delete(socket);
        session.ended();
      },
    });
    this.#open.set(socket, participant);
    const session = new SignalSession(participant, socket, (p) => this.#holders.issueToken(p));
    const context = { session, allowSimulate, ignored };
    return session;
  }
}

const isWatched = ({ publications, connection }: Participant): boolean => publications.size > 0 && connection.active;
/** As the worker told last, a second ago at most. */
const isSending = ({ peer }: Participant): boolean => (peer.lineStats().bitrateUp ?? 0) > 0;
const keyOf = ({ room, identity }: Pick<AllowedJoin, 'room' | 'identity'>): string => JSON.stringify([room, identity]);
const bucket = (perSecond: number): RateLimits => new RateLimits({ perSecond, burst: perSecond * BURST_SECONDS });

function sdpBytes({ message }: SignalRequest): number {
  switch (message.case) {
    case 'offer':
    case 'answer':
      return message.value.sdp.length;
    default:
      return 0;
  }
}

function refuseUpgrade(socket: Duplex, status: number, text: string, retryAfterSeconds?: number): void {
  if (socket.destroyed || !socket.writable) return;
  const head = [
    `HTTP/1.1 ${status} ${statusText[status] ?? 'Error'}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    'Access-Control-Allow-Origin: *',
    ...(retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]),
    `Content-Length: ${Buffer.byteLength(text)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}

const statusText: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
