import WebSocket from 'ws';
import { happens } from '../happens.ts';
import { until, within } from '../until.ts';

const PATIENCE_MS = 20_000;
/** What Engine.IO and Socket.IO write before a text. */
const [OPENED, PING, PONG, CONNECT, CONNECTED, EVENT, ACK] = ['0', '2', '3', '40', '40{', '42', '43'];
/** No act bears this number, so its answer says that all before it was read. */
const LAST = 4_294_967_295;

/** One device on the order channel, without a library that would keep it from sending what no library sends. */
export class RawChannel {
  readonly #socket: WebSocket;
  readonly #heard: string[] = [];

  static async open(url: string, auth: object): Promise<RawChannel> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const channel = new RawChannel(socket);
    await happens(socket, 'open');
    await channel.#hears(OPENED);
    socket.send(CONNECT + JSON.stringify(auth));
    await channel.#hears(CONNECTED);
    return channel;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text === PING) socket.send(PONG);
      else this.#heard.push(text.slice(0, 20));
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(text: string): void {
    if (this.isOpen) this.#socket.send(text);
  }

  /** Until all that was sent before is answered, or the server has ended the connection. */
  async settle(): Promise<void> {
    this.#heard.length = 0;
    this.send(`${EVENT}${LAST}["nothing",{}]`);
    await within('the order channel answers', this.#hears(`${ACK}${LAST}[`), PATIENCE_MS);
  }

  close(): void {
    this.#socket.terminate();
  }

  #hears(beginning: string): Promise<unknown> {
    return until(
      `the server says ${beginning}`,
      () => !this.#isOpening && (!this.isOpen || this.#heard.some((text) => text.startsWith(beginning))),
      PATIENCE_MS,
    );
  }

  get #isOpening(): boolean {
    return this.#socket.readyState === WebSocket.CONNECTING;
  }
}
