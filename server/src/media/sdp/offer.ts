import { type Attributes, all, first, readSdp, type SdpDocument, type SdpSection } from './document.ts';
import { type DtlsClaim, readFingerprints, readRole } from './dtls.ts';
import { readIce } from './transport.ts';
import { type IceCredentials, type OfferedSection, type PublisherOffer, SdpError } from './types.ts';

/** A token of RFC 8866, as RFC 5888 asks for. */
const MID = /^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]{1,32}$/;
const RID = /^[A-Za-z0-9_-]{1,16}$/;
/** LiveKit's clients use three layers. */
const MAX_RIDS = 4;
/** RFC 8829, section 5.1.2: any of these is to be taken for RTP over DTLS, and repeated in the answer. */
const RTP = /^((UDP|TCP)\/(TLS|DTLS)\/)?RTP\/S?AVPF?$/;

/** The text behind an offer, for the functions of this folder only; offers made elsewhere have none. */
const sources = new WeakMap<PublisherOffer, ReadonlyMap<string, SdpSection>>();

/**
 * Parses what a client offers on its publisher connection.
 * Sections that we can't serve are closed in it.
 * @throws SdpError when it is malformed, or does not tell how to reach the client.
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
  const bundled = bundledOnly(document, sections);
  const offer: PublisherOffer = {
    transport: readTransport(document, bundled, source),
    extmapAllowMixed: document.attributes.has('extmap-allow-mixed'),
    sections: bundled,
  };
  sources.set(offer, source);
  return offer;
}

export type MediaSection = Extract<OfferedSection, { kind: 'audio' | 'video' }>;
export const isMedia = (section: OfferedSection): section is MediaSection =>
  section.kind === 'audio' || section.kind === 'video';

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
  if (kind === 'application') return { kind, mid, closed: closed || !raw.protocol.endsWith('DTLS/SCTP') };
  if (kind !== 'audio' && kind !== 'video') return { kind: 'foreign', mid, closed: true };
  const served = !closed && RTP.test(raw.protocol);
  return {
    kind,
    mid,
    closed: !served,
    sending: served && isSending(attributes),
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

/**
 * `a=simulcast:send q;~h;f,g`: the first alternative of each, paused or not; else the `a=rid` lines themselves. RFC 8853,
 * section 5.3: those that have no line are left out; and of too many the last.
 */
function readRids(attributes: Attributes): string[] {
  const sent = all(attributes, 'rid').flatMap((line) => {
    const [rid = '', direction] = line.split(' ');
    return direction === 'send' && RID.test(rid) ? [rid] : [];
  });
  const simulcast = first(attributes, 'simulcast')?.trim().split(' ') ?? [];
  const list = simulcast[simulcast.indexOf('send') + 1];
  const rids =
    simulcast.includes('send') && list !== undefined
      ? list.split(';').map((alternatives) => (alternatives.split(',')[0] ?? '').replace('~', ''))
      : sent;
  return [...new Set(rids)].filter((rid) => sent.includes(rid)).slice(0, MAX_RIDS);
}

/**
 * Everything runs over one transport: the bundle's, or the first section's where there is none. What stands outside is
 * closed, as RFC 8829 has it for `max-bundle`.
 */
function bundledOnly(document: SdpDocument, sections: readonly OfferedSection[]): OfferedSection[] {
  const group = all(document.attributes, 'group').find((value) => value.startsWith('BUNDLE '));
  const open = sections.filter((section) => !section.closed).map((section) => section.mid);
  const inside = new Set(group === undefined ? open.slice(0, 1) : group.split(' ').slice(1));
  return sections.map((section) => (section.closed || inside.has(section.mid) ? section : closedSection(section)));
}

const closedSection = (section: OfferedSection): OfferedSection =>
  'sending' in section ? { ...section, closed: true, sending: false } : { ...section, closed: true };

/** Credentials stand in the session or in the first open section (all of a bundle have the same). */
function readTransport(
  document: SdpDocument,
  sections: readonly OfferedSection[],
  source: ReadonlyMap<string, SdpSection>,
): { ice: IceCredentials; dtls: DtlsClaim } | undefined {
  const open = sections.find((section) => !section.closed);
  const raw = open && source.get(open.mid);
  if (!raw) return undefined;
  const places = [raw.attributes, document.attributes];
  return { ice: readIce(places), dtls: { fingerprints: readFingerprints(places), role: readRole(places) } };
}
