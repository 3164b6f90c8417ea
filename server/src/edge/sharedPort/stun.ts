import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** RFC 8489, section 5. */
export const STUN_HEADER = 20;
export const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const FINGERPRINT = 0x8028;
const SHA1_BYTES = 20;
const FINGERPRINT_BYTES = 4;
const FINGERPRINT_XOR = 0x5354554e;

interface Attribute {
  /** Where it begins in the message. */
  readonly at: number;
  readonly value: Uint8Array;
}

/** The first attribute of that type; undefined when there is none, or the message is cut short before it. */
export function attribute(message: Uint8Array, wanted: number, from = STUN_HEADER): Attribute | undefined {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  for (let at = from; at + 4 <= message.length; ) {
    const length = view.getUint16(at + 2);
    const value = message.subarray(at + 4, at + 4 + length);
    if (value.length < length) return undefined;
    if (view.getUint16(at) === wanted) return { at, value };
    at += 4 + ((length + 3) & ~3);
  }
  return undefined;
}

/**
 * Whether whoever wrote this request knows the ICE password: by MESSAGE-INTEGRITY (HMAC-SHA1 with the password as its
 * key, RFC 8489, sections 9.1 and 14.5), and by FINGERPRINT where there is one. Never throws.
 */
export function provesPassword(message: Uint8Array, password: string): boolean {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (message.length < STUN_HEADER || view.getUint16(2) !== message.length - STUN_HEADER) return false;
  const integrity = attribute(message, MESSAGE_INTEGRITY);
  if (integrity?.value.length !== SHA1_BYTES) return false;
  const end = integrity.at + 4 + SHA1_BYTES;
  // The sum is over the message as if it ended with this attribute.
  const signed = Buffer.from(message.subarray(0, integrity.at));
  signed.writeUInt16BE(end - STUN_HEADER, 2);
  if (!timingSafeEqual(createHmac('sha1', password).update(signed).digest(), integrity.value)) return false;
  // Nothing else may follow, as the worker sees it too.
  return end === message.length || endsWithFingerprint(message, end);
}

/** FINGERPRINT is over all before it. */
function endsWithFingerprint(message: Uint8Array, at: number): boolean {
  const found = attribute(message, FINGERPRINT, at);
  if (found?.at !== at || found.value.length !== FINGERPRINT_BYTES) return false;
  if (at + 4 + FINGERPRINT_BYTES !== message.length) return false;
  const told = new DataView(message.buffer, message.byteOffset, message.byteLength).getUint32(at + 4);
  return told === (crc32(message.subarray(0, at)) ^ FINGERPRINT_XOR) >>> 0;
}
