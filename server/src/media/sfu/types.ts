import type { EventEmitter } from 'node:events';
import type { types as ms } from 'mediasoup';
import type { NodeBoot } from '../cascade/PipeLink.ts';
import type { KnownLine, LineSample } from './line/LineController.ts';

/**
 * What the rest of the server knows of the SFU. Only files of this folder import mediasoup's values; others take its
 * plain data types from here.
 */
export type { KnownLine } from './line/LineController.ts';
export type RtpParameters = ms.RtpParameters;
export type RtpCapabilities = ms.RtpCapabilities;
export type RtpCodecParameters = ms.RtpCodecParameters;
export type RtpEncodingParameters = ms.RtpEncodingParameters;
export type RtpHeaderExtensionParameters = ms.RtpHeaderExtensionParameters;
export type IceCandidate = ms.IceCandidate;
export type DtlsFingerprint = ms.DtlsFingerprint;
export type DtlsRole = 'client' | 'server';

/** The client's side of DTLS: how it is proven, and who of us begins. */
export interface RemoteDtls {
  readonly fingerprints: readonly DtlsFingerprint[];
  readonly role: DtlsRole;
}

/** Everything that an SDP needs to say about one of our transports (ICE-lite, host candidates, UDP first). */
export interface TransportDescription {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly candidates: readonly IceCandidate[];
  readonly fingerprints: readonly DtlsFingerprint[];
  readonly sctpPort: number;
  readonly maxMessageSize: number;
}

/** new -> connected -> (disconnected -> connected)* -> failed (DTLS) | closed. `disconnected` = ICE consent lost. */
export type ConnectionState = 'new' | 'connected' | 'disconnected' | 'failed' | 'closed';
export type TransportRole = 'publisher' | 'subscriber';
export type DataChannelKind = 'reliable' | 'lossy';
export type MediaKind = 'audio' | 'video';
/** What a viewer's line carries: all they want, smaller or slower pictures, or sound alone. */
export type LineCapacity = 'good' | 'reduced' | 'soundOnly';

/** A room over all workers of the node: a router per worker, made on first use; producers are piped once per worker. */
export interface SfuRoom {
  readonly name: string;
  /** Chooses the worker with the fewest peers. */
  createPeer(options: SfuPeerOptions): Promise<SfuPeer>;
  /**
   * A track that is published at another node, as that node's hall tells of it. Nothing is pulled before somebody
   * subscribes, and nothing is kept long after the last has gone. `close` it when that hall says that it is gone.
   */
  remoteTrack(options: RemoteTrackOptions): ProducedTrack;
  /**
   * From now on pauses and resumptions of tracks wait, for half a second at most, also those of other rooms at the same
   * workers; the function that is returned has each worker told of them in one message, once nobody gathers any more. So
   * all who are shown a camera get the picture that it is asked for. Whoever is first waits for nobody who is not.
   */
  gather(isFirst?: boolean): () => void;
  close(): void;
}

export interface RemoteTrackOptions {
  readonly sid: string;
  readonly kind: MediaKind;
  readonly layers: number;
  readonly paused: boolean;
  /** The node that its publisher is at. */
  readonly origin: NodeBoot;
}

export interface SfuPeerOptions {
  readonly id: string;
  /** On the worker of this one, if that takes another; tracks of a peer there can be continued. */
  readonly near?: SfuPeer | undefined;
  /** Which transports to make at once. */
  readonly publisher: boolean;
  readonly subscriber: boolean;
  /** The connection on which data goes to the peer, for good. */
  readonly dataOn: TransportRole;
  /** What was learned of their line on a connection before, here or at another node. */
  readonly line?: KnownLine | undefined;
}

export interface PublishOptions {
  readonly sid: string;
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  readonly paused: boolean;
  /**
   * A track of a peer near this one, of the same codec and layers, which goes on with this: its viewers stay, and it is
   * this peer's from now on. The result is that track, under its own sid.
   */
  readonly continues?: ProducedTrack | undefined;
}

/**
 * One participant's transports. A peer lives on one worker; when that worker dies the peer closes with reason
 * 'worker-died'.
 */
