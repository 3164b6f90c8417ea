import { attribute, STUN_HEADER, USERNAME } from './stun.ts';

/** What the first bytes of a connection say it is. */
export type Sniffed =
  | { readonly kind: 'more' }
  | { readonly kind: 'tls' }
  | { readonly kind: 'http' }
  /** `ufrag` of the one who is asked; `message` is the request without its frame. */
  | { readonly kind: 'stun'; readonly ufrag: string; readonly message: Uint8Array }
  | { readonly kind: 'garbage' };

const TLS_HANDSHAKE = 0x16;
const FRAME_HEADER = 2; // RFC 4571: the length of what follows
const MAGIC_COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
/** A binding request with every attribute in use is a tenth of this. */
export const MAX_FRAME = 1500;

const more: Sniffed = { kind: 'more' };
const garbage: Sniffed = { kind: 'garbage' };

/**
 * TLS and HTTP are known by their first byte. ICE-TCP begins with a framed STUN request, whose USERNAME names first
 * the ICE ufrag of the one who is asked, which is us. Decides as early as it can; never throws.
 */
export function sniff(bytes: Uint8Array): Sniffed {
  const first = bytes[0];
  if (first === undefined) return more;
  if (first === TLS_HANDSHAKE) return { kind: 'tls' };
  if (first >= 0x41 && first <= 0x5a) return { kind: 'http' }; // GET, POST, …
  if (bytes.length < FRAME_HEADER) return first <= MAX_FRAME >> 8 ? more : garbage;

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(0);
  if (length < STUN_HEADER || length > MAX_FRAME) return garbage;
  if (bytes.length >= 4 && view.getUint16(2) !== BINDING_REQUEST) return garbage;
  if (bytes.length >= 10 && view.getUint32(6) !== MAGIC_COOKIE) return garbage;
  if (bytes.length < FRAME_HEADER + length) return more;
  // Before it is answered nobody has anything else to say.
  if (bytes.length > FRAME_HEADER + length + MAX_FRAME) return garbage;
  const message = bytes.subarray(FRAME_HEADER, FRAME_HEADER + length);
  const username = attribute(message, USERNAME);
  const ufrag = username && /^([\w+/]{4,256}):/.exec(new TextDecoder().decode(username.value))?.[1];
  return ufrag === undefined ? garbage : { kind: 'stun', ufrag, message };
}
