import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'express';
import { type NodeTopic, nodeTopic } from '../../cluster/bus/nodeTopic.ts';
import type { NodeAnswer } from '../../cluster/requests/nodeRequest.ts';
import { roomDataTopic } from '../../cluster/topics/roomData.ts';
import type { NodeRooms, Rooms } from '../../hall/index.ts';
import type { Quotas } from '../../lib/Quotas.ts';
import type { Logger } from '../../observability/logger.ts';
import { type DataRouter, relayData, routeData } from './data/index.ts';
import type { KeyRing } from './keys/index.ts';
import type { NodeDescription } from './outbound/join.ts';
import { type AskedNodes, roomService, roomServiceAnswers } from './roomService/index.ts';
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
  /** The same rooms at other nodes; undefined: there are none beside this one. */
  readonly nodes?: NodeRooms | undefined;
  /** What is asked of them. */
  readonly requests?: AskedNodes | undefined;
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
  /** What it tells other nodes, and hears of them. */
  readonly nodeTopics: readonly NodeTopic[];
  /** What other nodes may ask of it. */
  readonly nodeAnswers: readonly NodeAnswer[];
  readonly #data: DataRouter;
  readonly #relay: { close(): void } | undefined;
  readonly #signals: SignalServer;
  readonly #webhooks: Webhooks;

  constructor({ rooms, tokens, keys, nodes, requests, ignored = () => {}, ...options }: LiveKitEdgeOptions) {
    const { log } = options;
    const refused = (why: string) => ignored(`data ${why}`);
    const relayed = nodes && relayData(rooms, nodes, log, { refused });
    const data = relayed?.router ?? routeData(rooms, { refused });
    const relay = relayed?.relay;
    this.#relay = relay;
    this.nodeTopics = relay
      ? [
          nodeTopic(roomDataTopic, {
            tell: (publish) => relay.start(publish),
            hear: (message, from) => relay.hear(message, from),
          }),
        ]
      : [];
    const lastSequence = data.lastSequence.bind(data);
    this.#data = data;
    this.#signals = new SignalServer({ rooms, tokens, lastSequence, ignored, ...options });
    this.#webhooks = new Webhooks({ rooms, keys, log });
    keys.on('changed', () => {
      this.#signals.keysChanged();
      this.#webhooks.keysChanged();
    });
    this.handlers = [rtcValidation(tokens, rooms)];
    const context = { rooms, data, nodes };
    this.roomService = roomService({ ...context, tokens, log, asked: nodes && requests });
    this.nodeAnswers = [roomServiceAnswers(context)];
  }

  /** For the HTTP server's `upgrade`. False when the address belongs to somebody else. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    return this.#signals.handleUpgrade(request, socket, head);
  }

  /** After the rooms are closed, so that their last events still go out. */
  async close(): Promise<void> {
    this.#signals.close();
    this.#data.close();
    this.#relay?.close();
    await this.#webhooks.close();
  }
}