export interface SfuPeer
  extends EventEmitter<{
    connection: [role: TransportRole, state: ConnectionState];
    /** A user message came in on a data channel. */
    data: [kind: DataChannelKind, payload: Uint8Array];
    /** The outgoing channels of this peer are usable (from now on `sendData` delivers). */
    dataOpen: [];
    /** The peer's line got better or worse; the tracks forwarded to it tell by `layer` what comes of it. */
    line: [state: LineCapacity, known: KnownLine | undefined];
    closed: [reason: 'closed' | 'worker-died'];
  }> {
  readonly id: string;
  readonly worker: number;
  readonly publisher: SfuTransport | undefined;
  readonly subscriber: SfuTransport | undefined;
  readonly dataIsOpen: boolean;
  /** What its line carries now, and whether it is being looked at. */
  readonly line: {
    readonly state: LineCapacity;
    readonly watched: boolean;
    readonly last: LineSample | undefined;
    /** What another connection of theirs may begin with; undefined: it carries everything. */
    readonly known: KnownLine | undefined;
  };
  /** Makes the publisher transport of a peer that had none (promotion). Single flight. */
  openPublisher(): Promise<SfuTransport>;
  /** @throws Error when it cannot be produced, or cannot continue the other; that one is untouched then */
  publish(options: PublishOptions): Promise<ProducedTrack>;
  /**
   * A consumer, paused, on this peer's subscriber transport; pipes the track to this peer's worker first when needed
   * (single flight). Without `rtx` what was lost is repeated in the stream itself.
   * @throws Error when the track closed meanwhile.
   */
  subscribe(source: ProducedTrack, options?: { readonly rtx?: boolean }): Promise<ForwardedTrack>;
  /**
   * Sends on the channel of that kind. Drops lossy messages over about 1 MB of buffer; `false` when a reliable one
   * can't be taken.
   */
  sendData(kind: DataChannelKind, payload: Uint8Array): boolean;
  /**
   * Loss, round-trip and rate of both transports, for connection quality, as the worker told within the last second.
   * Undefined where nothing was measured yet.
   */
  lineStats(): LineStats;
  close(): void;
}

export interface LineStats {
  /** Fraction lost, 0..1, on what the peer sends (worst of its tracks) and on what it receives. */
  readonly lossUp: number | undefined;
  readonly lossDown: number | undefined;
  readonly rttMs: number | undefined;
  /** All that the peer sends, bit/s; undefined: it has no way to publish. */
  readonly bitrateUp: number | undefined;
  /** Estimated downlink in bit/s, only while bandwidth estimation runs for this peer. */
  readonly availableDown: number | undefined;
}

export interface SfuTransport {
  readonly role: TransportRole;
  readonly state: ConnectionState;
  readonly connectedOnce: boolean;
  describe(): TransportDescription;
  /** Once per transport; later calls do nothing. */
  connect(remote: RemoteDtls): Promise<void>;
  /** New ICE credentials; `describe()` tells them afterwards. */
  restartIce(): Promise<void>;
}

export interface TrackEvents {
  /** dBov of a speaking publisher, -127..0, about every 300 ms while it is not silent; audio only. */
  level: [dBov: number];
  silence: [];
  /** How many layers viewers at other nodes need, from the lowest; 0: none. Of a track that is published here. */
  wantedElsewhere: [layers: number];
  /** Of a track of another node: it can be had now, after somebody was told that it cannot. */
  available: [];
  closed: [];
}

/** A published track (a producer, wherever it is piped to). */
export interface ProducedTrack extends EventEmitter<TrackEvents> {
  readonly sid: string;
  readonly kind: MediaKind;
  /** Simulcast layers, lowest first; 1 for plain tracks. */
  readonly layers: number;
  readonly paused: boolean;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /**
   * How many layers the viewers of this node need, from the lowest; 0: none at present. Told to the node where it is
   * published, which asks its publisher; of a track that is published here it means nothing. All, until it is said.
   */
  want(layers: number): void;
  close(): void;
}

/** One viewer's copy of a produced track. */
export interface ForwardedTrack
  extends EventEmitter<{
    /** Highest layer forwarded now; undefined when the line carries none (the server paused it). */
    layer: [spatial: number | undefined];
    closed: [];
  }> {
  readonly source: ProducedTrack;
  /** mid, codecs, ssrc, header extensions: what the offer says. */
  readonly rtpParameters: RtpParameters;
  readonly paused: boolean;
  pause(): Promise<void>;
  /** Resumes and, for video, asks for a key frame. */
  resume(): Promise<void>;
  setPreferredLayers(layers: { spatial: number; temporal?: number }): Promise<void>;
  setPriority(priority: number): Promise<void>;
  close(): void;
}
