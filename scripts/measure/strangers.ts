import { randomBytes } from 'node:crypto';
import { request } from '../../server/test/support/stun.ts';

/** What somebody whom nobody knows may send to a media port by UDP; `ufrag` is one of a transport that is there. */
export const strangers = {
  'random bytes': () => randomBytes(200),
  'STUN of nobody': () => request(`${randomBytes(16).toString('hex')}:x`, { password: 'guessed', fingerprint: true }),
  'STUN, right ufrag, wrong password': (ufrag: string) =>
    request(`${ufrag}:x`, { password: 'guessed', fingerprint: true }),
  'DTLS hello': () => dtlsHello(),
  'RTP of nobody': () => Buffer.concat([Buffer.from([0x80, 96]), randomBytes(1_100)]),
} as const satisfies Record<string, (ufrag: string) => Buffer>;

export type Stranger = keyof typeof strangers;

/** A record of a handshake with a ClientHello of 180 bytes, of which nobody reads more than the head. */
function dtlsHello(): Buffer {
  const hello = Buffer.concat([Buffer.from([1, 0, 0, 180, 0, 0, 0, 0, 0, 0, 0, 180, 0xfe, 0xfd]), randomBytes(178)]);
  const head = Buffer.from([22, 0xfe, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, hello.length >> 8, hello.length & 0xff]);
  return Buffer.concat([head, hello]);
}
