import { SignalRequest, SignalResponse } from '@livekit/protocol';
import { WebSocket } from 'ws';
import { happens } from './happens.ts';
import { until } from './until.ts';

type Case = NonNullable<SignalResponse['message']['case']>;
type Value<C extends Case> = Extract<SignalResponse['message'], { case: C }>['value'];

/** A client that speaks LiveKit's signal protocol and has no media: for what no SDK would send, or leave out. */
export class SignalClient {
  readonly received: SignalResponse[] = [];
  readonly socket: WebSocket;
  closed: { readonly code: number; readonly reason: string } | undefined;
  #listener: (message: SignalResponse['message']) => void = () => {};

  static async open(url: string, token: string, query = ''): Promise<SignalClient> {
    const client = new SignalClient(new WebSocket(`${url}/rtc?access_token=${token}&protocol=17&sdk=test${query}`));
    await happens(client.socket, 'open');
    return client;
  }

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      const response = SignalResponse.fromBinary(data as Buffer);
      this.received.push(response);
      this.#listener(response.message);
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    socket.on('error', () => {});
  }

  /** Each message, also of those that came before. */
  on(listener: (message: SignalResponse['message']) => void): void {
    for (const { message } of this.received) listener(message);
    this.#listener = listener;
  }

  send(message: SignalRequest['message']): void {
    this.socket.send(new SignalRequest({ message }).toBinary());
  }

  all<C extends Case>(name: C): Value<C>[] {
    return this.received.flatMap(({ message }) => (message.case === name ? [message.value as Value<C>] : []));
  }
  async saw<C extends Case>(name: C, ms?: number): Promise<Value<C>> {
    return (await until(`signal ${name}`, () => this.all(name)[0] as object, ms)) as Value<C>;
  }
  async ended(ms?: number): Promise<{ readonly code: number; readonly reason: string }> {
    return until('the end of the socket', () => this.closed, ms);
  }

  async close(): Promise<void> {
    this.socket.terminate();
  }
}
