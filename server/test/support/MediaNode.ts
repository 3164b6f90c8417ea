import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseSfuConfig, type SfuConfigInput } from '@dieu-hanh/sfu-config';
import express from 'express';
import { rtcValidation, SignalServer, type SignalServerOptions } from '../../src/edge/livekit/signal/index.ts';
import { Tokens } from '../../src/edge/livekit/tokens.ts';
import { BriefingHall, Rooms } from '../../src/hall/index.ts';
import { Sfu } from '../../src/media/sfu/index.ts';
import { createLogger } from '../../src/observability/logger.ts';

export interface MediaNodeOptions {
  readonly settings?: SfuConfigInput;
  readonly workers?: number;
  readonly missed?: SignalServerOptions['missed'];
}

/** Hall, SFU and `/rtc` on free ports of loopback: what media needs, without a database. LOG_LEVEL tells more. */
export class MediaNode {
  readonly key = 'devkey';
  readonly secret = 'secret-of-more-than-thirty-two-characters';
  readonly url: string;
  readonly rooms: Rooms;
  readonly hall: BriefingHall;
  readonly signals: SignalServer;
  readonly tokens: Tokens;
  readonly sfu: Sfu;
  readonly app: express.Express;
  readonly #http: Server;

  static async start(options: MediaNodeOptions = {}): Promise<MediaNode> {
    const config = parseSfuConfig(options.settings ?? {});
    const workerBin = process.env.MEDIASOUP_WORKER_BIN;
    const sfu = await Sfu.create({ config, workers: options.workers ?? 2, listenIp: '127.0.0.1', port: 0, workerBin });
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new MediaNode(sfu, http, options, config);
  }

  private constructor(sfu: Sfu, http: Server, options: MediaNodeOptions, config: ReturnType<typeof parseSfuConfig>) {
    const log = createLogger(process.env.LOG_LEVEL ?? 'silent');
    this.sfu = sfu;
    this.#http = http;
    this.tokens = new Tokens({ key: this.key, secret: this.secret });
    this.rooms = new Rooms({ sfu, log, config, autoCreate: true });
    this.hall = new BriefingHall(this.rooms);
    this.signals = new SignalServer({
      rooms: this.rooms,
      tokens: this.tokens,
      missed: options.missed ?? { lastSequence: () => 0, replay: () => {} },
      node: { region: 'default', nodeId: 'test', iceServers: [] },
      log,
      allowSimulate: true,
      messageBytes: config.limits.messageBytes,
    });
    this.app = express();
    this.app.use(rtcValidation(this.tokens, this.rooms));
    this.app.get('/', (_request, response) => void response.send('OK'));
    http.on('request', this.app);
    http.on('upgrade', (request, socket, head) => {
      if (!this.signals.handleUpgrade(request, socket, head)) socket.destroy();
    });
    this.url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.rooms.close();
    this.signals.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
    await this.sfu.close();
  }
}
