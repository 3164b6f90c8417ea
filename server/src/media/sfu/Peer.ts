import { EventEmitter } from 'node:events';
import type { types as ms } from 'mediasoup';
import { viewerCapabilities } from './codecs.ts';
import { ClientChannels } from './data/ClientChannels.ts';
import type { ChannelContext, Channels } from './data/channels.ts';
import { ServerChannels } from './data/ServerChannels.ts';
import { LineWatch } from './line/LineWatch.ts';
import type { Step } from './line/ladder.ts';
import { Publication } from './Publication.ts';
import { measure } from './quality.ts';
import type { Seat } from './Seat.ts';
import type { SfuContext } from './Sfu.ts';
import { Subscription } from './Subscription.ts';
import { Transport } from './transport.ts';
import type {
  ConnectionState,
  DataChannelKind,
  LineState,
  MediaKind,
  PeerQuality,
  RtpParameters,
  SfuPeer,
  TransportRole,
} from './types.ts';

export interface PeerOptions {
  readonly id: string;
  readonly publisher: boolean;
  readonly subscriber: boolean;
}

/** One participant on one worker: up to two transports, what he publishes, what he sees, his data channels. */
export class Peer
  extends EventEmitter<{
    connection: [role: TransportRole, state: ConnectionState];
    data: [kind: DataChannelKind, payload: Uint8Array];
    dataOpen: [];
    line: [state: LineState];
    closed: [reason: 'closed' | 'worker-died'];
  }>
  implements SfuPeer
{
  readonly id: string;
  readonly seat: Seat;
  readonly #context: SfuContext;
  readonly #publications = new Set<Publication>();
  readonly #subscriptions = new Set<Subscription>();
  readonly #line = new LineWatch({
    flowing: () => [...this.#subscriptions].map((s) => s.consumer).filter((c) => !c.paused && !c.producerPaused),
    apply: (step) => this.#applyStep(step),
  });
  #publisher: Transport | undefined;
  #subscriber: Transport | undefined;
  #openingPublisher: Promise<Transport> | undefined;
  /** Where messages to this peer go; decided once, see ServerChannels. */
  #channels: Channels | undefined;
  #closed = false;

  static async create(options: PeerOptions, seat: Seat, context: SfuContext): Promise<Peer> {
    const peer = new Peer(options.id, seat, context);
    try {
      await Promise.all([
        options.subscriber ? peer.#openSubscriber(!options.publisher) : undefined,
        options.publisher ? peer.openPublisher() : undefined,
      ]);
    } catch (error) {
      peer.close();
      throw error;
    }
    if (peer.#closed) throw new Error(`the worker of peer ${options.id} died while it joined`);
    return peer;
  }

  private constructor(id: string, seat: Seat, context: SfuContext) {
    super();
    this.id = id;
    this.seat = seat;
    this.#context = context;
    seat.slot.peers.add(this);
  }

  get worker(): number {
    return this.seat.slot.index;
  }

  get publisher(): Transport | undefined {
    return this.#publisher;
  }

  get subscriber(): Transport | undefined {
    return this.#subscriber;
  }

  get dataIsOpen(): boolean {
    return this.#channels?.isOpen ?? false;
  }

  get publications(): ReadonlySet<Publication> {
    return this.#publications;
  }

  get subscriptions(): ReadonlySet<Subscription> {
    return this.#subscriptions;
  }

  openPublisher(): Promise<Transport> {
    this.#openingPublisher ??= this.#openTransport('publisher').then(async (transport) => {
      const channels = await ClientChannels.create(this.#channelContext(transport));
      this.#channels ??= channels;
      this.#publisher = transport;
      return transport;
    });
    return this.#openingPublisher;
  }

  async publish(options: { sid: string; kind: MediaKind; rtpParameters: RtpParameters; paused: boolean }) {
    if (this.#publications.size >= this.#context.config.limits.publicationsPerPeer)
      throw new Error(`peer ${this.id} publishes ${this.#publications.size} tracks already`);
    const transport = await this.openPublisher();
    const producer = await transport.inner.produce({
      kind: options.kind,
      rtpParameters: options.rtpParameters,
      paused: options.paused,
      keyFrameRequestDelay: this.#context.config.media.keyFrameRequestDelayMs,
    });
    const publication = new Publication(options.sid, this.seat, producer);
    this.#publications.add(publication);
    publication.once('closed', () => this.#publications.delete(publication));
    if (options.kind === 'audio')
      await this.seat.levels.add(producer, {
        level: (dBov) => publication.emit('level', dBov),
        silence: () => publication.emit('silence'),
      });
    return publication;
  }

  async subscribe(publication: Publication): Promise<Subscription> {
    if (this.#subscriber === undefined) throw new Error(`peer ${this.id} has no subscriber transport`);
    const producer = await publication.producerAt(this.seat);
    const consumer = await this.#subscriber.inner.consume({
      producerId: producer.id,
      rtpCapabilities: viewerCapabilities(this.#context.rtpCapabilities, this.#context.config.media.estimation),
      paused: true,
      ...(publication.kind === 'audio' ? { enableRtx: this.#context.config.media.audioNack } : {}),
    });
    const subscription = new Subscription(publication, consumer);
    this.#line.add(consumer);
    this.#subscriptions.add(subscription);
    subscription.once('closed', () => this.#subscriptions.delete(subscription));
    if (this.#line.step.video !== 'free') await subscription.setStep(this.#line.step);
    return subscription;
  }

  sendData(kind: DataChannelKind, payload: Uint8Array): boolean {
    return this.#channels?.outgoing(kind)?.send(payload) ?? kind === 'lossy';
  }

  async quality(): Promise<PeerQuality> {
    const quality = await measure(this, this.#context.config.media.estimation);
    // Delay without loss does not show in the worker's score, so this is the occasion to notice it.
    if ((quality.lossDown ?? 0) > SUSPICIOUS_LOSS || (quality.rttMs ?? 0) > SUSPICIOUS_RTT_MS) this.#line.wake();
    return quality;
  }

  get line(): { readonly state: LineState; readonly watched: boolean } {
    return { state: lineState(this.#line.step), watched: this.#line.isWatching };
  }

  close(): void {
    this.#close('closed');
  }

  /** @internal The worker is gone; everything of this peer went with it. */
  workerDied(): void {
    this.#close('worker-died');
  }

  async #openSubscriber(withChannels: boolean): Promise<void> {
    const transport = await this.#openTransport('subscriber');
    if (withChannels) this.#channels = await ServerChannels.create(this.#channelContext(transport));
  }

  async #openTransport(role: TransportRole): Promise<Transport> {
    const { config } = this.#context;
    const inner = await this.seat.router.createWebRtcTransport({
      webRtcServer: this.seat.slot.current.server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      enableSctp: true,
      iceConsentTimeout: config.media.iceConsentTimeoutSeconds,
      initialAvailableOutgoingBitrate: config.media.startBitrate,
      maxReceiveMessageSize: config.limits.messageBytes,
      // A hundred kilobytes left to send: time to hand over more.
      sctpDefaultStreamBufferedAmountLowThreshold: 128_000,
    });
    if (this.#closed) {
      inner.close();
      throw new Error(`peer ${this.id} closed while its ${role} transport was made`);
    }
    const transport = new Transport(role, inner, {
      ...this.#context.transportHost(this.seat.slot),
      stateChanged: (r, state) => this.emit('connection', r, state),
    });
    if (role === 'subscriber') this.#subscriber = transport;
    return transport;
  }

  #applyStep(step: Step): void {
    for (const subscription of this.#subscriptions) void subscription.setStep(step).catch(() => {});
    this.emit('line', lineState(step));
  }

  #channelContext(transport: Transport): ChannelContext {
    return {
      transport: transport.inner,
      hub: this.seat.hub,
      limits: this.#context.config.limits,
      events: {
        message: (kind, payload) => this.emit('data', kind, payload),
        open: () => this.emit('dataOpen'),
      },
    };
  }

  #close(reason: 'closed' | 'worker-died'): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#line.close();
    this.seat.slot.peers.delete(this);
    this.#publisher?.close();
    this.#subscriber?.close();
    // A publisher transport that is still being made closes as soon as it stands.
    this.#openingPublisher?.then((transport) => transport.close()).catch(() => {});
    this.emit('closed', reason);
  }
}

const SUSPICIOUS_LOSS = 0.08;
const SUSPICIOUS_RTT_MS = 400;

function lineState(step: Step): LineState {
  if (step.video === 'free') return 'good';
  return step.video === 'none' ? 'soundOnly' : 'reduced';
}

/** The state of a peer's line as `quality` reads it. */
export type Measured = Pick<Peer, 'publications' | 'subscriptions'> & {
  readonly subscriber: { readonly inner: ms.WebRtcTransport } | undefined;
};
