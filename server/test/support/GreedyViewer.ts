import { createSocket, type Socket } from 'node:dgram';
import type { types as ms } from 'mediasoup';
import { forgedReport, nack, readRtcp, receiverReport } from '../../../scripts/load/rtcp.ts';
import { isRtcp } from '../../../scripts/load/rtp.ts';
import { viewerCapabilities } from '../../src/media/sfu/worker/capabilities.ts';
import { happens } from './happens.ts';
import { extensionsIn, LOOPBACK } from './PlainSource.ts';

const SENDER = 1;

/** A viewer who may ask for anything by RTCP, and what they got: plain RTP, as `PlainSink`, with repairs on a stream of their own. */
export class GreedyViewer {
  readonly consumer: ms.Consumer;
  /** Bytes of RTP that came for the first time, and those that came again. */
  readonly bytes = { first: 0, again: 0 };
  /** Packets likewise. */
  readonly packets = { first: 0, again: 0 };
  /** The newest. */
  sequence = -1;
  /** Its length as its source made it. */
  length = 0;
  readonly #socket: Socket;
  readonly #port: number;
  readonly #ssrcs: { readonly media: number; readonly rtx: number };
  #heard: { readonly lsr: number; readonly at: number } | undefined;

  static async create(
    router: ms.Router,
    producer: ms.Producer,
    { spatialLayer, paused = false }: { readonly spatialLayer?: number; readonly paused?: boolean } = {},
  ): Promise<GreedyViewer> {
    const transport = await router.createPlainTransport({ listenInfo: LOOPBACK, rtcpMux: true });
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 22 }).unref();
    socket.bind(0, LOOPBACK.ip);
    await happens(socket, 'listening');
    await transport.connect({ ip: LOOPBACK.ip, port: socket.address().port });
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: viewerCapabilities(router.rtpCapabilities, { estimation: false }),
      paused,
      ...(spatialLayer === undefined ? {} : { preferredLayers: { spatialLayer, temporalLayer: 0 } }),
      ...(producer.kind === 'audio' ? { enableRtx: true } : {}),
    });
    return new GreedyViewer(consumer, socket, transport.tuple.localPort);
  }

  private constructor(consumer: ms.Consumer, socket: Socket, port: number) {
    this.consumer = consumer;
    this.#socket = socket;
    this.#port = port;
    const [encoding] = consumer.rtpParameters.encodings ?? [];
    this.#ssrcs = { media: encoding?.ssrc ?? 0, rtx: encoding?.rtx?.ssrc ?? 0 };
    const seen = new Set<number>();
    socket.on('message', (bytes) => {
      if (isRtcp(bytes)) {
        for (const { lsr } of readRtcp(bytes).senderReports) this.#heard = { lsr, at: performance.now() };
        return;
      }
      const [sequence, ssrc] = [bytes.readUInt16BE(2), bytes.readUInt32BE(8)];
      // The worker may try the line with packets of a stream of its own.
      if (ssrc !== this.#ssrcs.media && ssrc !== this.#ssrcs.rtx) return;
      const again = ssrc === this.#ssrcs.rtx || seen.has(sequence);
      if (!again) {
        seen.add(sequence);
        // A busy machine changes the order even here.
        if (this.sequence === -1 || ((sequence - this.sequence) & 0xffff) < 0x8000) {
          this.sequence = sequence;
          this.length = bytes.length - extensionsIn(bytes);
        }
      }
      this.bytes[again ? 'again' : 'first'] += bytes.length;
      this.packets[again ? 'again' : 'first'] += 1;
    });
  }

  get ssrc(): number {
    return this.#ssrcs.media;
  }

  send(...packets: readonly Buffer[]): void {
    this.#socket.send(Buffer.concat(packets), this.#port, LOOPBACK.ip);
  }

  /** Asks again for the newest packets, whether they came or not. */
  nackLast(count: number): void {
    const first = this.sequence - count + 1;
    const sequences = Array.from({ length: count }, (_, i) => (first + i) & 0xffff);
    this.send(nack(SENDER, this.ssrc, sequences));
  }

  /** Reports a round trip that is not so. */
  forgeRoundTrip(ms: number): void {
    if (this.#heard) this.send(forgedReport(SENDER, this.ssrc, this.#heard, ms));
  }

  /** Reports that so many packets were lost since the beginning. */
  reportLoss(totalLost: number): void {
    const nothing = { fractionLost: 0, highestSequence: 0, jitter: 0, lsr: 0, delay: 0 };
    this.send(receiverReport(SENDER, [{ ...nothing, ssrc: this.ssrc, totalLost }], 'viewer'));
  }

  close(): void {
    this.#socket.close();
  }
}
