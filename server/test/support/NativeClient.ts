import {
  AddTrackRequest,
  DataPacket,
  SessionDescription,
  SignalTarget,
  TrackType,
  UserPacket,
} from '@livekit/protocol';
import nodeDataChannel, { type DataChannel, type Track } from 'node-datachannel';
import type { Joinable } from './JsClient.ts';
import { NativeConnection } from './NativeConnection.ts';
import { SignalClient } from './SignalClient.ts';
import { asPion, withoutRtx } from './sdp/asPion.ts';
import { until } from './until.ts';

export interface NativeJoin {
  readonly room: string;
  readonly identity: string;
  /** Its part in DTLS, on both connections. */
  readonly dtls: 'client' | 'server';
  /** False: it understands no repairs on streams of their own, as older pion. */
  readonly rtx?: boolean;
}

/**
 * A LiveKit client that is no SDK: the signal protocol, and WebRTC by libdatachannel. It can be the DTLS server, as Go's
 * SDK is, and then describes itself as that one does. It decodes nothing: packets and messages are counted.
 */
export class NativeClient {
  readonly signal: SignalClient;
  /** Packets by the sid of their track. */
  readonly packets = new Map<string, number>();
  /** Data messages, with the connection and the label of the channel that they came on. */
  readonly messages: string[] = [];
  /** The last offer, and the answer to it as it was sent. */
  offer = '';
  answer = '';
  readonly #dtls: NativeJoin['dtls'];
  readonly #rtx: boolean;
  readonly #tracks: Track[] = []; // kept: a collected track stops delivering
  readonly #channels = new Map<string, DataChannel>();
  #subscriber: NativeConnection | undefined;
  #publisher: NativeConnection | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  static async join(target: Joinable, { room, identity, dtls, rtx = true }: NativeJoin): Promise<NativeClient> {
    const signal = await SignalClient.open(target.url, await target.token(identity, room), '&auto_subscribe=1');
    const client = new NativeClient(signal, dtls, rtx);
    await signal.saw('join');
    return client;
  }

  private constructor(signal: SignalClient, dtls: NativeJoin['dtls'], rtx: boolean) {
    this.signal = signal;
    this.#rtx = rtx;
    this.#dtls = dtls;
    signal.on((message) => {
      if (message.case === 'offer') this.#queue = this.#queue.then(() => this.#answer(message.value));
      if (message.case === 'answer') this.#publisher?.pc.setRemoteDescription(message.value.sdp, 'answer');
      // As libdatachannel wants it; servers that put every candidate into the SDP send none.
      if (message.case === 'trickle') this.#trickle(message.value.target, message.value.candidateInit);
    });
  }

  /** Opens its publisher connection with LiveKit's channels and one track of Opus; resolves with a way to send packets. */
  async publish(): Promise<{ send(packet: Buffer): void; say(text: string): void }> {
    this.signal.send({ case: 'addTrack', value: new AddTrackRequest({ cid: 'tone', type: TrackType.AUDIO }) });
    this.#publisher = new NativeConnection('publisher', { disableAutoNegotiation: true });
    const { pc } = this.#publisher;
    for (const label of ['_lossy', '_reliable'])
      this.#listen('publisher', pc.createDataChannel(label, label === '_lossy' ? { unordered: true } : {}));
    const audio = new nodeDataChannel.Audio('1', 'SendOnly');
    audio.addOpusCodec(111);
    audio.addSSRC(4_711, 'native', 'stream', 'tone');
    const track = pc.addTrack(audio);
    pc.setLocalDescription('offer');
    const local = await this.#publisher.described();
    const sdp = this.#dtls === 'server' ? local.replaceAll('a=setup:actpass', 'a=setup:passive') : local;
    this.signal.send({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp, id: 1 }) });
    await until('the publisher connection', () => pc.state() === 'connected' && track.isOpen());
    const reliable = this.#channels.get('publisher _reliable');
    await until('its reliable channel', () => reliable?.isOpen());
    return {
      send: (packet) => void track.sendMessageBinary(packet),
      say: (text) => {
        const value = { case: 'user', value: new UserPacket({ payload: new TextEncoder().encode(text) }) } as const;
        reliable?.sendMessageBinary(new DataPacket({ value }).toBinary());
      },
    };
  }

  async close(): Promise<void> {
    await this.#queue;
    await Promise.all([this.#publisher?.close(), this.#subscriber?.close()]);
    await this.signal.close();
  }

  async #answer({ sdp, id }: SessionDescription): Promise<void> {
    this.#subscriber ??= this.#open();
    this.offer = sdp;
    // The library is the DTLS client wherever it may be.
    const { pc } = this.#subscriber;
    pc.setRemoteDescription(
      this.#dtls === 'server' ? sdp.replaceAll('a=setup:actpass', 'a=setup:active') : sdp,
      'offer',
    );
    await this.#subscriber.described();
    const sections = (text = '') => text.match(/^m=/gm)?.length;
    const local = await until('the answer to the last offer', () => {
      const now = pc.localDescription()?.sdp;
      return sections(now) === sections(sdp) && now;
    });
    const answer = this.#dtls === 'server' ? asPion(local) : local;
    this.answer = this.#rtx ? answer : withoutRtx(answer);
    this.signal.send({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp: this.answer, id }) });
  }

  #open(): NativeConnection {
    const connection = new NativeConnection('subscriber', { forceMediaTransport: true });
    const { pc } = connection;
    pc.onDataChannel((channel) => this.#listen('subscriber', channel));
    pc.onTrack((track) => {
      this.#tracks.push(track);
      const section = this.offer.split('\r\nm=').find((text) => text.includes(`\r\na=mid:${track.mid()}\r\n`));
      const sid = /a=msid:\S+\|(\S+)/.exec(section ?? '')?.[1] ?? '';
      track.onMessage(() => this.packets.set(sid, (this.packets.get(sid) ?? 0) + 1));
    });
    return connection;
  }

  #trickle(target: SignalTarget, init: string): void {
    const { candidate, sdpMid } = JSON.parse(init) as { candidate: string; sdpMid: string };
    if (candidate === '') return;
    this.#queue = this.#queue.then(() => {
      const connection = target === SignalTarget.SUBSCRIBER ? this.#subscriber : this.#publisher;
      connection?.pc.addRemoteCandidate(candidate, sdpMid);
    });
  }

  #listen(connection: string, channel: DataChannel): void {
    const name = `${connection} ${channel.getLabel()}`;
    this.#channels.set(name, channel);
    channel.onMessage((bytes) => {
      const { value } = DataPacket.fromBinary(Buffer.from(bytes as Buffer));
      if (value.case === 'user') this.messages.push(`${name}: ${new TextDecoder().decode(value.value.payload)}`);
    });
  }
}
