/** RTCP as a browser sends it (RFC 3550, RFC 4585, RFC 5104, draft-alvestrand-rmcat-remb). */

export interface SenderReport {
  readonly ssrc: number;
  /** Middle 32 bits of the NTP time, which a receiver report repeats. */
  readonly lsr: number;
}

export interface ReceiverBlock {
  readonly ssrc: number;
  /** 0..255 of the packets since the last report. */
  readonly fractionLost: number;
  readonly totalLost: number;
  readonly highestSequence: number;
  readonly jitter: number;
  readonly lsr: number;
  /** Since that sender report, in 1/65536 s. */
  readonly delay: number;
}

/** What a sender or receiver has to react to, out of one compound packet. */
export interface RtcpNews {
  readonly senderReports: SenderReport[];
  /** Streams that somebody wants a key frame of. */
  readonly keyFrameRequests: number[];
  readonly nacks: { readonly ssrc: number; readonly sequences: number[] }[];
}

export function readRtcp(data: Buffer): RtcpNews {
  const news: RtcpNews = { senderReports: [], keyFrameRequests: [], nacks: [] };
  for (let at = 0; at + 8 <= data.length; ) {
    const format = (data[at] ?? 0) & 0x1f;
    const type = data[at + 1];
    const end = at + 4 * (data.readUInt16BE(at + 2) + 1);
    if (end > data.length) break;
    if (type === 200 && end - at >= 28) {
      news.senderReports.push({ ssrc: data.readUInt32BE(at + 4), lsr: data.readUInt32BE(at + 10) });
    }
    if (type === 206 && format === 1) news.keyFrameRequests.push(data.readUInt32BE(at + 8));
    if (type === 206 && format === 4 && end - at >= 20) news.keyFrameRequests.push(data.readUInt32BE(at + 12));
    if (type === 205 && format === 1)
      news.nacks.push({ ssrc: data.readUInt32BE(at + 8), sequences: lost(data, at, end) });
    at = end;
  }
  return news;
}

function lost(data: Buffer, at: number, end: number): number[] {
  const sequences: number[] = [];
  for (let i = at + 12; i + 4 <= end; i += 4) {
    const first = data.readUInt16BE(i);
    sequences.push(first);
    for (let bit = 0; bit < 16; bit++) {
      if (data.readUInt16BE(i + 2) & (1 << bit)) sequences.push((first + bit + 1) & 0xffff);
    }
  }
  return sequences;
}

/** Pads to whole words and writes the common header. */
export function rtcpPacket(type: number, count: number, body: Buffer): Buffer {
  const words = Math.ceil(body.length / 4);
  const packet = Buffer.alloc(4 + 4 * words);
  packet[0] = 0x80 | count;
  packet[1] = type;
  packet.writeUInt16BE(words, 2);
  body.copy(packet, 4);
  return packet;
}

export function receiverReport(ssrc: number, blocks: readonly ReceiverBlock[], cname: string): Buffer {
  const body = Buffer.alloc(4 + 24 * blocks.length);
  body.writeUInt32BE(ssrc, 0);
  blocks.forEach((block, i) => {
    const at = 4 + 24 * i;
    body.writeUInt32BE(block.ssrc, at);
    body.writeUInt32BE(((block.fractionLost & 0xff) << 24) >>> 0, at + 4);
    body.writeUIntBE(Math.min(0x7fffff, Math.max(0, block.totalLost)), at + 5, 3);
    body.writeUInt32BE(block.highestSequence >>> 0, at + 8);
    body.writeUInt32BE(block.jitter >>> 0, at + 12);
    body.writeUInt32BE(block.lsr >>> 0, at + 16);
    body.writeUInt32BE(block.delay >>> 0, at + 20);
  });
  return Buffer.concat([rtcpPacket(201, blocks.length, body), sourceDescription(ssrc, cname)]);
}

