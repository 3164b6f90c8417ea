import { EventEmitter } from 'node:events';
import type { SfuConfig } from '@dieu-hanh/sfu-config';
import type { types as ms } from 'mediasoup';
import { ClientChannels } from '../data/ClientChannels.ts';
import type { DataChannelContext, DataChannels } from '../data/channels.ts';
import { ServerChannels } from '../data/ServerChannels.ts';
import type { KnownLine } from '../line/LineController.ts';
import { type FlowingTrack, LineWatch } from '../line/LineWatch.ts';
import type { LineStep } from '../line/ladder.ts';
import { measureLine } from '../line/lineStats.ts';
import type { Exports } from '../pipe/Exports.ts';
import { exportOf } from '../pipe/exportOf.ts';
import type { SourceTrack } from '../track/SourceTrack.ts';
import { TrackConsumer } from '../track/TrackConsumer.ts';
import { TrackProducer } from '../track/TrackProducer.ts';
import type {
  ConnectionState,
  DataChannelKind,
  DtlsRole,
  LineCapacity,
  LineStats,
  PublishOptions,
  RtpCapabilities,
  SfuPeer,
  SfuPeerOptions,
  TransportRole,
} from '../types.ts';
import { viewerCapabilities } from '../worker/capabilities.ts';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import type { WorkerSlot } from '../worker/WorkerSlot.ts';
import { Transport, type TransportHost } from './Transport.ts';

/** What a peer may ask of the SFU that it belongs to. */
export interface PeerContext {
  readonly config: SfuConfig;
  readonly rtpCapabilities: RtpCapabilities;
  readonly exports: Pick<Exports, 'add' | 'remove' | 'addRelay' | 'removeRelay'>;
  transportHost(slot: WorkerSlot): Omit<TransportHost, 'stateChanged' | 'connecting'>;
}

