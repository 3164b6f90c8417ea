import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseSfuConfig, type SfuConfigInput } from '@dieu-hanh/sfu-config';
import express from 'express';
import { type DataRouter, routeData } from '../../src/edge/livekit/data/index.ts';
import { rtcValidation, SignalServer } from '../../src/edge/livekit/signal/index.ts';
import { Tokens } from '../../src/edge/livekit/tokens.ts';
import { BriefingStages, Rooms } from '../../src/hall/index.ts';
import { Sfu, type SfuOptions } from '../../src/media/sfu/index.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { keyOf, ringOf } from './joinTokens.ts';

export interface MediaNodeOptions {
  readonly settings?: SfuConfigInput;
  readonly workers?: number;
  /** Address of page and media; loopback when absent. */
  readonly host?: string;
  /** More for the SFU: ports, announced address. */
  readonly sfu?: Partial<SfuOptions>;
}

/** Hall, SFU and `/rtc` on free ports of loopback: what media needs, without a database. LOG_LEVEL tells more. */
export class MediaNode {
  readonly key = 'devkey';
  readonly secret = 'secret-of-more-than-thirty-two-characters';
  readonly url: string;
  readonly rooms: Rooms;
  readonly hall: BriefingStages;
  readonly data: DataRouter;
  readonly signals: SignalServer;
  readonly tokens: Tokens;
  readonly sfu: Sfu;
  readonly app: express.Express;
  readonly #http: Server;

  static async start(options: MediaNodeOptions = {}): Promise<MediaNode> {
    const config = parseSfuConfig(options.settings ?? {});
    const workerBin = process.env.MEDIASOUP_WORKER_BIN;
    const host = options.host ?? '127.0.0.1';
    const workers = options.workers ?? 2;
    const sfu = await Sfu.create({
      config,
      workers,
      listenIp: host,
      port: 0,
      workerBin,
      launcher: process.env.MEDIA_LAUNCHER,
      ...options.sfu,
    });
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, host, resolve));
    return new MediaNode(sfu, http, config);
  }

  private constructor(sfu: Sfu, http: Server, config: ReturnType<typeof parseSfuConfig>) {
    const log = createLogger(process.env.LOG_LEVEL ?? 'silent');
    this.sfu = sfu;
    this.#http = http;
    this.tokens = new Tokens(ringOf(keyOf(this)));
    this.rooms = new Rooms({ sfu, log, config, autoCreate: true });
    this.hall = new BriefingStages(this.rooms);
    this.data = routeData(this.rooms);
    this.signals = new SignalServer({
      rooms: this.rooms,
      tokens: this.tokens,
      lastSequence: (participant) => this.data.lastSequence(participant),
      node: { region: 'default', nodeId: 'test', iceServers: [] },
      log,
      allowSimulate: true,
    });
    this.app = express();
    this.app.use(rtcValidation(this.tokens, this.rooms));
    this.app.get('/', (_request, response) => void response.send('OK'));
    http.on('request', this.app);
    http.on('upgrade', (request, socket, head) => {
      if (!this.signals.handleUpgrade(request, socket, head)) socket.destroy();
    });
    const { address, port } = http.address() as AddressInfo;
    this.url = `ws://${address}:${port}`;
  }

  async close(): Promise<void> {
    this.rooms.close();
    this.signals.close();
    this.data.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
    await this.sfu.close();
  }
}
