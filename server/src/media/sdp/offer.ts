import { type Attributes, all, first, readSdp, type SdpDocument, type SdpSection } from './document.ts';
import { type DtlsClaim, readRole } from './dtls.ts';
import { readFingerprints, readIce } from './transport.ts';
import { type IceCredentials, type OfferedSection, type PublisherOffer, SdpError } from './types.ts';

const MID = /^[A-Za-z0-9_-]{1,32}$/;
const RID = /^[A-Za-z0-9_-]{1,16}$/;
/** LiveKit's clients use three layers. */
const MAX_RIDS = 4;

/** The text behind an offer, for the functions of this folder only; offers made elsewhere have none. */
const sources = new WeakMap<PublisherOffer, ReadonlyMap<string, SdpSection>>();

/**
 * Parses what a client offers on its publisher connection.
 * @throws SdpError when it is malformed, or asks for something that we can't be: a peer without BUNDLE.
 */
export function parsePublisherOffer(sdp: string): PublisherOffer {
  const document = readSdp(sdp);
  if (document.sections.length === 0) throw new SdpError('offer has no section');
  const source = new Map<string, SdpSection>();
  const sections = document.sections.map((raw) => {
    const section = readSection(raw);
    if (source.has(section.mid)) throw new SdpError('offer uses one mid twice');
    source.set(section.mid, raw);
    return section;
  });
  requireBundle(document, sections);
  const offer: PublisherOffer = {
    ...readTransport(document, sections, source),
    extmapAllowMixed: document.attributes.has('extmap-allow-mixed'),
    sections,
  };
  sources.set(offer, source);
  return offer;
}

/** @throws SdpError when the offer has no such section */
export function sourceOf(offer: PublisherOffer, mid: string): SdpSection {
  const section = sources.get(offer)?.get(mid);
  if (!section) throw new SdpError('offer has no such section');
  return section;
}

function readSection(raw: SdpSection): OfferedSection {
  const { attributes, kind } = raw;
  const mid = first(attributes, 'mid');
  if (mid === undefined || !MID.test(mid)) throw new SdpError('section has no usable mid');
  const closed = raw.port === 0 && !attributes.has('bundle-only');
  if (kind === 'application') {
    if (!closed && !raw.protocol.endsWith('/DTLS/SCTP'))
      throw new SdpError('application section is not SCTP over DTLS');
    return { kind, mid, closed };
  }
  if (kind !== 'audio' && kind !== 'video') throw new SdpError('section is neither audio, video nor application');
  if (!closed && !raw.protocol.endsWith('RTP/SAVPF')) throw new SdpError('media section is not RTP/SAVPF');
  return {
    kind,
    mid,
    closed,
    sending: !closed && isSending(attributes),
    track: readTrack(attributes),
    rids: kind === 'video' ? readRids(attributes) : [],
  };
}

/** Without any direction, RFC 8866 means sendrecv. */
const isSending = (attributes: Attributes): boolean =>
  attributes.has('sendonly') ||
  attributes.has('sendrecv') ||
  !(attributes.has('recvonly') || attributes.has('inactive'));

function readTrack(attributes: Attributes): string | undefined {
  const track = first(attributes, 'msid')?.trim().split(' ')[1];
  return track === undefined || track === '' || track.length > 256 ? undefined : track;
}

/** `a=simulcast:send q;~h;f,g`: the first alternative of each, paused or not; else the `a=rid` lines themselves. */
function readRids(attributes: Attributes): string[] {
  const sent = all(attributes, 'rid').flatMap((line) => {
    const [rid = '', direction] = line.split(' ');
    return direction === 'send' ? [rid] : [];
  });
  const simulcast = first(attributes, 'simulcast')?.trim().split(' ') ?? [];
  const list = simulcast[simulcast.indexOf('send') + 1];
  const rids =
    simulcast.includes('send') && list !== undefined
      ? list.split(';').map((alternatives) => (alternatives.split(',')[0] ?? '').replace('~', ''))
      : sent;
  if (rids.length > MAX_RIDS) throw new SdpError(`section has more than ${MAX_RIDS} layers`);
  if (new Set(rids).size !== rids.length || rids.some((rid) => !RID.test(rid) || !sent.includes(rid))) {
    throw new SdpError('section has malformed rids');
  }
  return rids;
}

/** Everything runs over one transport, so whatever is open must be bundled. */
function requireBundle(document: SdpDocument, sections: readonly OfferedSection[]): void {
  const open = sections.filter((section) => !section.closed);
  if (open.length < 2) return;
  const group = all(document.attributes, 'group').find((value) => value.startsWith('BUNDLE '));
  const bundled = new Set(group?.split(' '));
  if (open.some((section) => !bundled.has(section.mid))) throw new SdpError('offer has a section outside of BUNDLE');
}

/** Credentials stand in the session or in the first open section (all of a bundle have the same). */
function readTransport(
  document: SdpDocument,
  sections: readonly OfferedSection[],
  source: ReadonlyMap<string, SdpSection>,
): { ice: IceCredentials; dtls: DtlsClaim } {
  const open = sections.find((section) => !section.closed);
  const raw = open && source.get(open.mid);
  if (!raw) throw new SdpError('offer has no open section');
  const places = [raw.attributes, document.attributes];
  return { ice: readIce(places), dtls: { fingerprints: readFingerprints(places), role: readRole(places) } };
}
