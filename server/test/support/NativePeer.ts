import { EventEmitter } from 'node:events';
import nodeDataChannel, { type DataChannel, type PeerConnection, type Track } from 'node-datachannel';
import type {
  DtlsRole,
  ForwardedTrack,
  RemoteDtls,
  RtpParameters,
  SfuPeer,
  SfuTransport,
  TransportDescription,
} from '../../src/media/sfu/types.ts';
import { NativeConnection } from './NativeConnection.ts';

/**
 * To be called after the last test of a file. The library's threads keep the process alive, and its own cleanup crashes
 * now and then, so the process is ended once the results are written.
 */
export function cleanup(): void {
  setTimeout(() => process.exit(), 300);
}

/** The only candidate that the client gets, instead of ours (UDP). */
export interface Via {
  readonly address: string;
  readonly port: number;
}

/** SDP lines of one of our transports; `setup` is ours. */
function transportLines(d: TransportDescription, setup: 'active' | 'passive' | 'actpass', via?: Via): string[] {
  const [candidate] = d.candidates.filter((c) => c.protocol === 'udp');
  const candidates = via && candidate ? [{ ...candidate, ...via }] : d.candidates;
  return [
    'c=IN IP4 127.0.0.1',
    `a=ice-ufrag:${d.iceUfrag}`,
    `a=ice-pwd:${d.icePwd}`,
    ...d.fingerprints.map((f) => `a=fingerprint:${f.algorithm} ${f.value}`),
    `a=setup:${setup}`,
    ...candidates.map(
      (c) =>
        `a=candidate:${c.foundation} 1 ${c.protocol} ${c.priority} ${c.address} ${c.port} typ host${c.tcpType ? ` tcptype ${c.tcpType}` : ''}`,
    ),
    'a=end-of-candidates',
  ];
}

const head = (mids: readonly string[]): string[] => [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=ice-lite',
  'a=msid-semantic: WMS *',
  `a=group:BUNDLE ${mids.join(' ')}`,
];

function remoteOf(sdp: string, role: DtlsRole): RemoteDtls {
  const found = /a=fingerprint:(\S+) (\S+)/.exec(sdp);
  if (found === null) throw new Error('no fingerprint in the SDP of the native peer');
  const algorithm = (found[1] as string).toLowerCase() as 'sha-256';
  return { role, fingerprints: [{ algorithm, value: found[2] as string }] };
}

