import type { RemoteDtls, TransportDescription } from '../sfu/types.ts';
import { type ChosenCodec, type OfferedCodec, usableCodecs } from './codecs.ts';
import { all, type SdpSection } from './document.ts';
import { settleDtls } from './dtls.ts';
import { acceptedExtensions } from './extensions.ts';
import { isMedia, sourceOf } from './offer.ts';
import { chooseCodec, type PublishAnswer } from './publish.ts';
import { applicationLines, joinLines, newSessionId, sessionLines, transportLines } from './transport.ts';
import {
  type IceCredentials,
  type OfferedSection,
  type PublisherAnswer,
  type PublisherOffer,
  SdpError,
  type SectionAnswer,
} from './types.ts';

/**
 * How a section differs from the last answer: `started` wants to publish where nothing was published; `replaced` wants
 * to publish another track on a mid whose publication has ended; `stopped` ends its publication; `same` goes on;
 * `idle` has nothing to publish (data, closed, or never sending).
 */
export type SectionChange = 'started' | 'replaced' | 'same' | 'stopped' | 'idle';

export interface OfferReview {
  /** The client wants new ICE credentials from us (`restartIce()` before answering). */
  readonly iceRestarted: boolean;
  /** Whom we talk to; the same for the life of the connection. Undefined while nothing was open. */
  readonly dtls: RemoteDtls | undefined;
  /** Mids that were published and are no longer in the offer at all: their slot took another mid. */
  readonly vanished: readonly string[];
  readonly changes: ReadonlyMap<string, SectionChange>;
}

/** What we said about one section in the last answer. */
interface Answered {
  readonly section: OfferedSection;
  readonly open: boolean;
  readonly publish: PublishAnswer | undefined;
}

/**
 * Our side of one client's publisher connection: remembers what each section was answered with, over all its offers.
 * Pure: whoever owns the connection calls `review`, produces and closes, and then calls `answer`, one offer at a time.
 */
export class PublisherAnswerer {
  readonly #sessionId: number;
  #version = 0;
  #ice: IceCredentials | undefined;
  #dtls: RemoteDtls | undefined;
  #table: readonly Answered[] = [];

  constructor(sessionId: number = newSessionId()) {
    this.#sessionId = sessionId;
  }

  /**
   * Compares an offer with the last answer, and changes nothing.
   * @throws SdpError when it does not continue the last offer: its sections, or its side of DTLS.
   */
  review(offer: PublisherOffer): OfferReview {
    this.#requireContinuity(offer);
    const changes = new Map<string, SectionChange>();
    for (const section of offer.sections) changes.set(section.mid, this.#changeOf(section));
    return {
      iceRestarted: this.#isIceRestarted(offer),
      dtls: this.#dtlsAfter(offer),
      vanished: this.#table.flatMap((a) => (a.publish && !changes.has(a.section.mid) ? [a.section.mid] : [])),
      changes,
    };
  }

  /**
   * Builds the answer. Sections without a decision go on as they are, which means inactive where nothing is published.
   * @throws SdpError when the offer does not fit the last one, or a decision does not fit its section; the table of
   *   sections is then unchanged.
   */
  answer(
    offer: PublisherOffer,
    decisions: ReadonlyMap<string, SectionAnswer>,
    transport: TransportDescription,
  ): PublisherAnswer {
    this.#requireContinuity(offer);
    const dtls = this.#dtlsAfter(offer);
    const setup = dtls?.role === 'server' ? 'active' : 'passive';
    const table = offer.sections.map((section) => this.#decide(section, decisions.get(section.mid)));
    const bundle = table.flatMap((a) => (a.open ? [a.section.mid] : []));
    const sections = table.flatMap((answered) => {
      const lines = transportLines(transport, setup, answered.section.mid === bundle[0]);
      return sectionLines(offer, answered, transport, lines);
    });
    const { extmapAllowMixed } = offer;
    const version = this.#version + 1;
    const session = sessionLines({ id: this.#sessionId, version, transport, bundle, extmapAllowMixed });
    this.#version = version;
    this.#ice = offer.transport?.ice ?? this.#ice;
    this.#dtls = dtls;
    this.#table = table;
    return { sdp: joinLines([...session, ...sections]) };
  }

  #isIceRestarted({ transport }: PublisherOffer): boolean {
    if (!this.#ice || !transport) return false;
    return this.#ice.ufrag !== transport.ice.ufrag || this.#ice.pwd !== transport.ice.pwd;
  }

  #dtlsAfter({ transport }: PublisherOffer): RemoteDtls | undefined {
    return transport ? settleDtls(this.#dtls, transport.dtls) : this.#dtls;
  }

  #changeOf(section: OfferedSection): SectionChange {
    if (!isMedia(section)) return 'idle';
    const before = this.#find(section.mid);
    if (!before?.publish || !isMedia(before.section)) return section.sending ? 'started' : 'idle';
    if (!section.sending) return 'stopped';
    const sameTrack = before.section.track === section.track && before.section.rids.join() === section.rids.join();
    return sameTrack ? 'same' : 'replaced';
  }

  #decide(section: OfferedSection, decision: SectionAnswer | undefined): Answered {
    if (section.closed) return { section, open: false, publish: undefined };
    if (!isMedia(section)) return { section, open: true, publish: undefined };
    switch (decision?.do) {
      case 'publish':
        if (!section.sending) throw new SdpError('section sends nothing');
        return { section, open: true, publish: decision };
      case 'reject':
        return { section, open: false, publish: undefined };
      case 'inactive':
        return { section, open: true, publish: undefined };
      default: {
        const publish = this.#changeOf(section) === 'same' ? this.#find(section.mid)?.publish : undefined;
        return { section, open: true, publish };
      }
    }
  }

  #find(mid: string): Answered | undefined {
    return this.#table.find((answered) => answered.section.mid === mid);
  }

  /** RFC 8829: sections are never removed or reordered, and only a closed one may come back with another mid. */
  #requireContinuity(offer: PublisherOffer): void {
    if (offer.sections.length < this.#table.length) throw new SdpError('offer has fewer sections than the one before');
    this.#table.forEach((before, i) => {
      const now = offer.sections[i];
      const same = now?.mid === before.section.mid;
      if (same ? now.kind !== before.section.kind : before.open) throw new SdpError('offer reorders its sections');
    });
  }
}

