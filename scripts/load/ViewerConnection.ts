import nodeDataChannel, { type PeerConnection, type Track } from 'node-datachannel';
import { parse } from 'sdp-transform';
import { PacketLoss } from './PacketLoss.ts';
import { forgedReport, nack, pictureLossIndication, readRtcp, receiverReport, remb } from './rtcp.ts';
import { isRtcp, type RtpPacket, readRtp } from './rtp.ts';
import { SectionLedger } from './SectionLedger.ts';
import { StreamReceiver } from './StreamReceiver.ts';
import { TransportFeedback } from './TransportFeedback.ts';

const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
/** Ours in RTCP; browsers that only receive use 1 as well. */
const SENDER = 1;
/** A browser on a good line reports something like this. */
const ESTIMATE = 20_000_000;
const REPORT_MS = 1000;

export type LineReports = 'transport-cc' | 'remb' | 'none';

interface OfferedStream {
  readonly kind: 'audio' | 'video';
  /** This stream repeats that one. */
  readonly repairs: number | undefined;
  /** Sid of the participant whose it is. */
  readonly of: string;
}

/**
 * A viewer's peer connection without decoders: real ICE, DTLS and SRTP, and the RTCP of a browser (receiver reports,
 * transport-wide feedback or REMB as offered, NACK, PLI). The owner calls `tick` about every 50 ms.
 */
export class ViewerConnection {
  readonly receivers = new Map<number, StreamReceiver>();
  readonly #pc: PeerConnection;
  /** Kept, because the library stops delivering to a track that was collected. */
  readonly #tracks = new Map<string, Track>();
  readonly #ledger = new SectionLedger();
  readonly #feedback = new TransportFeedback();
  readonly #loss: PacketLoss;
  #streams: ReadonlyMap<number, OfferedStream> = new Map();
  #transportCcId: number | undefined;
  #usesRemb = false;
  #reportedAt = 0;
  #bytes = 0;
  /** Events of the library come late, so the description may still be that of the offer before. */
  #isDescribed = false;
  /** Takes the local description that the library makes for the offer in hand. */
  #describe: ((sdp: string) => void) | undefined;
  connectedAt: number | undefined;

