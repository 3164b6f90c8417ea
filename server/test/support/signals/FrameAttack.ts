import { setTimeout as wait } from 'node:timers/promises';
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { ViewerBot } from '../../../../scripts/load/ViewerBot.ts';
import { happens } from '../happens.ts';
import { OwnServer, ownKeys } from '../OwnServer.ts';
import { within } from '../until.ts';
import { splitFrames } from './frames.ts';

const ROOM = 'attacked';
const PATIENCE_MS = 10_000;

/**
 * One client who sends whatever it likes to a whole server with its SFU. The server goes on answering it or ends its
 * connection; another participant notices nothing; and when it is gone nothing of it is left.
 */
export class FrameAttack {
  readonly #server: OwnServer;
  #witness: ViewerBot;
  #client: Client | undefined;

  static async create(): Promise<FrameAttack> {
    // The limit of messages is tested elsewhere; here it would end each client too soon.
    const server = await OwnServer.start({
      workers: 1,
      settings: {
        limits: { signalMessagesPerSecond: 1000, sdpBytesPerSecond: 10_000_000 },
        rooms: { keptWithMediaSeconds: 1, keptWithoutMediaSeconds: 1 },
      },
    });
    return new FrameAttack(server, await joinWitness(server.url));
  }

  private constructor(server: OwnServer, witness: ViewerBot) {
    this.#server = server;
    this.#witness = witness;
  }

  /** Sends the frames in `data`. @throws Error when the server falls silent */
  async send(data: Buffer): Promise<void> {
    if (!this.#client?.isOpen) this.#client = await Client.join(this.#server.url);
    for (const frame of splitFrames(data)) this.#client.send(frame.text ? frame.data.toString() : frame.data);
    await this.#client.settle();
  }

  /** @throws Error when the client left something behind, or the other participant noticed it */
  async check(): Promise<void> {
    await this.#client?.leave();
    this.#client = undefined;
    const end = performance.now() + PATIENCE_MS;
    // Who was cut off may return for a second; then the witness alone stays.
    while ((await this.#peers()) > 1) {
      if (performance.now() > end) throw new Error(`${await this.#peers()} peers are left`);
      await wait(20);
    }
    if (this.#witness.failure !== undefined) throw new Error(`the witness noticed: ${this.#witness.failure}`);
    // A new one, because its sections grow with all that was published.
    await this.#witness.close();
    this.#witness = await joinWitness(this.#server.url);
  }

  async close(): Promise<void> {
    await this.#witness.close();
    await this.#server.close();
  }

  async #peers(): Promise<number> {
    return (await this.#server.sfu.usage()).reduce((sum, worker) => sum + worker.peers, 0);
  }
}

let witnesses = 0;
async function joinWitness(url: string): Promise<ViewerBot> {
  const identity = `witness-${witnesses++}`;
  const viewer = new ViewerBot(identity, { bindAddress: '127.0.0.1' });
  await viewer.join({ url, ...ownKeys, room: ROOM }, identity);
  for (let i = 0; i < 200 && viewer.connection.connectedAt === undefined; i++) await wait(50);
  if (viewer.connection.connectedAt === undefined)
    throw new Error(`no witness gets in: ${viewer.failure ?? 'no media'}`);
  return viewer;
}

let clients = 0;

class Client {
  readonly #socket: WebSocket;
  #pong: (() => void) | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('message', (data: Buffer, binary) => {
      // Who has once sent text is answered in text.
      const { message } = binary
        ? SignalResponse.fromBinary(data)
        : SignalResponse.fromJsonString(data.toString(), { ignoreUnknownFields: true });
      if (message.case === 'pong') this.#pong?.();
    });
  }

  /** Each time as somebody else: one who joins so often is refused for that alone. */
  static async join(url: string): Promise<Client> {
    const token = new AccessToken(ownKeys.key, ownKeys.secret, { identity: `attacker-${clients++}` });
    token.addGrant({ roomJoin: true, room: ROOM, canUpdateOwnMetadata: true });
    const socket = new WebSocket(`${url}/rtc?access_token=${await token.toJwt()}&protocol=17&auto_subscribe=1`);
    const client = new Client(socket);
    await happens(socket, 'open');
    return client;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(data: Buffer | string): void {
    if (this.isOpen) this.#socket.send(data);
  }

  /** Resolves when all that was sent before is dealt with, or the server has ended the connection. */
  async settle(): Promise<void> {
    if (!this.isOpen) return;
    const heard = new Promise<void>((resolve) => {
      this.#pong = resolve;
      this.#socket.once('close', resolve);
    });
    this.send(Buffer.from(new SignalRequest({ message: { case: 'ping', value: 1n } }).toBinary()));
    await within('the server answers a ping', heard, PATIENCE_MS);
    this.#socket.removeAllListeners('close');
  }

  async leave(): Promise<void> {
    if (!this.isOpen) return;
    const closed = happens(this.#socket, 'close', PATIENCE_MS);
    this.send(Buffer.from(new SignalRequest({ message: { case: 'leave', value: {} } }).toBinary()));
    await closed;
  }
}
