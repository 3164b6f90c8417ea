import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** How a request proves what its sender knows; nothing of it when absent. */
export interface StunProof {
  /** MESSAGE-INTEGRITY with this ICE password. */
  readonly password?: string;
  readonly fingerprint?: boolean;
}

/** A framed STUN binding request as libjuice and libwebrtc write it. */
export function framedRequest(username: string | undefined, proof: StunProof = {}): Buffer {
  const message = request(username, proof);
  const frame = Buffer.alloc(2);
  frame.writeUInt16BE(message.length, 0);
  return Buffer.concat([frame, message]);
}

/** The same without its frame, as it goes by UDP. */
export function request(username: string | undefined, { password, fingerprint = false }: StunProof = {}): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(0x0001, 0);
  header.writeUInt32BE(0x2112a442, 4);
  let message = Buffer.concat([header, Buffer.from('00240004' + '6e7f1eff', 'hex')]);
  // The length counts the attribute that is made of all before it.
  const append = (type: number, bytes: number, make: () => Buffer) => {
    message.writeUInt16BE(message.length - 20 + 4 + Math.ceil(bytes / 4) * 4, 2);
    const attribute = Buffer.alloc(4 + Math.ceil(bytes / 4) * 4);
    attribute.writeUInt16BE(type, 0);
    attribute.writeUInt16BE(bytes, 2);
    make().copy(attribute, 4);
    message = Buffer.concat([message, attribute]);
  };
  message.writeUInt16BE(message.length - 20, 2);
  if (username !== undefined) append(0x0006, username.length, () => Buffer.from(username));
  if (password !== undefined) append(0x0008, 20, () => createHmac('sha1', password).update(message).digest());
  if (fingerprint)
    append(0x8028, 4, () => {
      const value = Buffer.alloc(4);
      value.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0, 0);
      return value;
    });
  return message;
}
