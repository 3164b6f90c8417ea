import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import type { types as ms } from 'mediasoup';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  offeredMimes,
  PublisherAnswerer,
  parsePublisherOffer,
  publishParameters,
  type SectionAnswer,
  SubscriberSections,
} from '../../server/src/media/sdp/index.ts';
import { routerCodecs, viewerCapabilities } from '../../server/src/media/sfu/codecs.ts';
import type { TransportDescription } from '../../server/src/media/sfu/types.ts';
import { type RunningWorker, startWorker } from '../../server/src/media/sfu/worker.ts';

type Response = NonNullable<NonNullable<ConstructorParameters<typeof SignalResponse>[0]>['message']>;

/**
 * mediasoup and nothing around it: one worker, one router, one room. It speaks just enough of LiveKit's signalling for the
 * bots: no rights, no layers but the top one, no estimation, no news of others. What a server costs beyond this is its own.
 */
export class BareMediasoup {
  readonly url: string;
  readonly #http: Server;
  readonly #running: RunningWorker;
  readonly #router: ms.Router;
  readonly #capabilities: ms.RtpCapabilities;
  readonly #producers = new Map<string, ms.Producer>();
  readonly #sockets: WebSocketServer;

  static async create(workerBin: string | undefined): Promise<BareMediasoup> {
    const running = await startWorker({ listenIp: '127.0.0.1', port: 0, workerBin });
    const router = await running.worker.createRouter({ mediaCodecs: routerCodecs(parseSfuConfig({}).media) });
    const http = createServer((_request, response) => void response.writeHead(404).end());
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new BareMediasoup(http, running, router);
  }

  private constructor(http: Server, running: RunningWorker, router: ms.Router) {
    this.#http = http;
    this.#running = running;
    this.#router = router;
    this.#capabilities = viewerCapabilities(router.rtpCapabilities, false);
    this.#sockets = new WebSocketServer({ server: http });
    this.#sockets.on('connection', (socket) => void this.#join(socket));
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.close();
    this.#running.worker.close();
  }

  async #join(socket: WebSocket): Promise<void> {
    const send = (message: Response): void => socket.send(new SignalResponse({ message }).toBinary());
    const transports = Promise.all([this.#transport(), this.#transport()]);
    const sides = transports.then(([up, down]) => ({
      publisher: new Publishing(up, this.#producers, send),
      viewer: new Viewing(down, this.#capabilities, send),
    }));
    // Heard from the first moment: a client may speak before the transports are there.
    let queue: Promise<void> = sides.then(() => {});
    socket.on('message', (data: Buffer) => {
      const { message } = SignalRequest.fromBinary(data);
      queue = queue.then(async () => {
        const { publisher, viewer } = await sides;
        if (message.case === 'addTrack') publisher.addTrack(message.value.cid);
        if (message.case === 'offer') await publisher.answer(message.value.sdp, message.value.id);
        if (message.case === 'answer') await viewer.answered(message.value.sdp);
      });
    });
    const { publisher, viewer } = await sides;
    socket.on('close', () => {
      publisher.transport.close();
      viewer.transport.close();
    });
    send({ case: 'join', value: { pingInterval: 30, pingTimeout: 60 } });
    await viewer.offer([...this.#producers.values()]);
  }

  #transport(): Promise<ms.WebRtcTransport> {
    return this.#router.createWebRtcTransport({
      webRtcServer: this.#running.server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      enableSctp: true,
    });
  }
}

class Publishing {
  readonly transport: ms.WebRtcTransport;
  readonly #producers: Map<string, ms.Producer>;
  readonly #send: (message: Response) => void;
  readonly #answerer = new PublisherAnswerer();

  constructor(transport: ms.WebRtcTransport, producers: Map<string, ms.Producer>, send: (message: Response) => void) {
    this.transport = transport;
    this.#producers = producers;
    this.#send = send;
  }

  addTrack(cid: string): void {
    this.#send({ case: 'trackPublished', value: { cid, track: { sid: `TR_${cid}` } } });
  }

  async answer(sdp: string, id: number): Promise<void> {
    const offer = parsePublisherOffer(sdp);
    const decisions = new Map<string, SectionAnswer>();
    await connect(this.transport, offer.fingerprints);
    for (const [mid, change] of this.#answerer.review(offer).changes) {
      const section = offer.sections.find((s) => s.mid === mid);
      if (change !== 'started' || !section || section.kind === 'application') continue;
      const mime = offeredMimes(offer, mid)[0] ?? '';
      const decision = { do: 'publish', mime, disableDtx: false, stereo: false } as const;
      const { rtpParameters } = publishParameters(offer, mid, decision);
      const producer = await this.transport.produce({ kind: section.kind, rtpParameters });
      this.#producers.set(mid, producer);
      producer.observer.once('close', () => this.#producers.delete(mid));
      decisions.set(mid, decision);
    }
    const answer = this.#answerer.answer(offer, decisions, describe(this.transport));
    this.#send({ case: 'answer', value: { type: 'answer', sdp: answer.sdp, id } });
  }
}

class Viewing {
  readonly transport: ms.WebRtcTransport;
  readonly #capabilities: ms.RtpCapabilities;
  readonly #send: (message: Response) => void;
  readonly #sections = new SubscriberSections();
  readonly #consumers: ms.Consumer[] = [];

  constructor(transport: ms.WebRtcTransport, capabilities: ms.RtpCapabilities, send: (message: Response) => void) {
    this.transport = transport;
    this.#capabilities = capabilities;
    this.#send = send;
  }

  async offer(producers: readonly ms.Producer[]): Promise<void> {
    for (const producer of producers) {
      const rtpCapabilities = this.#capabilities;
      const consumer = await this.transport.consume({ producerId: producer.id, rtpCapabilities, paused: true });
      this.#consumers.push(consumer);
      const { kind, rtpParameters } = consumer;
      this.#sections.open({ kind, rtpParameters, participantSid: 'PA_bare', trackSid: `TR_${producer.kind}` });
    }
    const { sdp } = this.#sections.buildOffer(describe(this.transport));
    this.#send({ case: 'offer', value: { type: 'offer', sdp, id: 1 } });
  }

  async answered(sdp: string): Promise<void> {
    await connect(this.transport, this.#sections.applyAnswer(sdp).fingerprints);
    for (const consumer of this.#consumers) await consumer.resume();
  }
}

const connected = new WeakSet<ms.WebRtcTransport>();

/** Once for each transport. Its DTLS state can't tell: a fast client begins before his answer is here. */
async function connect(transport: ms.WebRtcTransport, fingerprints: readonly ms.DtlsFingerprint[]): Promise<void> {
  if (connected.has(transport)) return;
  connected.add(transport);
  await transport.connect({ dtlsParameters: { role: 'client', fingerprints: [...fingerprints] } });
}

function describe({
  iceParameters,
  iceCandidates,
  dtlsParameters,
  sctpParameters,
}: ms.WebRtcTransport): TransportDescription {
  return {
    iceUfrag: iceParameters.usernameFragment,
    icePwd: iceParameters.password,
    candidates: iceCandidates,
    fingerprints: dtlsParameters.fingerprints,
    sctpPort: sctpParameters?.port ?? 5000,
    maxMessageSize: 65_536,
  };
}
