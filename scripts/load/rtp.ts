/** The fields of an RTP packet that a receiver needs (RFC 3550, RFC 8285). */
export interface RtpPacket {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** Header extension by id, where it begins and ends in `data`. */
  extension(id: number): Buffer | undefined;
  readonly payload: Buffer;
}

/** RFC 5761: payload types 64 to 95 of a muxed stream are RTCP. */
export const isRtcp = (data: Buffer): boolean => {
  const type = data[1] ?? 0;
  return type >= 192 && type <= 223;
};

/** @returns undefined for anything that is not RTP of version 2 */
export function readRtp(data: Buffer): RtpPacket | undefined {
  if (data.length < 12 || (data[0] ?? 0) >> 6 !== 2) return undefined;
  const first = data[0] ?? 0;
  let at = 12 + 4 * (first & 0x0f);
  let [profile, extensions] = [0, data.subarray(0, 0)];
  if (first & 0x10) {
    if (data.length < at + 4) return undefined;
    profile = data.readUInt16BE(at);
    const length = 4 * data.readUInt16BE(at + 2);
    extensions = data.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  const padding = first & 0x20 ? (data[data.length - 1] ?? 0) : 0;
  if (at + padding > data.length) return undefined;
  return {
    marker: ((data[1] ?? 0) & 0x80) !== 0,
    payloadType: (data[1] ?? 0) & 0x7f,
    sequence: data.readUInt16BE(2),
    timestamp: data.readUInt32BE(4),
    ssrc: data.readUInt32BE(8),
    extension: (id) => findExtension(profile, extensions, id),
    payload: data.subarray(at, data.length - padding),
  };
}

function findExtension(profile: number, data: Buffer, id: number): Buffer | undefined {
  const long = (profile & 0xfff0) === 0x1000;
  if (!long && profile !== 0xbede) return undefined;
  for (let at = 0; at < data.length; ) {
    const head = data[at] ?? 0;
    if (head === 0) {
      at += 1;
      continue;
    }
    const found = long ? head : head >> 4;
    const length = long ? (data[at + 1] ?? 0) : (head & 0x0f) + 1;
    at += long ? 2 : 1;
    if (found === id) return data.subarray(at, at + length);
    at += length;
  }
  return undefined;
}

/** @param extensions short header extensions by id, 1 to 16 bytes each */
export function writeRtp(packet: {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  extensions: readonly (readonly [id: number, value: Buffer])[];
  payload: readonly Buffer[];
}): Buffer {
  const header = Buffer.alloc(12);
  header[0] = packet.extensions.length > 0 ? 0x90 : 0x80;
  header[1] = (packet.marker ? 0x80 : 0) | packet.payloadType;
  header.writeUInt16BE(packet.sequence & 0xffff, 2);
  header.writeUInt32BE(packet.timestamp >>> 0, 4);
  header.writeUInt32BE(packet.ssrc, 8);
  const values = packet.extensions.flatMap(([id, value]) => [Buffer.of((id << 4) | (value.length - 1)), value]);
  const body = Buffer.concat(values);
  const words = Math.ceil(body.length / 4);
  const extension = Buffer.alloc(packet.extensions.length > 0 ? 4 + 4 * words : 0);
  if (extension.length > 0) {
    extension.writeUInt16BE(0xbede, 0);
    extension.writeUInt16BE(words, 2);
    body.copy(extension, 4);
  }
  return Buffer.concat([header, extension, ...packet.payload]);
}

/** What a VP8 packet says of its frame (RFC 7741). */
export interface Vp8Packet {
  readonly startsFrame: boolean;
  /** Only where the packet starts a frame: can be decoded without any other. */
  readonly key: boolean;
}

export function readVp8(payload: Buffer): Vp8Packet | undefined {
  const first = payload[0];
  if (first === undefined) return undefined;
  let at = 1;
  if (first & 0x80) {
    const bits = payload[at++] ?? 0;
    if (bits & 0x80) at += (payload[at] ?? 0) & 0x80 ? 2 : 1;
    if (bits & 0x40) at += 1;
    if (bits & 0x30) at += 1;
  }
  const frame = payload[at];
  if (frame === undefined) return undefined;
  const startsFrame = (first & 0x17) === 0x10;
  return { startsFrame, key: startsFrame && (frame & 1) === 0 };
}

/** Payload descriptor with picture id, layer 0 index and temporal layer, as libwebrtc sends them for simulcast. */
export function vp8Descriptor(startsFrame: boolean, pictureId: number, tl0: number, temporal = 0): Buffer {
  const id = pictureId & 0x7fff;
  // Each may be the first of its temporal layer that is forwarded.
  const layer = (temporal << 6) | 0x20;
  return Buffer.of(startsFrame ? 0x90 : 0x80, 0xe0, 0x80 | (id >> 8), id & 0xff, tl0 & 0xff, layer);
}