function sendingSection(d: TransportDescription, p: RtpParameters, setup: 'active' | 'actpass', via?: Via): string[] {
  const codec = p.codecs[0];
  if (codec === undefined) throw new Error('no codec');
  const [, name] = codec.mimeType.split('/');
  const kind = codec.mimeType.split('/')[0];
  const rtx = p.codecs.find((c) => c.mimeType.endsWith('/rtx'));
  const encoding = p.encodings?.[0];
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${p.codecs.map((c) => c.payloadType).join(' ')}`,
    ...transportLines(d, setup, via),
    `a=mid:${p.mid}`,
    'a=sendonly',
    'a=rtcp-mux',
    `a=rtpmap:${codec.payloadType} ${name}/${codec.clockRate}${codec.channels ? `/${codec.channels}` : ''}`,
    ...(rtx
      ? [`a=rtpmap:${rtx.payloadType} rtx/${rtx.clockRate}`, `a=fmtp:${rtx.payloadType} apt=${codec.payloadType}`]
      : []),
    ...(codec.rtcpFeedback ?? []).map(
      (f) => `a=rtcp-fb:${codec.payloadType} ${f.type}${f.parameter ? ` ${f.parameter}` : ''}`,
    ),
    ...(p.headerExtensions ?? []).map((e) => `a=extmap:${e.id} ${e.uri}`),
    `a=ssrc:${encoding?.ssrc} cname:${p.rtcp?.cname ?? 'c'}`,
  ];
}

export interface NativeTrack {
  readonly track: Track;
  readonly rtpParameters: RtpParameters;
}

/**
 * A WebRTC client without decoders (libdatachannel: real ICE, DTLS, SCTP and SRTP) on both transports of one of our
 * peers, as LiveKit's clients use them. Media is raw RTP, so a test can say exactly what was sent and what came.
 */
export class NativePeer extends EventEmitter<{
  data: [label: string, payload: Buffer, from: 'publisher' | 'subscriber'];
  rtp: [mid: string, packet: Buffer];
}> {
  readonly peer: SfuPeer;
  readonly channels = new Map<string, DataChannel>();
  readonly #dtls: DtlsRole;
  #publisher: NativeConnection | undefined;
  #subscriber: NativeConnection | undefined;
  readonly #mids = new Set<string>();

  /** `dtls`: its part on both connections. */
  constructor(peer: SfuPeer, dtls: DtlsRole = 'client') {
    super();
    this.peer = peer;
    this.#dtls = dtls;
  }

  /** Opens the publisher connection with LiveKit's three channels, in the order of the given labels. */
  async openPublisher(
    labels: readonly string[] = ['_lossy', '_reliable', '_data_track'],
    tracks: readonly { kind: 'audio' | 'video'; ssrc: number }[] = [],
    options: { via?: Via } = {},
  ): Promise<NativeTrack[]> {
    const transport = await this.peer.openPublisher();
    const connection = new NativeConnection('publisher', { disableAutoNegotiation: true });
    const { pc } = connection;
    this.#publisher = connection;
    for (const label of labels)
      this.#listen(
        label,
        pc.createDataChannel(label, label === '_reliable' ? {} : { unordered: true, maxRetransmits: 0 }),
        'publisher',
      );
    const made = tracks.map(({ kind, ssrc }, i) => addTrack(pc, kind, ssrc, String(i + 1)));
    pc.setLocalDescription('offer');
    const offer = await connection.described();
    await this.#answer(pc, transport, offer, options.via);
    return made;
  }

  async #answer(pc: PeerConnection, transport: SfuTransport, offer: string, via?: Via): Promise<void> {
    await transport.connect(remoteOf(offer, this.#dtls));
    const setup = this.#dtls === 'client' ? 'passive' : 'active';
    const d = transport.describe();
    const sections = offer.split(/\r?\n(?=m=)/).slice(1);
    const mids = sections.map((s) => /a=mid:(\S+)/.exec(s)?.[1] as string);
    const body = sections.flatMap((section, i) => {
      const lines = section.split(/\r?\n/).filter(Boolean);
      if (section.startsWith('m=application'))
        return [
          'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
          ...transportLines(d, setup, via),
          `a=mid:${mids[i]}`,
          `a=sctp-port:${d.sctpPort}`,
          `a=max-message-size:${d.maxMessageSize}`,
        ];
      return [
        lines[0] as string,
        ...transportLines(d, setup, via),
        `a=mid:${mids[i]}`,
        'a=recvonly',
        'a=rtcp-mux',
        ...lines.filter((l) => /^a=(rtpmap|fmtp|rtcp-fb|extmap)/.test(l)),
      ];
    });
    pc.setRemoteDescription([...head(mids), ...body, ''].join('\r\n'), 'answer');
  }

  /** Opens the subscriber connection, or renegotiates it, with these subscriptions. */
  async subscribe(subscriptions: readonly ForwardedTrack[] = [], options: { via?: Via } = {}): Promise<void> {
    const transport = this.peer.subscriber;
    if (transport === undefined) throw new Error('no subscriber transport');
    const connection = this.#subscriber ?? new NativeConnection('subscriber');
    const { pc } = connection;
    if (this.#subscriber === undefined) {
      this.#subscriber = connection;
      pc.onDataChannel((channel) => this.#listen(channel.getLabel(), channel, 'subscriber'));
      pc.onTrack((track) => this.#receive(track));
    }
    const d = transport.describe();
    // The library is the DTLS client wherever it may be.
    const setup = this.#dtls === 'client' ? 'actpass' : 'active';
    const mids = ['datachannel', ...subscriptions.map((s) => s.rtpParameters.mid as string)];
    const offer = [
      ...head(mids),
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      ...transportLines(d, setup, options.via),
      'a=mid:datachannel',
      `a=sctp-port:${d.sctpPort}`,
      `a=max-message-size:${d.maxMessageSize}`,
      ...subscriptions.flatMap((s) => sendingSection(d, s.rtpParameters, setup, options.via)),
      '',
    ].join('\r\n');
    pc.setRemoteDescription(offer, 'offer');
    await transport.connect(remoteOf(await connection.described(), this.#dtls));
    for (const subscription of subscriptions) await subscription.resume();
  }

  send(label: string, payload: Uint8Array): void {
    this.channels.get(`publisher ${label}`)?.sendMessageBinary(payload);
  }

  /** Feedback (RTCP) about what comes to it on that section. */
  feedback(mid: string, packet: Buffer): void {
    this.#tracks.find((track) => track.mid() === mid)?.sendMessageBinary(packet);
  }

  async close(): Promise<void> {
    await Promise.all([this.#publisher?.close(), this.#subscriber?.close()]);
    this.peer.close();
  }

  #listen(label: string, channel: DataChannel, from: 'publisher' | 'subscriber'): void {
    this.channels.set(`${from} ${label}`, channel);
    channel.onMessage((message) => this.emit('data', label, Buffer.from(message as Buffer), from));
  }

  readonly #tracks: Track[] = []; // kept: a collected track stops delivering

  #receive(track: Track): void {
    this.#tracks.push(track);
    if (this.#mids.has(track.mid())) return;
    this.#mids.add(track.mid());
    track.onMessage((packet) => this.emit('rtp', track.mid(), Buffer.from(packet)));
  }
}

function addTrack(pc: PeerConnection, kind: 'audio' | 'video', ssrc: number, mid: string): NativeTrack {
  const media =
    kind === 'audio' ? new nodeDataChannel.Audio(mid, 'SendOnly') : new nodeDataChannel.Video(mid, 'SendOnly');
  const payloadType = kind === 'audio' ? 111 : 96;
  if (kind === 'audio') (media as InstanceType<typeof nodeDataChannel.Audio>).addOpusCodec(payloadType);
  else (media as InstanceType<typeof nodeDataChannel.Video>).addVP8Codec(payloadType);
  media.addSSRC(ssrc, `cname-${ssrc}`, 'stream', `track-${ssrc}`);
  const track = pc.addTrack(media);
  const codec =
    kind === 'audio'
      ? { mimeType: 'audio/opus', payloadType, clockRate: 48_000, channels: 2 }
      : {
          mimeType: 'video/VP8',
          payloadType,
          clockRate: 90_000,
          rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
        };
  return {
    track,
    rtpParameters: {
      mid,
      codecs: [codec],
      encodings: [{ ssrc }],
      headerExtensions: kind === 'audio' ? [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 1 }] : [],
      rtcp: { cname: `cname-${ssrc}` },
    },
  };
}

/** RTP of our making: `frame` bytes of VP8 or Opus payload in one packet. */
export function rtpPacket(o: {
  payloadType: number;
  ssrc: number;
  sequence: number;
  timestamp: number;
  marker?: boolean;
  payload: Uint8Array;
  audioLevel?: number;
}): Buffer {
  const extension =
    o.audioLevel === undefined ? Buffer.alloc(0) : Buffer.from([0xbe, 0xde, 0, 1, 0x10, o.audioLevel & 0x7f, 0, 0]);
  const header = Buffer.alloc(12);
  header[0] = o.audioLevel === undefined ? 0x80 : 0x90;
  header[1] = (o.marker ? 0x80 : 0) | o.payloadType;
  header.writeUInt16BE(o.sequence & 0xffff, 2);
  header.writeUInt32BE(o.timestamp >>> 0, 4);
  header.writeUInt32BE(o.ssrc, 8);
  return Buffer.concat([header, extension, o.payload]);
}

/** A VP8 payload whose header says key frame or not; the rest is filler. */
export function vp8(key: boolean, size = 200): Buffer {
  const payload = Buffer.alloc(size, 0x55);
  payload[0] = 0x10; // start of partition 0, no extension
  payload[1] = key ? 0x10 : 0x11; // P bit: 0 = key frame
  if (key) payload.set([0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00], 4);
  return payload;
}
