import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { OwnServer, ownKeys } from '../../server/test/support/OwnServer.ts';
import { ViewerBot } from '../load/ViewerBot.ts';
import { splitFrames } from './frames.ts';

// Frames of one client against a whole server with its SFU. Whatever he sends, the server goes on answering him or ends
// his connection; another participant notices nothing; and when he is gone nothing of him is left.

const ROOM = 'fuzzed';
const PATIENCE_MS = 10_000;
const INPUTS_PER_CLIENT = 200;

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

  static async join(url: string, identity: string): Promise<Client> {
    const token = new AccessToken(ownKeys.key, ownKeys.secret, { identity });
    token.addGrant({ roomJoin: true, room: ROOM, canUpdateOwnMetadata: true });
    const socket = new WebSocket(`${url}/rtc?access_token=${await token.toJwt()}&protocol=17&auto_subscribe=1`);
    const client = new Client(socket);
    await once(socket, 'open');
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
    await within(heard, 'the server answers no ping');
    this.#socket.removeAllListeners('close');
  }

  async leave(): Promise<void> {
    if (!this.isOpen) return;
    const closed = once(this.#socket, 'close');
    this.send(Buffer.from(new SignalRequest({ message: { case: 'leave', value: {} } }).toBinary()));
    await within(closed, 'the server does not close after leave');
  }
}

async function within(promise: Promise<unknown>, what: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(what)), PATIENCE_MS);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

const limits = { signalMessagesPerSecond: 1000 };
const server = await OwnServer.start({ workers: 1, settings: { limits } });
let client: Client | undefined;
let inputs = 0;
let witness = await joinWitness();

const peers = async (): Promise<number> => (await server.sfu.usage()).reduce((sum, worker) => sum + worker.peers, 0);

async function joinWitness(): Promise<ViewerBot> {
  const identity = `witness-${inputs}`;
  const viewer = new ViewerBot(identity, '127.0.0.1');
  await viewer.join({ url: server.url, ...ownKeys, room: ROOM }, identity);
  for (let i = 0; i < 200 && viewer.connection.connectedAt === undefined; i++) await wait(50);
  if (viewer.connection.connectedAt === undefined)
    throw new Error(`no witness gets in: ${viewer.failure ?? 'no media'}`);
  return viewer;
}

async function requireNothingLeft(): Promise<void> {
  // Who was cut off may return for a while; joining again under his name ends that.
  if (!client?.isOpen) client = await Client.join(server.url, 'fuzzer');
  await client.leave();
  client = undefined;
  const end = performance.now() + PATIENCE_MS;
  // The witness alone stays.
  while ((await peers()) > 1) {
    if (performance.now() > end) throw new Error(`${await peers()} peers are left`);
    await wait(20);
  }
}

export async function fuzz(data: Buffer): Promise<void> {
  inputs += 1;
  if (inputs % INPUTS_PER_CLIENT === 0) {
    await requireNothingLeft();
    if (witness.failure !== undefined) throw new Error(`the witness noticed: ${witness.failure}`);
    // A new one, because his sections grow with all that was published.
    await witness.close();
    witness = await joinWitness();
  }
  if (!client?.isOpen) client = await Client.join(server.url, 'fuzzer');
  for (const frame of splitFrames(data)) client.send(frame.text ? frame.data.toString() : frame.data);
  await client.settle();
}
