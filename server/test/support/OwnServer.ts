import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseSfuConfig, type SfuConfigInput } from '@dieu-hanh/sfu-config';
import express from 'express';
import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import type { Requests } from '../../src/cluster/requests/Requests.ts';
import { type KeyRing, LiveKitEdge, Tokens } from '../../src/edge/livekit/index.ts';
import { BriefingStages, type NodeRooms, Rooms } from '../../src/hall/index.ts';
import { Sfu } from '../../src/media/sfu/index.ts';
import { createLogger, type Logger } from '../../src/observability/logger.ts';
import { keyOf, ringOf } from './joinTokens.ts';

/** The pair that our own server verifies with in these tests. */
export const ownKeys = { key: 'conformance', secret: 'a conformance secret of 32 characters' };

export interface OwnServerOptions {
  /** Else one key, `ownKeys`, for every room. */
  readonly keys?: KeyRing;
  /** Else one by LOG_LEVEL, silent without it. */
  readonly log?: Logger;
  readonly webhookUrls?: readonly string[];
  readonly settings?: SfuConfigInput;
  readonly workers?: number;
  /** It is one of several. */
  readonly nodes?: NodeRooms;
  readonly requests?: Requests;
}

/** Hall, SFU and everything of LiveKit's protocol on free ports of loopback, without stores. LOG_LEVEL tells more. */
export class OwnServer {
  readonly key = ownKeys.key;
  readonly secret = ownKeys.secret;
  readonly url: string;
  /** Where RoomService is, as on a whole node: beside what everybody reaches. */
  readonly api: string;
  readonly rooms: Rooms;
  readonly hall: BriefingStages;
  readonly sfu: Sfu;
  /** How often each thing was not understood, not served or not allowed. */
  readonly ignored = new Map<string, number>();
  readonly #nodes: NodeRooms | undefined;
  readonly edge: LiveKitEdge;
  readonly #http: Server;
  readonly #forPrograms: Server;

  static async start(options: OwnServerOptions = {}): Promise<OwnServer> {
    const config = parseSfuConfig(options.settings ?? {});
    const workerBin = process.env.MEDIASOUP_WORKER_BIN;
    const sfu = await Sfu.create({
      config,
      workers: options.workers ?? 2,
      listenIp: '127.0.0.1',
      port: 0,
      workerBin,
      launcher: process.env.MEDIA_LAUNCHER,
    });
    const [http, forPrograms] = await Promise.all([listening(), listening()]);
    return new OwnServer(sfu, http, forPrograms, config, options);
  }

  private constructor(
    sfu: Sfu,
    http: Server,
    forPrograms: Server,
    config: ReturnType<typeof parseSfuConfig>,
    options: OwnServerOptions,
  ) {
    const log = options.log ?? createLogger(process.env.LOG_LEVEL ?? 'silent');
    this.sfu = sfu;
    this.#http = http;
    this.#forPrograms = forPrograms;
    this.rooms = new Rooms({ sfu, log, config, autoCreate: true, nodes: options.nodes });
    this.#nodes = options.nodes;
    this.hall = new BriefingStages(this.rooms);
    const keys = options.keys ?? ringOf(keyOf(ownKeys, { webhooks: options.webhookUrls ?? [] }));
    this.edge = new LiveKitEdge({
      rooms: this.rooms,
      tokens: new Tokens(keys),
      keys,
      node: { region: 'default', nodeId: 'test', iceServers: [] },
      log,
      nodes: options.nodes,
      requests: options.requests,
      allowSimulate: true,
      ignored: (what) => this.ignored.set(what, (this.ignored.get(what) ?? 0) + 1),
    });
    const app = express();
    app.use(...this.edge.handlers);
    app.get('/', (_request, response) => void response.send('OK'));
    http.on('request', app);
    http.on('upgrade', (request, socket, head) => {
      if (!this.edge.handleUpgrade(request, socket, head)) socket.destroy();
    });
    forPrograms.on('request', express().use(this.edge.roomService));
    this.url = `ws://127.0.0.1:${portOf(http)}`;
    this.api = `http://127.0.0.1:${portOf(forPrograms)}`;
  }

  token(identity: string, room: string, grant: VideoGrant = {}): Promise<string> {
    const token = new AccessToken(this.key, this.secret, { identity, ttl: 600 });
    token.addGrant({ roomJoin: true, room, ...grant });
    return token.toJwt();
  }

  /** Whether another node has told of the room. */
  knows(room: string): boolean {
    return (this.#nodes?.elsewhere.nodes(room).length ?? 0) > 0;
  }

  async close(): Promise<void> {
    this.#nodes?.close();
    this.rooms.close();
    await this.edge.close();
    for (const server of [this.#http, this.#forPrograms]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await this.sfu.close();
  }
}

async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
