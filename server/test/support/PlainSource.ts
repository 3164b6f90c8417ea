import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import type { types as ms } from 'mediasoup';
import { readRtcp } from '../../../scripts/load/rtcp.ts';
import { happens } from './happens.ts';

export const LOOPBACK = { protocol: 'udp', ip: '127.0.0.1' } as const;
const PAYLOAD_TYPE = 101;
const FRAME_TICKS = 3000;
const SENDER_REPORT = 200;
/** From 1900 to 1970. */
const NTP_EPOCH_MS = 2_208_988_800_000;
/** The ssrc of its layer is told at the end of each packet, since consumers write their own into the header. None is shorter than this. */
const LEAST = 104;
/** Lengths of a frame's packets where nothing else is asked for. */
const PACKETS = [LEAST, LEAST, LEAST];
const feedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'ccm', parameter: 'fir' }];

/** A camera without a client: VP8 of some layers as plain RTP, a frame at a time, when the test says so; all are key frames. */
export class PlainSource {
  readonly producer: ms.Producer;
  /** When the worker asked for a key frame, of whichever layer: performance.now(). */
  readonly requests: number[] = [];
  readonly #socket: Socket;
  readonly #port: number;
  readonly #ssrcs: readonly number[];
  readonly #ip: string;
  #frames = 0;
  /** Of each layer. */
  #packets = 0;
  #unsent = 0;

  /** @param ssrcs of the layers, lowest first @param ip where the worker listens */
  static async create(
    router: ms.Router,
    ssrcs: readonly number[],
    { ip = LOOPBACK.ip, ...options }: { readonly keyFrameRequestDelay?: number; readonly ip?: string } = {},
  ): Promise<PlainSource> {
    const listenInfo = { ...LOOPBACK, ip };
    const transport = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
    const mode = ssrcs.length > 1 ? { scalabilityMode: 'L1T1' } : {};
    const codec = { mimeType: 'video/VP8', payloadType: PAYLOAD_TYPE, clockRate: 90_000, rtcpFeedback: feedback };
    const encodings = ssrcs.map((ssrc) => ({ ssrc, ...mode }));
    const rtcp = { cname: `source-${ssrcs[0]}` };
    const rtpParameters = { codecs: [codec], encodings, rtcp };
    const producer = await transport.produce({ kind: 'video', rtpParameters, ...options });
    return new PlainSource(producer, ip, transport.tuple.localPort, ssrcs);
  }

