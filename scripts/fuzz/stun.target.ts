import { MAX_FRAME, sniff } from '../../server/src/edge/sharedPort/sniff.ts';
import { attribute, provesPassword, STUN_HEADER } from '../../server/src/edge/sharedPort/stun.ts';

const PASSWORD = 'a password of ICE';

/** One input is what a connection to the page's port begins with, whole and as it may come in pieces. */
export function fuzz(data: Buffer): void {
  const whole = sniff(data);
  // What was decided early stays decided, however the bytes were cut.
  for (const at of [1, 2, 4, 10, 22, data.length >> 1]) {
    const early = sniff(data.subarray(0, Math.min(at, data.length)));
    if (early.kind !== 'more' && early.kind !== whole.kind) throw new Error(`${early.kind} became ${whole.kind}`);
  }
  if (whole.kind === 'more' && data.length > MAX_FRAME + 2) throw new Error('it would gather bytes for ever');
  if (whole.kind === 'stun') {
    if (!/^[\w+/]{4,256}$/.test(whole.ufrag)) throw new Error(`a ufrag that is none: ${whole.ufrag}`);
    if (provesPassword(whole.message, PASSWORD)) throw new Error('proves a password without knowing it');
  }
  provesPassword(data, PASSWORD);
  for (let type = 0; type < 0x30; type++) attribute(data, type, Math.min(STUN_HEADER, data.length));
}
