import { z } from 'zod';

/** SCTP payload protocol ids of WebRTC data (RFC 8831, section 8). */
export const ppid = { dcep: 50, text: 51, binary: 53, textEmpty: 56, binaryEmpty: 57 } as const;

/** Data channel OPEN (RFC 8832, section 5.1), as far as we need it. */
export interface ChannelOpen {
  readonly ordered: boolean;
  /** True for any kind of limited retransmission. */
  readonly partial: boolean;
  readonly label: string;
}

const HEADER = 12;
const typeSchema = z.union([0x00, 0x01, 0x02, 0x80, 0x81, 0x82].map((t) => z.literal(t)));

/** Undefined for anything that is not a well-formed OPEN; strangers send this. */
export function parseOpen(message: Uint8Array): ChannelOpen | undefined {
  if (message.length < HEADER || message[0] !== 0x03) return undefined;
  const type = typeSchema.safeParse(message[1]);
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const labelLength = view.getUint16(8);
  const protocolLength = view.getUint16(10);
  if (!type.success || message.length !== HEADER + labelLength + protocolLength) return undefined;
  const label = new TextDecoder().decode(message.subarray(HEADER, HEADER + labelLength));
  return { ordered: type.data < 0x80, partial: (type.data & 0x7f) !== 0, label };
}

/** OPEN for a channel of ours. `lossy`: unordered, no retransmission. */
export function buildOpen(label: string, lossy: boolean): Buffer {
  const name = Buffer.from(label);
  const message = Buffer.alloc(HEADER + name.length);
  message[0] = 0x03;
  message[1] = lossy ? 0x81 : 0x00;
  message.writeUInt16BE(name.length, 8);
  name.copy(message, HEADER);
  return message;
}

export const ack = Buffer.from([0x02]);
export const isAck = (message: Uint8Array): boolean => message[0] === 0x02;
