import {
  AddTrackRequest,
  DataPacket,
  SessionDescription,
  SignalTarget,
  TrackType,
  UserPacket,
} from '@livekit/protocol';
import nodeDataChannel, { type DataChannel, type PeerConnection, type Track } from 'node-datachannel';
import { SignalClient } from './SignalClient.ts';
import { asPion } from './sdp/asPion.ts';
import type { Target } from './Target.ts';
import { until } from './until.ts';

export interface NativeJoin {
  readonly room: string;
  readonly identity: string;
  /** Its part in DTLS, on both connections. */
  readonly dtls: 'client' | 'server';
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
  /** The answer to the last offer, as it was sent. */
  answer = '';
  #offer = '';
  readonly #dtls: NativeJoin['dtls'];
  readonly #tracks: Track[] = []; // kept: a collected track stops delivering
  readonly #channels = new Map<string, DataChannel>();
  #subscriber: PeerConnection | undefined;
  #publisher: PeerConnection | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  static async join(target: Target, { room, identity, dtls }: NativeJoin): Promise<NativeClient> {
    const signal = await SignalClient.open(target.url, await target.token(identity, room), '&auto_subscribe=1');
    const client = new NativeClient(signal, dtls);
    await signal.saw('join');
    return client;
  }

  private constructor(signal: SignalClient, dtls: NativeJoin['dtls']) {
    this.signal = signal;
    this.#dtls = dtls;
    signal.on((message) => {
      if (message.case === 'offer') this.#queue = this.#queue.then(() => this.#answer(message.value));
      if (message.case === 'answer') this.#publisher?.setRemoteDescription(message.value.sdp, 'answer');
      // As libdatachannel wants it; servers that put every candidate into the SDP send none.
      if (message.case === 'trickle') this.#trickle(message.value.target, message.value.candidateInit);
    });
  }

  /** Opens its publisher connection with LiveKit's channels and one track of Opus; resolves with a way to send packets. */
  async publish(): Promise<{ send(packet: Buffer): void; say(text: string): void }> {
    this.signal.send({ case: 'addTrack', value: new AddTrackRequest({ cid: 'tone', type: TrackType.AUDIO }) });
    const pc = new nodeDataChannel.PeerConnection('publisher', { iceServers: [], disableAutoNegotiation: true });
    this.#publisher = pc;
    for (const label of ['_lossy', '_reliable'])
      this.#listen('publisher', pc.createDataChannel(label, label === '_lossy' ? { unordered: true } : {}));
    const audio = new nodeDataChannel.Audio('1', 'SendOnly');
    audio.addOpusCodec(111);
    audio.addSSRC(4_711, 'native', 'stream', 'tone');
    const track = pc.addTrack(audio);
    pc.setLocalDescription('offer');
    const local = await described(pc);
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
    for (const pc of [this.#publisher, this.#subscriber]) pc?.close();
    await this.signal.close();
  }

  async #answer({ sdp, id }: SessionDescription): Promise<void> {
    this.#subscriber ??= this.#open();
    this.#offer = sdp;
    // The library is the DTLS client wherever it may be.
    this.#subscriber.setRemoteDescription(
      this.#dtls === 'server' ? sdp.replaceAll('a=setup:actpass', 'a=setup:active') : sdp,
      'offer',
    );
    const local = await described(this.#subscriber);
    this.answer = this.#dtls === 'server' ? asPion(local) : local;
    this.signal.send({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp: this.answer, id }) });
  }

  #open(): PeerConnection {
    // The first offer has no media yet, and the transport can't change later.
    const pc = new nodeDataChannel.PeerConnection('subscriber', { iceServers: [], forceMediaTransport: true });
    pc.onDataChannel((channel) => this.#listen('subscriber', channel));
    pc.onTrack((track) => {
      this.#tracks.push(track);
      const section = this.#offer.split('\r\nm=').find((text) => text.includes(`\r\na=mid:${track.mid()}\r\n`));
      const sid = /a=msid:\S+\|(\S+)/.exec(section ?? '')?.[1] ?? '';
      track.onMessage(() => this.packets.set(sid, (this.packets.get(sid) ?? 0) + 1));
    });
    return pc;
  }

  #trickle(target: SignalTarget, init: string): void {
    const { candidate, sdpMid } = JSON.parse(init) as { candidate: string; sdpMid: string };
    if (candidate === '') return;
    this.#queue = this.#queue.then(() => {
      const pc = target === SignalTarget.SUBSCRIBER ? this.#subscriber : this.#publisher;
      pc?.addRemoteCandidate(candidate, sdpMid);
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

/** The local description with its candidates, once the answer or offer that was asked for last is there. */
function described(pc: PeerConnection): Promise<string> {
  return until('the local description', () => {
    const local = pc.localDescription();
    const sections = (sdp = '') => sdp.match(/^m=/gm)?.length;
    const fits = local?.type === 'offer' || sections(local?.sdp) === sections(pc.remoteDescription()?.sdp);
    return fits && pc.gatheringState() === 'complete' && local?.sdp;
  });
}
