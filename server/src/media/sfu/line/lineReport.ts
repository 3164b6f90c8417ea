import type { MessageTable, WorkerChannel } from './workerChannel.ts';

/**
 * What the patched worker adds at the end of `enum Method` and `union Body` of its `fbs/request.fbs`, and of `union Body`
 * of its `fbs/response.fbs` (`scripts/worker/patches/05-lines.patch`). A test holds them against those that mediasoup's
 * library knows.
 */
export const WORKER_GET_LINES = 69;
export const WORKER_GET_LINES_REQUEST = 41;
export const WORKER_GET_LINES_RESPONSE = 34;

/** Fields of the response: where in a table's list of places each is. */
const LINES = 4;
const NEXT = 6;
const REFUSED = { retransmissions: 8, keyFrameRequests: 10, rtcpPackets: 12 } as const;
const ID_BYTES = 36;
/** Of one line: the struct `Line` of the patch. */
export const LINE_REPORT_BYTES = 60;

/** What RTCP told last of a consumer, a producer (the worst of its layers) or a transport; what does not apply is 0. */
export interface LineReport {
  /** Packets sent to a consumer since the beginning, and those of them that its receiver misses. */
  readonly sent: number;
  readonly lost: number;
  readonly rttMs: number;
  /** bit/s that come in by a transport, and that it is estimated to carry out; 0: nobody estimates. */
  readonly bitrateIn: number;
  readonly availableOut: number;
  /** Fraction lost by the last report, 0..1, and of a consumer on the way from its sender to here. */
  readonly fractionLost: number;
  readonly lostBefore: number;
}

/** What was refused of the feedback of clients since the worker started (rules FB, `13-feedback.patch`). */
export type RefusedFeedback = Readonly<Record<keyof typeof REFUSED, number>>;

/** What a worker tells each second. */
interface LinesOfWorker {
  /** By the id of what they are of. */
  readonly lines: Map<string, LineReport>;
  readonly refused: RefusedFeedback;
}

/** @param bytes lines one after the other; what is no whole line at the end is left */
export function decodeLines(bytes: Uint8Array, into: Map<string, LineReport> = new Map()): Map<string, LineReport> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + LINE_REPORT_BYTES <= buffer.length; at += LINE_REPORT_BYTES) {
    const rttMs = buffer.readFloatLE(at + 44);
    into.set(buffer.toString('latin1', at, at + ID_BYTES), {
      sent: buffer.readUInt32LE(at + 36),
      lost: buffer.readInt32LE(at + 40),
      rttMs: rttMs > 0 && rttMs < Number.POSITIVE_INFINITY ? rttMs : 0,
      bitrateIn: buffer.readUInt32LE(at + 48),
      availableOut: buffer.readUInt32LE(at + 52),
      fractionLost: buffer.readUInt8(at + 56) / 256,
      lostBefore: buffer.readUInt8(at + 57) / 256,
    });
  }
  return into;
}

/**
 * All lines of a worker. The worker answers with some thousand at a time, so that neither
 * side stands still for long; what comes or goes meanwhile is in it or not.
 * @throws Error when the worker lacks the patch, or has ended
 */
export async function readLines(channel: WorkerChannel): Promise<LinesOfWorker> {
  const lines = new Map<string, LineReport>();
  for (let from = 0n; ; ) {
    const { bytes, next, refused } = await readSome(channel, from);
    decodeLines(bytes, lines);
    // It only ever goes on.
    if (next <= from) return { lines, refused };
    from = next;
  }
}

interface SomeLines {
  readonly bytes: Uint8Array;
  readonly next: bigint;
  readonly refused: RefusedFeedback;
}

async function readSome(channel: WorkerChannel, from: bigint): Promise<SomeLines> {
  const { bufferBuilder: builder } = channel;
  builder.startObject(1);
  builder.addFieldInt64(0, from, 0n);
  const response = await channel.request(WORKER_GET_LINES, WORKER_GET_LINES_REQUEST, builder.endObject(), '');
  if (response.bodyType() !== WORKER_GET_LINES_RESPONSE) throw new Error('the worker answered something else');
  const { bb, bb_pos: table } = response.body({} as MessageTable);
  const lines = bb.__offset(table, LINES);
  const whole = (field: number): bigint => {
    const at = bb.__offset(table, field);
    return at ? bb.readUint64(table + at) : 0n;
  };
  const begin = bb.__vector(table + lines);
  const bytes = bb.bytes().subarray(begin, begin + bb.__vector_len(table + lines) * LINE_REPORT_BYTES);
  const refused = {
    retransmissions: Number(whole(REFUSED.retransmissions)),
    keyFrameRequests: Number(whole(REFUSED.keyFrameRequests)),
    rtcpPackets: Number(whole(REFUSED.rtcpPackets)),
  };
  return { bytes: lines ? bytes : new Uint8Array(), next: whole(NEXT), refused };
}
