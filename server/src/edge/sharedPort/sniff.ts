/** What the first bytes of a connection say it is. */
export type Sniffed =
  | { readonly kind: 'more' }
  | { readonly kind: 'tls' }
  | { readonly kind: 'http' }
  | { readonly kind: 'stun'; readonly ufrag: string }
  | { readonly kind: 'garbage' };

const TLS_HANDSHAKE = 0x16;
const FRAME_HEADER = 2; // RFC 4571: the length of what follows
const STUN_HEADER = 20; // RFC 8489, section 5
const MAGIC_COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const USERNAME = 0x0006;
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
  const ufrag = askedUfrag(bytes.subarray(FRAME_HEADER, FRAME_HEADER + length));
  return ufrag === undefined ? garbage : { kind: 'stun', ufrag };
}

function askedUfrag(message: Uint8Array): string | undefined {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  for (let at = STUN_HEADER; at + 4 <= message.length; ) {
    const type = view.getUint16(at);
    const length = view.getUint16(at + 2);
    const value = message.subarray(at + 4, at + 4 + length);
    if (value.length < length) return undefined;
    if (type === USERNAME) return /^([\w+/]{4,256}):/.exec(new TextDecoder().decode(value))?.[1];
    at += 4 + ((length + 3) & ~3);
  }
  return undefined;
}