export function senderReport(
  ssrc: number,
  o: { now: number; timestamp: number; packets: number; bytes: number; cname: string },
): Buffer {
  const body = Buffer.alloc(24);
  const seconds = o.now / 1000 + 2_208_988_800;
  body.writeUInt32BE(ssrc, 0);
  body.writeUInt32BE(Math.floor(seconds) >>> 0, 4);
  body.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32) >>> 0, 8);
  body.writeUInt32BE(o.timestamp >>> 0, 12);
  body.writeUInt32BE(o.packets >>> 0, 16);
  body.writeUInt32BE(o.bytes >>> 0, 20);
  return Buffer.concat([rtcpPacket(200, 0, body), sourceDescription(ssrc, o.cname)]);
}

function sourceDescription(ssrc: number, cname: string): Buffer {
  const body = Buffer.alloc(4 + 2 + cname.length + 1);
  body.writeUInt32BE(ssrc, 0);
  body[4] = 1;
  body[5] = cname.length;
  body.write(cname, 6, 'latin1');
  return rtcpPacket(202, 1, body);
}

/** Packets that two bytes of a transport-wide feedback tell of at most. */
const RUN = 8_191;

const feedbackHead = (sender: number, media: number): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(sender, 0);
  head.writeUInt32BE(media >>> 0, 4);
  return head;
};

export const pictureLossIndication = (sender: number, media: number): Buffer =>
  rtcpPacket(206, 1, feedbackHead(sender, media));

/** @param number of the request: one that is repeated has the same */
export function fullIntraRequest(sender: number, media: number, number: number): Buffer {
  const item = feedbackHead(media, (number & 0xff) << 24);
  return rtcpPacket(206, 4, Buffer.concat([feedbackHead(sender, 0), item]));
}

/** A report by which the round trip is this short, whatever it is. */
export function forgedReport(
  sender: number,
  media: number,
  heard: { lsr: number; at: number },
  roundTripMs: number,
): Buffer {
  const delay = Math.max(1, Math.round(((performance.now() - heard.at - roundTripMs) * 65_536) / 1_000));
  const nothing = { fractionLost: 0, totalLost: 0, highestSequence: 0, jitter: 0 };
  return receiverReport(sender, [{ ...nothing, ssrc: media, lsr: heard.lsr, delay }], 'viewer');
}

/** @param sequences ascending (with wrap) */
export function nack(sender: number, media: number, sequences: readonly number[]): Buffer {
  const pairs: Buffer[] = [];
  for (let i = 0; i < sequences.length; ) {
    const first = sequences[i++] ?? 0;
    let bits = 0;
    for (; i < sequences.length; i++) {
      const distance = ((sequences[i] ?? 0) - first) & 0xffff;
      if (distance === 0 || distance > 16) break;
      bits |= 1 << (distance - 1);
    }
    const pair = Buffer.alloc(4);
    pair.writeUInt16BE(first, 0);
    pair.writeUInt16BE(bits, 2);
    pairs.push(pair);
  }
  return rtcpPacket(205, 1, Buffer.concat([feedbackHead(sender, media), ...pairs]));
}

/** @param lost how many packets in a row did not come (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1.3) */
export function transportFeedback(sender: number, media: number, lost: number): Buffer {
  const runs = Array.from({ length: Math.ceil(lost / RUN) }, (_, i) => Math.min(RUN, lost - i * RUN));
  const body = Buffer.alloc(8 + 2 * runs.length);
  body.writeUInt16BE(lost, 2);
  for (const [i, run] of runs.entries()) body.writeUInt16BE(run, 8 + 2 * i);
  return rtcpPacket(205, 15, Buffer.concat([feedbackHead(sender, media), body]));
}

/** Receiver's estimate of the line, for servers that do not use transport-wide feedback. */
export function remb(sender: number, bitsPerSecond: number, ssrcs: readonly number[]): Buffer {
  let [exponent, mantissa] = [0, Math.floor(bitsPerSecond)];
  while (mantissa > 0x3ffff) {
    mantissa = Math.floor(mantissa / 2);
    exponent += 1;
  }
  const body = Buffer.alloc(8 + 4 * ssrcs.length);
  body.write('REMB', 0, 'latin1');
  body[4] = ssrcs.length;
  body.writeUIntBE((exponent << 18) | mantissa, 5, 3);
  for (const [i, ssrc] of ssrcs.entries()) body.writeUInt32BE(ssrc, 8 + 4 * i);
  return rtcpPacket(206, 15, Buffer.concat([feedbackHead(sender, 0), body]));
}