/** One participant on one worker: up to two transports, what they send and receive, their data channels. */
export class Peer
  extends EventEmitter<{
    connection: [role: TransportRole, state: ConnectionState];
    data: [kind: DataChannelKind, payload: Uint8Array];
    dataOpen: [];
    line: [state: LineCapacity, known: KnownLine | undefined];
    closed: [reason: 'closed' | 'worker-died'];
  }>
  implements SfuPeer
{
  readonly id: string;
  readonly home: RoomRouter;
  readonly #context: PeerContext;
  readonly #producers = new Set<TrackProducer>();
  readonly #consumers = new Set<TrackConsumer>();
  readonly #line: LineWatch;
  #publisher: Transport | undefined;
  #subscriber: Transport | undefined;
  #openingPublisher: Promise<Transport> | undefined;
  readonly #dataOn: TransportRole;
  /** Where messages to this peer go. */
  #channels: DataChannels | undefined;
  #closed = false;

  static async create(options: SfuPeerOptions, home: RoomRouter, context: PeerContext): Promise<Peer> {
    const peer = new Peer(options, home, context);
    try {
      await Promise.all([
        options.subscriber ? peer.#openTransport('subscriber') : undefined,
        options.publisher ? peer.openPublisher() : undefined,
      ]);
    } catch (error) {
      peer.close();
      throw error;
    }
    if (peer.#closed) throw new Error(`the worker of peer ${options.id} died while it joined`);
    return peer;
  }

  private constructor({ id, dataOn, line }: SfuPeerOptions, home: RoomRouter, context: PeerContext) {
    super();
    this.id = id;
    this.#dataOn = dataOn;
    const watched = { flowing: () => this.#flowing(), apply: (step: LineStep) => this.#applyStep(step) };
    this.#line = new LineWatch(watched, line);
    this.home = home;
    this.#context = context;
    home.slot.peers.add(this);
  }

  get worker(): number {
    return this.home.slot.index;
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

  get producers(): ReadonlySet<TrackProducer> {
    return this.#producers;
  }

  get consumers(): ReadonlySet<TrackConsumer> {
    return this.#consumers;
  }

  openPublisher(): Promise<Transport> {
    this.#openingPublisher ??= this.#openTransport('publisher');
    return this.#openingPublisher;
  }

  async publish(options: PublishOptions): Promise<TrackProducer> {
    if (this.#producers.size >= this.#context.config.limits.publicationsPerPeer)
      throw new Error(`peer ${this.id} publishes ${this.#producers.size} tracks already`);
    const transport = await this.openPublisher();
    const producer = await transport.inner.produce({
      kind: options.kind,
      rtpParameters: options.rtpParameters,
      paused: options.paused,
      keyFrameRequestDelay: this.#context.config.media.keyFrameRequestDelayMs,
    });
    const track = await this.#trackOf(options, producer);
    track.owned(() => this.#producers.delete(track));
    this.#producers.add(track);
    if (options.kind === 'audio')
      await this.home.levels.add(producer, {
        level: (dBov) => track.emit('level', dBov),
        silence: () => track.emit('silence'),
      });
    return track;
  }

  async subscribe(source: SourceTrack, { rtx = true } = {}): Promise<TrackConsumer> {
    const transport = this.#subscriber?.inner;
    if (transport === undefined) throw new Error(`peer ${this.id} has no subscriber transport`);
    const { estimation, audioNack } = this.#context.config.media;
    const consumer = await source.consumeAt(this.home, (producer) =>
      transport.consume({
        producerId: producer.id,
        rtpCapabilities: viewerCapabilities(this.#context.rtpCapabilities, { estimation, rtx }),
        paused: true,
        ...(source.kind === 'audio' ? { enableRtx: audioNack } : {}),
      }),
    );
    const track = new TrackConsumer(source, consumer);
    this.#line.add(consumer);
    this.#consumers.add(track);
    track.once('closed', () => this.#consumers.delete(track));
    if (this.#line.step.video !== 'free') await track.setStep(this.#line.step);
    return track;
  }

  sendData(kind: DataChannelKind, payload: Uint8Array): boolean {
    return this.#channels?.outgoing(kind)?.send(payload) ?? kind === 'lossy';
  }

  lineStats(): LineStats {
    const { lines } = this.home.slot;
    return measureLine(this, (id) => lines.of(id));
  }

  get line(): SfuPeer['line'] {
    const { step, isWatching, last, known } = this.#line;
    return { state: lineState(step), watched: isWatching, last, known };
  }

  close(): void {
    this.#close('closed');
  }

  /** @internal Each second. */
  linesReported(): void {
    this.#line.reported();
  }

  /** @internal The worker is gone; everything of this peer went with it. */
  workerDied(): void {
    this.#close('worker-died');
  }

  async #openTransport(role: TransportRole): Promise<Transport> {
    const { config } = this.#context;
    const inner = await this.home.router.createWebRtcTransport({
      webRtcServer: this.home.slot.current.server,
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
    // It closes with its worker while this is asked.
    if (role === 'publisher' && !inner.closed)
      await inner.setMaxIncomingBitrate(config.limits.incomingBitrate).catch(() => inner.close());
    if (this.#closed || inner.closed) {
      inner.close();
      throw new Error(`peer ${this.id} closed while its ${role} transport was made`);
    }
    const transport: Transport = new Transport(role, inner, {
      ...this.#context.transportHost(this.home.slot),
      connecting: (clientRole) => this.#openChannels(transport, clientRole),
      stateChanged: (r, state) => this.emit('connection', r, state),
    });
    if (role === 'subscriber') this.#subscriber = transport;
    else this.#publisher = transport;
    return transport;
  }

  async #trackOf({ sid, continues }: PublishOptions, producer: ms.Producer): Promise<TrackProducer> {
    if (!continues) {
      const track = new TrackProducer(sid, this.home, producer);
      const exported = exportOf(track);
      this.#context.exports.add(exported);
      track.once('closed', () => this.#context.exports.remove(exported));
      return track;
    }
    try {
      if (!(continues instanceof TrackProducer) || continues.origin !== this.home)
        throw new Error(`track ${continues.sid} is not on the worker of peer ${this.id}`);
      await continues.continueWith(producer);
      return continues;
    } catch (error) {
      producer.close();
      throw error;
    }
  }

  #flowing(): FlowingTrack[] {
    const { lines } = this.home.slot;
    const flowing: FlowingTrack[] = [];
    for (const { consumer } of this.#consumers) {
      const report = consumer.paused || consumer.producerPaused ? undefined : lines.of(consumer.id);
      if (report) flowing.push({ consumer, report });
    }
    return flowing;
  }

  #applyStep(step: LineStep): void {
    for (const track of this.#consumers) void track.setStep(step).catch(() => {});
    this.emit('line', lineState(step), this.#line.known);
  }

  /** Whoever publishes opens channels to send on; data for them may still go elsewhere. */
  async #openChannels({ role, inner }: Transport, clientRole: DtlsRole): Promise<void> {
    const incoming = role === 'publisher';
    if (!incoming && this.#dataOn !== role) return;
    const context = this.#channelContext(inner, role, clientRole);
    const channels = await (incoming ? ClientChannels.create(context) : ServerChannels.create(context));
    if (this.#dataOn === role) this.#channels = channels;
  }

  #channelContext(transport: ms.WebRtcTransport, role: TransportRole, clientRole: DtlsRole): DataChannelContext {
    return {
      transport,
      clientRole,
      hub: this.home.hub,
      limits: this.#context.config.limits,
      events: {
        message: (kind, payload) => this.emit('data', kind, payload),
        open: () => {
          if (role === this.#dataOn) this.emit('dataOpen');
        },
      },
    };
  }

  #close(reason: 'closed' | 'worker-died'): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#line.close();
    this.home.slot.peers.delete(this);
    this.#publisher?.close();
    this.#subscriber?.close();
    // A publisher transport that is still being made closes as soon as it stands.
    this.#openingPublisher?.then((transport) => transport.close()).catch(() => {});
    this.emit('closed', reason);
  }
}

function lineState(step: LineStep): LineCapacity {
  if (step.video === 'free') return 'good';
  return step.video === 'none' ? 'soundOnly' : 'reduced';
}
