import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'express';
import type { Rooms } from '../../hall/index.ts';
import type { Quotas } from '../../lib/Quotas.ts';
import type { Logger } from '../../observability/logger.ts';
import { type DataRouter, routeData } from './data/index.ts';
import type { KeyRing } from './keys/index.ts';
import type { NodeDescription } from './outbound/join.ts';
import { roomService } from './roomService/index.ts';
import { rtcValidation, SignalServer } from './signal/index.ts';
import type { Tokens } from './tokens.ts';
import { Webhooks } from './webhooks/index.ts';

export { KeyRing, type KeySettings } from './keys/index.ts';
export type { NodeDescription } from './outbound/join.ts';
export { Tokens } from './tokens.ts';

export interface LiveKitEdgeOptions {
  readonly rooms: Rooms;
  readonly tokens: Tokens;
  readonly keys: KeyRing;
  readonly node: NodeDescription;
  readonly log: Logger;
  readonly allowSimulate: boolean;
  /** Counts what was not understood, not served or not allowed. */
  readonly ignored?: (what: string) => void;
  /** Told whose connection it is, when a token lets them in. */
  readonly vouch?: (connection: Socket, whose: string) => void;
  /** CL43 */
  readonly quotas?: Quotas;
}

/**
 * All that LiveKit's clients and server SDKs see of a node: `/rtc`, `/rtc/validate`, RoomService, data messages,
 * webhooks.
 */
export class LiveKitEdge {
  /** Plain HTTP for clients, to be mounted before anything that reads bodies. */
  readonly handlers: readonly RequestHandler[];
  /** The same for programs with an API key, on a listener that is theirs. */
  readonly roomService: RequestHandler;
  readonly #data: DataRouter;
  readonly #signals: SignalServer;
  readonly #webhooks: Webhooks;

  constructor({ rooms, tokens, keys, ignored = () => {}, ...options }: LiveKitEdgeOptions) {
    const { log } = options;
    const data = routeData(rooms, { refused: (why) => ignored(`data ${why}`) });
    const lastSequence = data.lastSequence.bind(data);
    this.#data = data;
    this.#signals = new SignalServer({ rooms, tokens, lastSequence, ignored, ...options });
    this.#webhooks = new Webhooks({ rooms, keys, log });
    keys.on('changed', () => {
      this.#signals.keysChanged();
      this.#webhooks.keysChanged();
    });
    this.handlers = [rtcValidation(tokens, rooms)];
    this.roomService = roomService({ rooms, tokens, data: this.#data, log });
  }

  /** For the HTTP server's `upgrade`. False when the address belongs to somebody else. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    return this.#signals.handleUpgrade(request, socket, head);
  }

  /** After the rooms are closed, so that their last events still go out. */
  async close(): Promise<void> {
    this.#signals.close();
    this.#data.close();
    await this.#webhooks.close();
  }
}