function sectionLines(
  offer: PublisherOffer,
  { section, open, publish }: Answered,
  transport: TransportDescription,
  lines: readonly string[],
): string[] {
  const source = sourceOf(offer, section.mid);
  const head = (formats: string): string[] => [
    `m=${source.kind} ${open ? 9 : 0} ${protocolOf(source)} ${formats}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${section.mid}`,
  ];
  if (!open) return [...head(source.formats[0] ?? '0'), 'a=inactive'];
  if (!isMedia(section)) {
    return [...head('webrtc-datachannel'), ...lines, ...applicationLines(transport)];
  }
  const chosen = publish ? chooseCodec(source, section, publish.mime) : usableCodecs(source, section.kind)[0];
  const payloadTypes = chosen
    ? [chosen.codec.payloadType, ...(chosen.rtx ? [chosen.rtx.payloadType] : [])].join(' ')
    : (source.formats[0] ?? '0');
  return [
    ...head(payloadTypes),
    publish ? 'a=recvonly' : 'a=inactive',
    ...lines,
    'a=rtcp-mux',
    ...(source.attributes.has('rtcp-rsize') ? ['a=rtcp-rsize'] : []),
    // Also where nothing is published yet: later offers of a section repeat only what was agreed the first time.
    ...acceptedExtensions(source, section.kind).map((e) => `a=extmap:${e.id} ${e.uri}`),
    ...(chosen ? codecLines(chosen, publish) : foreignCodecLines(source)),
    ...(publish && section.rids.length > 0 ? simulcastLines(section.rids) : []),
  ];
}

/** Before RFC 8841 clients wrote only `DTLS/SCTP`; they understand today's form. */
const protocolOf = ({ protocol }: SdpSection): string => (protocol === 'DTLS/SCTP' ? 'UDP/DTLS/SCTP' : protocol);

function codecLines({ codec, rtx, mime, feedback }: ChosenCodec, publish: PublishAnswer | undefined): string[] {
  const rtpmap = (c: OfferedCodec, name: string): string =>
    `a=rtpmap:${c.payloadType} ${name}/${c.clockRate}${c.channels === undefined ? '' : `/${c.channels}`}`;
  const fmtp = new Map(codec.fmtp);
  if (mime === 'audio/opus' && publish) {
    if (publish.disableDtx) fmtp.delete('usedtx');
    else fmtp.set('usedtx', '1');
    if (publish.stereo) fmtp.set('stereo', '1').set('maxaveragebitrate', '510000');
    // Browsers with a stereo microphone offer it unasked; one voice needs one channel.
    else fmtp.delete('stereo');
  }
  const parameters = [...fmtp].map(([name, value]) => `${name}=${value}`).join(';');
  const ptime = mime === 'audio/opus' ? publish?.ptimeMs : undefined;
  return [
    rtpmap(codec, mime.slice(mime.indexOf('/') + 1)),
    ...feedback.map((line) => `a=rtcp-fb:${codec.payloadType} ${line}`),
    ...(parameters === '' ? [] : [`a=fmtp:${codec.payloadType} ${parameters}`]),
    ...(rtx ? [rtpmap(rtx, 'rtx'), `a=fmtp:${rtx.payloadType} apt=${codec.payloadType}`] : []),
    ...(ptime === undefined ? [] : [`a=ptime:${ptime}`, `a=maxptime:${ptime}`]),
  ];
}

/** An inactive section must still name a codec of the offer, even one that we never use. */
function foreignCodecLines(source: SdpSection): string[] {
  const format = source.formats[0] ?? '0';
  const map = all(source.attributes, 'rtpmap').find((line) => line.startsWith(`${format} `));
  return map === undefined ? [] : [`a=rtpmap:${map}`];
}

const simulcastLines = (rids: readonly string[]): string[] => [
  ...rids.map((rid) => `a=rid:${rid} recv`),
  // One layer needs no list.
  ...(rids.length > 1 ? [`a=simulcast:recv ${rids.join(';')}`] : []),
];