  /** @param loss share of the packets that never come, 0..1 */
  constructor(name: string, bindAddress: string | undefined, loss = 0) {
    this.#loss = new PacketLoss(loss);
    this.#pc = new nodeDataChannel.PeerConnection(name, {
      iceServers: [],
      // The first offer has no media, and the library could not add it to a connection that was made without.
      forceMediaTransport: true,
      ...(bindAddress ? { bindAddress } : {}),
    });
    this.#pc.onLocalDescription(() => {
      this.#isDescribed = true;
      this.#described();
    });
    this.#pc.onGatheringStateChange(() => this.#described());
    this.#pc.onStateChange((state) => {
      if (state === 'connected') this.connectedAt ??= performance.now();
    });
    this.#pc.onTrack((track) => {
      this.#tracks.set(track.mid(), track);
      track.onMessage((data) => this.#received(data));
    });
  }

  /** Negotiates one offer of the server. */
  async answer(offer: string): Promise<string> {
    this.#readOffer(offer);
    const described = new Promise<string>((resolve) => {
      this.#describe = resolve;
      this.#isDescribed = false;
    });
    this.#pc.setRemoteDescription(withProbation(this.#ledger.forLibrary(offer)), 'offer');
    return this.#ledger.forServer(offer, await described);
  }

  /** What of the viewer's line the server asked to be told, to estimate its bandwidth by. */
  get reports(): LineReports {
    if (this.#transportCcId !== undefined) return 'transport-cc';
    return this.#usesRemb ? 'remb' : 'none';
  }

  /** Who is seen and heard by now, by their sid. */
  *seen(): Iterable<[sid: string, receiver: StreamReceiver]> {
    for (const [ssrc, { of }] of this.#streams) {
      const receiver = this.receivers.get(ssrc);
      if (receiver) yield [of, receiver];
    }
  }

  tick(now: number): void {
    const track = [...this.#tracks.values()].find((t) => t.isOpen());
    if (!track) return;
    const packets: Buffer[] = [];
    const receivers = [...this.receivers.values()];
    if (now - this.#reportedAt >= REPORT_MS && receivers.length > 0) {
      this.#reportedAt = now;
      packets.push(
        receiverReport(
          SENDER,
          receivers.slice(0, 31).map((r) => r.block(now)),
          'viewer',
        ),
      );
      if (this.#usesRemb)
        packets.push(
          remb(
            SENDER,
            ESTIMATE,
            receivers.map((r) => r.ssrc),
          ),
        );
    }
    for (const receiver of receivers) {
      const missing = receiver.nacks(now);
      if (missing.length > 0) packets.push(nack(SENDER, receiver.ssrc, missing));
      if (receiver.wantsKeyFrame(now)) packets.push(pictureLossIndication(SENDER, receiver.ssrc));
    }
    const feedback = receivers[0] && this.#feedback.take(SENDER, receivers[0].ssrc);
    if (feedback) packets.push(feedback);
    if (packets.length > 0) track.sendMessageBinary(Buffer.concat(packets));
  }

  /** Bytes of RTP that came, filler and what came again among them, and whole pictures. */
  get heard(): { readonly bytes: number; readonly keyFrames: number } {
    const keyFrames = [...this.receivers.values()].reduce((sum, receiver) => sum + receiver.keyFrames, 0);
    return { bytes: this.#bytes, keyFrames };
  }

  /**
   * Asks for so many of the newest packets of each picture again, whether they came or not, and reports a round trip
   * that is not so.
   * @returns bytes that were sent
   */
  askAgain(packets: number, roundTripMs: number): number {
    return this.#tell((receiver) => {
      const newest = receiver.highestSequence;
      const sequences = Array.from({ length: packets }, (_, i) => (newest - packets + 1 + i) & 0xffff);
      const { heard } = receiver;
      return [
        ...(heard ? [forgedReport(SENDER, receiver.ssrc, heard, roundTripMs)] : []),
        nack(SENDER, receiver.ssrc, sequences),
      ];
    });
  }

  /** @returns bytes that were sent */
  askForPictures(): number {
    return this.#tell(({ ssrc }) => [pictureLossIndication(SENDER, ssrc)]);
  }

  #tell(what: (receiver: StreamReceiver) => readonly Buffer[]): number {
    const track = [...this.#tracks.values()].find((t) => t.isOpen());
    const pictures = [...this.receivers.values()].filter(({ kind }) => kind === 'video');
    const packet = Buffer.concat(pictures.flatMap(what));
    if (!track || packet.length === 0) return 0;
    track.sendMessageBinary(packet);
    return packet.length;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#pc.state() === 'closed') return resolve();
      this.#pc.onStateChange((state) => state === 'closed' && resolve());
      this.#pc.close();
    });
  }

  #described(): void {
    const local = this.#pc.localDescription();
    if (!this.#isDescribed || local?.type !== 'answer' || this.#pc.gatheringState() !== 'complete') return;
    this.#describe?.(local.sdp);
    this.#describe = undefined;
  }

  #readOffer(sdp: string): void {
    const streams = new Map<number, OfferedStream>();
    for (const media of parse(sdp).media) {
      if (media.type !== 'audio' && media.type !== 'video') continue;
      const groups = (media.ssrcGroups ?? [])
        .filter((g) => g.semantics === 'FID')
        .map((g) => g.ssrcs.split(' ').map(Number));
      const of = media.msid?.[0]?.id ?? '';
      for (const { id } of media.ssrcs ?? []) {
        streams.set(Number(id), { kind: media.type, repairs: groups.find((g) => g[1] === Number(id))?.[0], of });
      }
      this.#transportCcId ??= media.ext?.find((e) => e.uri === TRANSPORT_CC)?.value;
      this.#usesRemb ||= media.rtcpFb?.some((f) => f.type === 'goog-remb') ?? false;
    }
    if (this.#transportCcId !== undefined) this.#usesRemb = false;
    this.#streams = streams;
  }

  #received(data: Buffer): void {
    const now = performance.now();
    if (isRtcp(data)) {
      for (const report of readRtcp(data).senderReports) this.receivers.get(report.ssrc)?.senderReport(report, now);
      return;
    }
    const packet = readRtp(data);
    if (!packet) return;
    this.#bytes += data.length;
    const number = this.#transportCcId === undefined ? undefined : packet.extension(this.#transportCcId);
    if (number?.length === 2) this.#feedback.received(number.readUInt16BE(0), now);
    const stream = this.#streams.get(packet.ssrc);
    const original = stream && originalOf(packet, stream);
    if (!original || this.#loss.takes(original)) return;
    if (original === packet) this.#receiver(packet.ssrc, stream.kind, now).received(packet, now);
    else this.receivers.get(original.ssrc)?.received(original, now);
  }

  #receiver(ssrc: number, kind: 'audio' | 'video', now: number): StreamReceiver {
    const known = this.receivers.get(ssrc);
    if (known) return known;
    const receiver = new StreamReceiver(ssrc, kind, now);
    this.receivers.set(ssrc, receiver);
    return receiver;
  }
}

/** What a packet repeats, or itself; undefined: it is filler. */
function originalOf(packet: RtpPacket, { repairs }: OfferedStream): RtpPacket | undefined {
  if (repairs === undefined) return packet;
  if (packet.payload.length <= 2) return undefined;
  const [sequence, payload] = [packet.payload.readUInt16BE(0), packet.payload.subarray(2)];
  return { ...packet, ssrc: repairs, sequence, payload };
}

/**
 * mediasoup probes the line with packets of a stream (1234) that no section names. A browser counts them in its feedback;
 * the library would drop them unseen, and the server take them for lost.
 */
function withProbation(offer: string): string {
  if (!offer.includes(TRANSPORT_CC) || offer.includes('a=ssrc:1234 ')) return offer;
  return offer.replace(/(m=video [1-9][\s\S]*?\r\n)(a=ssrc)/, '$1a=ssrc:1234 cname:probator\r\n$2');
}
