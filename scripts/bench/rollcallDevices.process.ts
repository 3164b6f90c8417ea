import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { Ack, ConnectRefusal, Notice } from '../../server/src/protocol/channel.ts';
import { fullJitter, returnDelay } from '../../web/src/lib/jitter.ts';
import {
  type DeviceAuth,
  type DeviceOrder,
  type DeviceReport,
  type DeviceResult,
  wallClock,
} from './rollcallProtocol.ts';

// A process of devices on the order channel, by real socket.io clients that do what the web page does. Takes its orders by IPC.

/** As the page has it. */
const ACT_TIMEOUT_MS = 8_000;

const devices: Device[] = [];
const tell = (report: DeviceReport): unknown => process.send?.(report);

type Result = { -readonly [K in keyof DeviceResult]: DeviceResult[K] };

class Device {
  readonly #socket: Socket;
  readonly #identity: string;
  #attempt = 0;
  #withinMs = 0;
  #spreadMs: number | undefined;
  #mostNumber: number | undefined;
  #round: string | undefined;
  #key = '';
  #result: Result | undefined;

  constructor(url: string, auth: DeviceAuth) {
    this.#identity = auth.identity;
    this.#socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      auth,
    });
    this.#socket.on('connect', () => {
      this.#attempt = 0;
      this.#withinMs = 0;
    });
    const hear = ({ withinMs }: { withinMs?: number | undefined }) => {
      this.#withinMs = withinMs ?? this.#withinMs;
    };
    const again = () => void setTimeout(() => this.#socket.connect(), returnDelay(this.#attempt++, this.#withinMs));
    this.#socket.on('comeback', hear).on('farewell', hear).on('disconnect', again);
    this.#socket.on('connect_error', (error: Error & { data?: ConnectRefusal }) => {
      hear(error.data ?? {});
      again();
    });
    this.#socket.on('round', ({ round }: Notice<'round'>) => this.#prompted(round.id, round.state));
    this.#socket.on('rounds', ({ rounds }: Notice<'rounds'>) => {
      const last = rounds.at(-1);
      if (last) this.#prompted(last.id, last.state);
    });
    this.#socket.connect();
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  get result(): DeviceResult | undefined {
    return this.#result;
  }

  /** Forgets the last round, and answers the next. */
  expect(spreadMs: number, mostNumber?: number): void {
    this.#spreadMs = spreadMs;
    this.#mostNumber = mostNumber;
    this.#key = randomUUID();
    this.#result = {
      ...{ identity: this.#identity, key: this.#key, tries: 0 },
      ...{
        promptedAt: undefined,
        sentAt: undefined,
        acknowledgedAt: undefined,
        receipt: undefined,
        refusal: undefined,
      },
    };
  }

  close(): void {
    this.#socket.off('disconnect').off('connect_error').disconnect();
  }

  #prompted(round: string, state: string): void {
    const result = this.#result;
    if (!result || this.#spreadMs === undefined || state === 'closed' || this.#round === round) return;
    this.#round = round;
    result.promptedAt = wallClock();
    setTimeout(() => void this.#answer(round, result), Math.random() * this.#spreadMs);
  }

  async #answer(round: string, result: Result): Promise<void> {
    result.sentAt = wallClock();
    const number = this.#mostNumber && { number: Math.floor(Math.random() * (this.#mostNumber + 1)) };
    const ask = { round, key: result.key, answerer: 'chair', ...number };
    for (let attempt = 0; result.acknowledgedAt === undefined && result.refusal === undefined; attempt++) {
      if (attempt > 0) await wait(fullJitter(attempt));
      if (!this.#socket.connected) continue;
      result.tries += 1;
      const told: Ack<'round.answer'> | undefined = await this.#socket
        .timeout(ACT_TIMEOUT_MS)
        .emitWithAck('round.answer', ask)
        .catch(() => undefined);
      if (told && 'ok' in told) {
        result.acknowledgedAt = wallClock();
        result.receipt = told.ok.receipt;
      } else if (told && !['store-unavailable', 'rate-limited', 'draining'].includes(told.error.reason))
        result.refusal = told.error.reason;
    }
  }
}

async function connect({ url, devices: auths, perSecond }: Extract<DeviceOrder, { type: 'connect' }>): Promise<void> {
  const begin = performance.now();
  for (const [i, auth] of auths.entries()) {
    await wait(Math.max(0, begin + (i * 1000) / perSecond - performance.now()));
    devices.push(new Device(url, auth));
  }
  while (devices.some((device) => !device.connected)) await wait(50);
}

const count = (what: (device: Device) => unknown): number => devices.filter(what).length;

async function obey(order: DeviceOrder): Promise<void> {
  switch (order.type) {
    case 'connect':
      await connect(order);
      tell({ type: 'connected', count: devices.length });
      return;
    case 'answer':
      for (const device of devices) device.expect(order.spreadMs, order.mostNumber);
      tell({ type: 'ready' });
      return;
    case 'progress':
      tell({
        type: 'progress',
        prompted: count((device) => device.result?.promptedAt),
        acknowledged: count((device) => device.result?.acknowledgedAt ?? device.result?.refusal),
        connected: count((device) => device.connected),
      });
      return;
    case 'results':
      tell({ type: 'results', results: devices.flatMap((device) => device.result ?? []) });
      return;
    case 'stop':
      for (const device of devices) device.close();
      process.exit(0);
  }
}

process.on('message', (order: DeviceOrder) => {
  obey(order).catch((error: unknown) => tell({ type: 'failed', message: String(error) }));
});
process.on('disconnect', () => process.exit(1));