  private constructor(producer: ms.Producer, ip: string, port: number, ssrcs: readonly number[]) {
    this.producer = producer;
    this.#ip = ip;
    this.#port = port;
    this.#ssrcs = ssrcs;
    this.#socket = createSocket('udp4').unref();
    this.#socket.on('message', (bytes) => {
      for (const _ of readRtcp(bytes).keyFrameRequests) this.requests.push(performance.now());
    });
  }

  /** @param lengths of its packets */
  frame(lengths: readonly number[] = PACKETS): void {
    const frame = this.#frames++;
    for (const ssrc of this.#ssrcs)
      for (const [index, length] of lengths.entries()) {
        const place = { sequence: this.#packets + index, index, last: index === lengths.length - 1 };
        this.#unsent += 1;
        this.#socket.send(packet(ssrc, frame, place, length), this.#port, this.#ip, () => (this.#unsent -= 1));
      }
    this.#packets += lengths.length;
  }

  /** Whether all that was asked for lies at the worker. */
  get isSent(): boolean {
    return this.#unsent === 0;
  }

  /** Tells the worker when the last frame was taken; without that it lets nobody go from one layer to another. */
  report(): void {
    for (const ssrc of this.#ssrcs)
      this.#socket.send(senderReport(ssrc, timestampOf(ssrc, this.#frames - 1)), this.#port, this.#ip);
  }

  /** How often the worker has asked for a key frame of each layer, lowest first; 0 for one that it has not seen. */
  async asked(): Promise<number[]> {
    const stats = await this.producer.getStats();
    return this.#ssrcs.map((ssrc) => stats.find((each) => each.ssrc === ssrc)?.pliCount ?? 0);
  }

  /** Layers that the worker has seen. */
  async seen(): Promise<number> {
    return (await this.producer.getStats()).length;
  }

  close(): void {
    this.#socket.close();
  }
}

const timestampOf = (ssrc: number, frame: number): number => (ssrc * 1000 + frame * FRAME_TICKS) >>> 0;

/** That the moment of this timestamp is now (RFC 3550, 6.4.1), on a clock of the network's own epoch. */
function senderReport(ssrc: number, timestamp: number): Buffer {
  const bytes = Buffer.alloc(28);
  bytes.set([0x80, SENDER_REPORT, 0, 6]);
  bytes.writeUInt32BE(ssrc, 4);
  bytes.writeBigUInt64BE((BigInt(Date.now() + NTP_EPOCH_MS) << 32n) / 1000n, 8);
  bytes.writeUInt32BE(timestamp, 16);
  return bytes;
}

interface Place {
  /** From the first packet of the layer. */
  readonly sequence: number;
  /** From the first packet of the frame. */
  readonly index: number;
  readonly last: boolean;
}

function packet(ssrc: number, frame: number, { sequence, index, last }: Place, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes[0] = 0x80;
  bytes[1] = PAYLOAD_TYPE | (last ? 0x80 : 0);
  bytes.writeUInt16BE((ssrc + sequence) & 0xffff, 2);
  bytes.writeUInt32BE(timestampOf(ssrc, frame), 4);
  bytes.writeUInt32BE(ssrc, 8);
  // VP8: picture id and TL0PICIDX, then a key frame of 640x360 in the first packet.
  bytes.set([0x80 | (index === 0 ? 0x10 : 0), 0xe0], 12);
  bytes.writeUInt16BE(0x8000 | (frame & 0x7fff), 14);
  bytes.set([frame & 0xff, 0], 16);
  if (index === 0) bytes.set([0x10, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0x68, 1], 18);
  bytes.writeUInt32BE(ssrc, length - 4);
  return bytes;
}

/** How much of a packet they take (RFC 3550, 5.3.1). */
export const extensionsIn = (bytes: Buffer): number => ((bytes[0] ?? 0) & 0x10 ? 4 + 4 * bytes.readUInt16BE(14) : 0);

export interface ReceivedPacket {
  readonly sequence: number;
  readonly timestamp: number;
  /** As its source made it, which is without header extensions. */
  readonly length: number;
  /** The layer that it is of, by the ssrc that its source gave it. */
  readonly of: number;
}

/** A viewer without a client: what a consumer sends as plain RTP. */
export class PlainSink {
  readonly packets: ReceivedPacket[] = [];
  /** When the worker says that it has made each of its sender reports, ms of the network's epoch. */
  readonly reports: number[] = [];
  readonly consumer: ms.Consumer;
  /** What the worker has told of this consumer. */
  readonly told: string[] = [];
  readonly #socket: Socket;
  readonly #workerIp: string;
  readonly #port: number;
  readonly #ssrc: number;

  /** @param listenInfo of the worker @param ip where it receives */
  static async create(
    router: ms.Router,
    producer: ms.Producer,
    spatialLayer = 0,
    {
      listenInfo = LOOPBACK,
      ip = LOOPBACK.ip,
      paused = false,
    }: { listenInfo?: ms.TransportListenInfo; ip?: string | undefined; paused?: boolean } = {},
  ): Promise<PlainSink> {
    const transport = await router.createPlainTransport({ listenInfo, rtcpMux: true });
    const socket = createSocket('udp4').unref();
    socket.bind(0, ip);
    await happens(socket, 'listening');
    await transport.connect({ ip, port: socket.address().port });
    const { codecs = [] } = router.rtpCapabilities;
    const layers = producer.type === 'simple' ? {} : { preferredLayers: { spatialLayer, temporalLayer: 0 } };
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: { codecs },
      paused,
      ...layers,
    });
    return new PlainSink(consumer, socket, listenInfo.ip, transport.tuple.localPort);
  }

  private constructor(consumer: ms.Consumer, socket: Socket, workerIp: string, port: number) {
    this.consumer = consumer;
    this.#workerIp = workerIp;
    this.#socket = socket;
    this.#port = port;
    this.#ssrc = consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0;
    socket.on('message', (bytes) => {
      if (bytes[1] === SENDER_REPORT) this.reports.push((Number(bytes.readBigUInt64BE(8)) / 2 ** 32) * 1000);
      if (bytes.length < LEAST || bytes.readUInt32BE(8) !== this.#ssrc) return;
      const of = bytes.readUInt32BE(bytes.length - 4);
      const [sequence, timestamp] = [bytes.readUInt16BE(2), bytes.readUInt32BE(4)];
      this.packets.push({ sequence, timestamp, length: bytes.length - extensionsIn(bytes), of });
    });
    for (const event of ['score', 'layerschange', 'producerpause', 'producerresume', 'producerclose'] as const)
      consumer.on(event, () => this.told.push(event));
  }

  /** What a browser tells each second (RFC 3550, 6.4.2). @param lost since the beginning @param fraction of late, in 256 parts */
  receiverReport({ lost, fraction }: { readonly lost: number; readonly fraction: number }): void {
    const bytes = Buffer.alloc(32);
    bytes.set([0x81, 201, 0, 7]);
    bytes.writeUInt32BE(this.#ssrc, 8);
    bytes.writeUInt32BE(((fraction << 24) | lost) >>> 0, 12);
    this.#socket.send(bytes, this.#port, this.#workerIp);
  }

  /** Asks for a key frame as a browser does. */
  pli(): void {
    const bytes = Buffer.from([0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0]);
    bytes.writeUInt32BE(this.#ssrc, 8);
    this.#socket.send(bytes, this.#port, this.#workerIp);
  }

  close(): void {
    this.#socket.close();
  }
}

/** That a viewer got one packet after the other, and none twice. */
export const wholeSequence = ({ packets }: PlainSink): void => {
  for (const [i, { sequence }] of packets.entries())
    if (i > 0) assert.equal((sequence - (packets[i - 1]?.sequence ?? 0)) & 0xffff, 1);
};
