/** Tags on the wire: field number << 3 | type. */
const tag = {
  ping: [0x70], // SignalRequest.ping, 14
  pingReq: [0x82, 0x01], // SignalRequest.ping_req, 16
  pong: [0x90, 0x01], // SignalResponse.pong, 18
  pongResp: [0xa2, 0x01], // SignalResponse.pong_resp, 20
} as const;
/** Ping.timestamp and Ping.rtt; Pong.last_ping_timestamp and Pong.timestamp. */
const FIRST = 0x08;
const SECOND = 0x10;

/**
 * The frame that answers a frame which is a ping and nothing else; undefined for all others, and for pings of an
 * unusual form. Pings are nearly all that a quiet audience sends, two for each client every five seconds, and the
 * general decoder and encoder cost several times what this does.
 */
export function answerToPing(frame: Uint8Array, nowMs: number): Uint8Array | undefined {
  if (frame[0] === tag.ping[0])
    return varintEnd(frame, 1) === frame.length ? Uint8Array.from([...tag.pong, ...varint(nowMs)]) : undefined;
  if (frame[0] !== tag.pingReq[0] || frame[1] !== tag.pingReq[1] || frame[2] !== frame.length - 3) return undefined;
  if (frame[3] !== FIRST) return undefined;
  const end = varintEnd(frame, 4);
  if (end === undefined) return undefined;
  if (end < frame.length && (frame[end] !== SECOND || varintEnd(frame, end + 1) !== frame.length)) return undefined;
  const body = [...frame.subarray(3, end), SECOND, ...varint(nowMs)];
  return Uint8Array.from([...tag.pongResp, body.length, ...body]);
}

/** Where the number that begins at `at` ends; undefined when it does not, or is longer than 64 bits. */
function varintEnd(frame: Uint8Array, at: number): number | undefined {
  for (let i = at; i < frame.length && i < at + 10; i++) if ((frame[i] as number) < 0x80) return i + 1;
  return undefined;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return bytes;
}
