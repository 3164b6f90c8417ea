import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import type { types as ms } from 'mediasoup';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  isMedia,
  offeredMimes,
  PublisherAnswerer,
  parsePublisherOffer,
  publishParameters,
  type SectionAnswer,
  SubscriberSections,
} from '../../server/src/media/sdp/index.ts';
import type { RemoteDtls, TransportDescription } from '../../server/src/media/sfu/types.ts';
import {
  routerCapabilities,
  routerCodecs,
  viewerCapabilities,
} from '../../server/src/media/sfu/worker/capabilities.ts';
import { type RunningWorker, startWorker } from '../../server/src/media/sfu/worker/startWorker.ts';

type Response = NonNullable<NonNullable<ConstructorParameters<typeof SignalResponse>[0]>['message']>;

const { media } = parseSfuConfig({});

/** One worker with its router. */
interface Place {
  readonly running: RunningWorker;
  readonly router: ms.Router;
  /** Producers of other places, as they are here. */
  readonly copies: Map<ms.Producer, Promise<ms.Producer>>;
}

interface Published {
  readonly producer: ms.Producer;
  readonly place: Place;
}

/**
 * mediasoup and nothing around it: as many workers as ours, clients in turn on each, tracks piped between them, one room. Transports,
 * codecs and header extensions are those of ours. It speaks just enough of LiveKit's signalling for the bots: no rights, no layers but
 * the top one, no repeats of lost sound, no levels, no data channels, no news of others. What a server costs beyond this is its own.
 */
export class BareMediasoup {
  readonly url: string;
  readonly #http: Server;
  readonly #places: readonly Place[];
  readonly #capabilities = viewerCapabilities(routerCapabilities(media), media);
  readonly #published = new Map<string, Published>();
  readonly #sockets: WebSocketServer;
  #joined = 0;

  static async create(workers: number, workerBin: string | undefined): Promise<BareMediasoup> {
    const mediaCodecs = routerCodecs(media);
    const places = await Promise.all(
      Array.from({ length: workers }, async () => {
        const running = await startWorker({ listenIp: '127.0.0.1', port: 0, workerBin });
        return { running, router: await running.worker.createRouter({ mediaCodecs }), copies: new Map() };
      }),
    );
    const http = createServer((_request, response) => void response.writeHead(404).end());
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new BareMediasoup(http, places);
  }

  private constructor(http: Server, places: readonly Place[]) {
    this.#http = http;
    this.#places = places;
    this.#sockets = new WebSocketServer({ server: http });
    this.#sockets.on('connection', (socket) => void this.#join(socket));
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.close();
    for (const { running } of this.#places) running.worker.close();
  }

  async #join(socket: WebSocket): Promise<void> {
    const send = (message: Response): void => socket.send(new SignalResponse({ message }).toBinary());
    const place = this.#nextPlace();
    const transports = Promise.all([openTransport(place), openTransport(place)]);
    const sides = transports.then(([up, down]) => ({
      publisher: new Publishing(up, place, this.#published, send),
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
    await viewer.offer(await Promise.all([...this.#published.values()].map((published) => bring(published, place))));
  }

  #nextPlace(): Place {
    return this.#places[this.#joined++ % this.#places.length] as Place;
  }
}

const openTransport = ({ running, router }: Place): Promise<ms.WebRtcTransport> =>
  router.createWebRtcTransport({
    webRtcServer: running.server,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    enableSctp: true,
  });

/** The track at that place; piped there once. */
function bring({ producer, place }: Published, to: Place): Promise<ms.Producer> {
  if (place === to) return Promise.resolve(producer);
  const known = to.copies.get(producer);
  if (known) return known;
  const piped = place.router.pipeToRouter({ producerId: producer.id, router: to.router });
  const copy = piped.then(({ pipeProducer }) => {
    if (!pipeProducer) throw new Error('no copy was made');
    return pipeProducer;
  });
  to.copies.set(producer, copy);
  return copy;
}

class Publishing {
  readonly transport: ms.WebRtcTransport;
  readonly #place: Place;
  readonly #published: Map<string, Published>;
  readonly #send: (message: Response) => void;
  readonly #answerer = new PublisherAnswerer();

  constructor(
    transport: ms.WebRtcTransport,
    place: Place,
    published: Map<string, Published>,
    send: (message: Response) => void,
  ) {
    this.transport = transport;
    this.#place = place;
    this.#published = published;
    this.#send = send;
  }

  addTrack(cid: string): void {
    this.#send({ case: 'trackPublished', value: { cid, track: { sid: `TR_${cid}` } } });
  }

  async answer(sdp: string, id: number): Promise<void> {
    const offer = parsePublisherOffer(sdp);
    const decisions = new Map<string, SectionAnswer>();
    const { changes, dtls } = this.#answerer.review(offer);
    if (dtls) await connect(this.transport, dtls);
    for (const [mid, change] of changes) {
      const section = offer.sections.find((s) => s.mid === mid);
      if (change !== 'started' || !section || !isMedia(section)) continue;
      const mime = offeredMimes(offer, mid)[0] ?? '';
      const decision = { do: 'publish', mime, disableDtx: false, stereo: false } as const;
      const { rtpParameters } = publishParameters(offer, mid, decision);
      const producer = await this.transport.produce({ kind: section.kind, rtpParameters });
      this.#published.set(mid, { producer, place: this.#place });
      producer.observer.once('close', () => this.#published.delete(mid));
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
    await connect(this.transport, this.#sections.applyAnswer(sdp).dtls);
    for (const consumer of this.#consumers) await consumer.resume();
  }
}

const connected = new WeakSet<ms.WebRtcTransport>();

/** Once for each transport. Its DTLS state can't tell: a fast client begins before its answer is here. */
async function connect(transport: ms.WebRtcTransport, { role, fingerprints }: RemoteDtls): Promise<void> {
  if (connected.has(transport)) return;
  connected.add(transport);
  await transport.connect({ dtlsParameters: { role, fingerprints: [...fingerprints] } });
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
