import { createSocket, type Socket } from 'node:dgram';
import type { types as ms } from 'mediasoup';
import { happens } from './happens.ts';
import { LOOPBACK } from './PlainSource.ts';
import * as rtcp from './rtcp.ts';

const RTCP_TYPES = { from: 192, to: 223 };
const SENDER_REPORT = 200;

/** A viewer who may ask for anything by RTCP, and what they got: plain RTP, as `PlainSink`, with repairs on a stream of their own. */
export class GreedyViewer {
  readonly consumer: ms.Consumer;
  /** Bytes of RTP that came for the first time, and those that came again. */
  readonly bytes = { first: 0, again: 0 };
  /** Packets likewise. */
  readonly packets = { first: 0, again: 0 };
  /** The newest. */
  sequence = -1;
  readonly #socket: Socket;
  readonly #port: number;
  readonly #ssrcs: { readonly media: number; readonly rtx: number };
  #lastReport = { at: 0, ntp: 0 };

  static async create(
    router: ms.Router,
    producer: ms.Producer,
    layers: { readonly spatialLayer?: number } = {},
  ): Promise<GreedyViewer> {
    const transport = await router.createPlainTransport({ listenInfo: LOOPBACK, rtcpMux: true });
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 22 }).unref();
    socket.bind(0, LOOPBACK.ip);
    await happens(socket, 'listening');
    await transport.connect({ ip: LOOPBACK.ip, port: socket.address().port });
    const { spatialLayer } = layers;
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: router.rtpCapabilities,
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
      const type = bytes[1] ?? 0;
      if (type >= RTCP_TYPES.from && type <= RTCP_TYPES.to) {
        if (type === SENDER_REPORT) this.#lastReport = { at: performance.now(), ntp: bytes.readUInt32BE(10) };
        return;
      }
      const [sequence, ssrc] = [bytes.readUInt16BE(2), bytes.readUInt32BE(8)];
      const again = ssrc === this.#ssrcs.rtx || seen.has(sequence);
      if (!again) {
        seen.add(sequence);
        this.sequence = sequence;
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
    this.send(
      rtcp.nack(
        this.ssrc,
        Array.from({ length: count }, (_, i) => (first + i) & 0xffff),
      ),
    );
  }

  /** Reports a round trip that is not so. */
  forgeRoundTrip(ms: number): void {
    const { at, ntp } = this.#lastReport;
    if (ntp === 0) return;
    const delay = Math.max(1, Math.round(((performance.now() - at - ms) * 65_536) / 1_000));
    this.send(rtcp.receiverReport(this.ssrc, { lastSenderReport: ntp, delay }));
  }

  close(): void {
    this.#socket.close();
  }
}
