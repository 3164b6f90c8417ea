import { EventEmitter, once } from 'node:events';
import type { Agent } from 'node:https';
import { type JoinResponse, SignalRequest, SignalResponse } from '@livekit/protocol';
import type { VideoGrant } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { tokenFor } from './tokens.ts';

export interface Account {
  /** ws:// or http:// address of the server */
  readonly url: string;
  /** Of several nodes of one cluster, to which viewers go in turn; else all go to `url`. */
  readonly nodes?: readonly string[];
  readonly key: string;
  readonly secret: string;
  readonly room: string;
  /** Personal links, one for each viewer, when the room is a briefing's: an API key opens none. */
  readonly links?: readonly string[];
  /** A token that is there already, for a single bot. */
  readonly token?: string;
  /** Local address for media; the loopback one when the server is here, so that no other is tried. */
  readonly bindAddress?: string;
  /** The server's port on loopback that takes ICE-TCP: viewers then receive by it alone. */
  readonly tcpPort?: number;
  /** Of a bot in the process that opens it: whose tickets of TLS it has. */
  readonly agent?: Agent;
}

/** @param nr of a viewer @returns the address of their node */
export const nodeOf = ({ url, nodes = [] }: Account, nr: number): string => nodes[nr % nodes.length] ?? url;

type Message = SignalResponse['message'];
type Outgoing = NonNullable<ConstructorParameters<typeof SignalRequest>[0]>['message'];

/** The signal connection of a LiveKit client (classic, two peer connections), as livekit-client speaks it. */
export class SignalConnection extends EventEmitter<{ closed: [reason: string] }> {
  /** Bytes of all messages. */
  readonly bytes = { up: 0, down: 0 };
  readonly #socket: WebSocket;
  #ping: NodeJS.Timeout | undefined;
  /** The first frames may come in one packet with the end of the handshake, before anybody listens. */
  readonly #early: Message[] = [];
  #listener: ((message: Message) => void) | undefined;

  private constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(data));
    socket.on('close', (code, reason) => this.#end(`${code} ${reason}`));
  }

  /** @param nr of viewers with links: whose link @throws Error when the server refuses */
  static async open(account: Account, identity: string, grant: VideoGrant, nr = 0): Promise<SignalConnection> {
    const query = new URLSearchParams({
      access_token: await tokenFor(account, identity, grant, nr),
      ...{ auto_subscribe: '1', sdk: 'js', version: '2.23.0', protocol: '17', client_protocol: '2' },
    });
    const socket = new WebSocket(`${account.url.replace(/^http/, 'ws').replace(/\/$/, '')}/rtc?${query}`, {
      handshakeTimeout: 10_000,
      agent: account.agent,
    });
    const connection = new SignalConnection(socket);
    await once(socket, 'open');
    socket.on('error', () => {});
    return connection;
  }

  /** Hands over all messages from the first one on. One listener. */
  listen(listener: (message: Message) => void): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener(message);
  }

  send(message: Outgoing): void {
    if (!message || this.#socket.readyState !== WebSocket.OPEN) return;
    const frame = new SignalRequest({ message }).toBinary();
    this.bytes.up += frame.length;
    this.#socket.send(frame);
  }

  close(): void {
    this.send({ case: 'leave', value: { reason: 1 } });
    this.#socket.close();
    this.#end('closed by us');
  }

  /** Goes without a word, as a line that breaks does. */
  abort(): void {
    this.#socket.terminate();
    this.#end('cut by us');
  }

  #receive(data: Buffer): void {
    this.bytes.down += data.length;
    const { message } = SignalResponse.fromBinary(data);
    if (message.case === 'join') this.#keepAlive(message.value);
    if (this.#listener) this.#listener(message);
    else this.#early.push(message);
  }

  #keepAlive(join: JoinResponse): void {
    const ping = (): void => {
      const timestamp = BigInt(Date.now());
      // Both, as livekit-client does for old and new servers.
      this.send({ case: 'ping', value: timestamp });
      this.send({ case: 'pingReq', value: { timestamp, rtt: 1n } });
    };
    this.#ping = setInterval(ping, 1000 * Math.max(1, join.pingInterval));
  }

  #end(reason: string): void {
    if (this.listenerCount('closed') > 0) this.emit('closed', reason);
    this.removeAllListeners('closed');
    clearInterval(this.#ping);
  }
}
