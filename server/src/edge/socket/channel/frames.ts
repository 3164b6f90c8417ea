import type { Server } from 'socket.io';

interface EnginePacket {
  readonly type: string;
  readonly data?: unknown;
  /** One object for all receivers of a broadcast. */
  readonly options: { wsPreEncodedFrame?: readonly Buffer[] };
}

/**
 * Writes each text as one WebSocket frame in one buffer. Left to itself, ws hands head and body of a frame to the
 * stream as two pieces, which costs every prompt and every receipt a corked pair of writes.
 */
export function writeWholeFrames(io: Server): void {
  io.engine.on(
    'connection',
    (connection: { on(event: 'packetCreate', listener: (packet: EnginePacket) => void): void }) =>
      connection.on('packetCreate', writeWhole),
  );
}

function writeWhole({ type, data, options }: EnginePacket): void {
  const known = options.wsPreEncodedFrame;
  if (type === 'ping' && data === undefined) options.wsPreEncodedFrame = PING;
  else if (type !== 'message' || typeof data !== 'string') return;
  else if (known === undefined) options.wsPreEncodedFrame = [textFrame(MESSAGE, data)];
  else if (known.length > 1) options.wsPreEncodedFrame = [Buffer.concat(known)];
}

/** FIN, and the opcode for text. */
const FIN_TEXT = 0x81;

/**
 * @param type what engine.io begins the packet with, as a code of ASCII
 * @returns a frame of RFC 6455, section 5.2, as a server sends it: unmasked
 */
export function textFrame(type: number, text: string): Buffer {
  const length = Buffer.byteLength(text) + 1;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = FIN_TEXT;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame[head] = type;
  frame.write(text, head + 1);
  return frame;
}

/** Packet types of engine.io, as it writes them. */
export const MESSAGE = 0x34;
const PING = [textFrame(0x32, '')];
