import { createSocket } from 'node:dgram';

// A camera of few packets and the receivers' side of weak lines: each second a report of three packets of five lost for each. What comes is thrown away.

export interface WeakLines {
  readonly camera: number;
  readonly viewers: { readonly port: number; readonly ssrc: number }[];
}

const PACKETS_A_SECOND = 5;
const LOST_A_SECOND = 3;
/** The same in 256 parts. */
const FRACTION = 154;

const deaf = createSocket('udp4').bind(0, '127.0.0.1', () => process.send?.(deaf.address().port));
const sender = createSocket('udp4');

process.on('message', ({ camera, viewers }: WeakLines) => {
  let sequence = 0;
  setInterval(() => sender.send(packet(sequence++), camera, '127.0.0.1'), 1000 / PACKETS_A_SECOND);
  let turn = 0;
  // A tenth of them in each tenth of a second.
  setInterval(() => {
    const lost = Math.floor(turn / 10) * LOST_A_SECOND;
    for (let i = turn++ % 10; i < viewers.length; i += 10) {
      const viewer = viewers[i];
      // From the address that the worker sends to: it takes reports from nowhere else.
      if (viewer) deaf.send(report(viewer.ssrc, lost), viewer.port, '127.0.0.1');
    }
  }, 100);
});
process.on('disconnect', () => process.exit(0));

/** VP8: key frames of 640x360 in one packet each. */
function packet(sequence: number): Buffer {
  const bytes = Buffer.alloc(900);
  bytes.set([0x80, 0x80 | 101]);
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE((sequence * 4500) >>> 0, 4);
  bytes.writeUInt32BE(1111, 8);
  bytes.set([0x90, 0x80], 12);
  bytes.writeUInt16BE(0x8000 | (sequence & 0x7fff), 14);
  bytes.set([0x10, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0x68, 1], 16);
  return bytes;
}

/** RFC 3550, 6.4.2. */
function report(ssrc: number, lost: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.set([0x81, 201, 0, 7]);
  bytes.writeUInt32BE(ssrc, 8);
  bytes.writeUInt32BE(((FRACTION << 24) | (lost & 0xffffff)) >>> 0, 12);
  return bytes;
}
