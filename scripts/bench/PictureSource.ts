import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { types as ms } from 'mediasoup';
import { senderReport } from '../load/rtcp.ts';

const PAYLOAD_TYPE = 101;
const FRAME_MS = 40;
const REPORT_EVERY_FRAMES = 12;
const LOOPBACK = { protocol: 'udp', ip: '127.0.0.1' } as const;
/** Packets of a frame, by layer: about 0.2, 0.7 and 1.8 Mbit/s. */
const PACKETS = [1, 3, 8];
const BYTES = 1_100;
const SSRCS = [2001, 2002, 2003];
/** Where in a packet its number is told: layer, frame, and place in the frame. */
const TOLD_AT = BYTES - 12;
const feedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'ccm', parameter: 'fir' }];

export interface SentPacket {
  /** Which one sent it, of several. */
  readonly camera: number;
  readonly layer: number;
  readonly frame: number;
  readonly index: number;
  readonly last: boolean;
  readonly isKey: boolean;
}

/** What this source wrote into a packet, wherever it has come through. */
export function read(bytes: Buffer): SentPacket | undefined {
  if (bytes.length < BYTES - 20) return undefined;
  const at = bytes.length - (BYTES - TOLD_AT);
  const flags = bytes.readUInt32BE(at + 8);
  return {
    layer: bytes.readUInt32BE(at) >>> 16,
    index: bytes.readUInt32BE(at) & 0xffff,
    frame: bytes.readUInt32BE(at + 4),
    last: (flags & 1) !== 0,
    isKey: (flags & 2) !== 0,
    camera: flags >>> 8,
  };
}

/** A camera of three layers as plain RTP, whose pictures are whole by themselves only when somebody asked for one. */
export class PictureSource {
  readonly producer: ms.Producer;
  readonly #socket: Socket;
  readonly #port: number;
  readonly #camera: number;
  readonly #timer: NodeJS.Timeout;
  readonly #asked = new Set(SSRCS);
  readonly #sequence = SSRCS.map(() => 0);
  #frames = 0;

  static async create(router: ms.Router, keyFrameRequestDelay: number, camera = 0): Promise<PictureSource> {
    const transport = await router.createPlainTransport({ listenInfo: LOOPBACK, rtcpMux: true, comedia: true });
    const codec = { mimeType: 'video/VP8', payloadType: PAYLOAD_TYPE, clockRate: 90_000, rtcpFeedback: feedback };
    const encodings = SSRCS.map((ssrc) => ({ ssrc, scalabilityMode: 'L1T1' }));
    const rtpParameters = { codecs: [codec], encodings, rtcp: { cname: 'camera' } };
    const producer = await transport.produce({ kind: 'video', keyFrameRequestDelay, rtpParameters });
    const socket = createSocket('udp4').bind(0, LOOPBACK.ip);
    await once(socket, 'listening');
    return new PictureSource(producer, socket, transport.tuple.localPort, camera);
  }

  private constructor(producer: ms.Producer, socket: Socket, port: number, camera: number) {
    this.#camera = camera;
    this.producer = producer;
    this.#socket = socket;
    this.#port = port;
    socket.on('message', (bytes) => this.#hear(bytes));
    this.#timer = setInterval(() => this.#frame(), FRAME_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  /** Requests for a picture, among the reports of the worker. */
  #hear(bytes: Buffer): void {
    for (let at = 0; at + 12 <= bytes.length; at += 4 * (bytes.readUInt16BE(at + 2) + 1)) {
      const [format = 0, type] = bytes.subarray(at, at + 2);
      if (type === 206 && [1, 4].includes(format & 0x1f)) this.#asked.add(bytes.readUInt32BE(at + 8));
    }
  }

  #frame(): void {
    const frame = this.#frames++;
    for (const [layer, ssrc] of SSRCS.entries()) {
      if (frame % REPORT_EVERY_FRAMES === 0) this.#report(layer, ssrc, frame);
      const isKey = this.#asked.delete(ssrc);
      const count = PACKETS[layer] ?? 1;
      for (let index = 0; index < count; index++) {
        const sent = { camera: this.#camera, layer, frame, index, last: index === count - 1, isKey };
        const sequence = (this.#sequence[layer] ?? 0) & 0xffff;
        this.#sequence[layer] = sequence + 1;
        this.#socket.send(packet(ssrc, sequence, sent), this.#port, LOOPBACK.ip);
      }
    }
  }

  /** By these a worker knows what time layers have in common, so that a viewer can go from one to another. */
  #report(layer: number, ssrc: number, frame: number): void {
    const packets = this.#sequence[layer] ?? 0;
    const at = { now: Date.now(), timestamp: frame * FRAME_MS * 90, packets, bytes: packets * BYTES, cname: 'camera' };
    this.#socket.send(senderReport(ssrc, at), this.#port, LOOPBACK.ip);
  }
}

function packet(ssrc: number, sequence: number, sent: SentPacket): Buffer {
  const { camera, layer, frame, index, last, isKey } = sent;
  const bytes = Buffer.alloc(BYTES);
  bytes[0] = 0x80;
  bytes[1] = PAYLOAD_TYPE | (last ? 0x80 : 0);
  bytes.writeUInt16BE(sequence, 2);
  bytes.writeUInt32BE((frame * FRAME_MS * 90) >>> 0, 4);
  bytes.writeUInt32BE(ssrc, 8);
  // VP8: picture id and TL0PICIDX, then in the first packet whether the picture is whole, and its size.
  bytes.set([0x80 | (index === 0 ? 0x10 : 0), 0xe0], 12);
  bytes.writeUInt16BE(0x8000 | (frame & 0x7fff), 14);
  bytes.set([frame & 0xff, 0], 16);
  if (index === 0) bytes.set(isKey ? [0x10, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0x68, 1] : [0x11], 18);
  bytes.writeUInt32BE(((layer << 16) | index) >>> 0, TOLD_AT);
  bytes.writeUInt32BE(frame, TOLD_AT + 4);
  bytes.writeUInt32BE((last ? 1 : 0) | (isKey ? 2 : 0) | (camera << 8), TOLD_AT + 8);
  return bytes;
}
