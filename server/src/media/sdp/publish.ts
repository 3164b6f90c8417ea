import type { RtpCodecParameters, RtpEncodingParameters } from '../sfu/types.ts';
import { type ChosenCodec, codecParameters, toRtcpFeedback, usableCodecs } from './codecs.ts';
import { all, readNumber, type SdpSection } from './document.ts';
import { acceptedExtensions } from './extensions.ts';
import { h264Rank } from './h264.ts';
import { isMedia, type MediaSection, sourceOf } from './offer.ts';
import { type PublisherOffer, type PublishParameters, SdpError, type SectionAnswer } from './types.ts';

export type PublishAnswer = Extract<SectionAnswer, { do: 'publish' }>;

/** Spatial order of LiveKit's rids; the SFU wants layers from low to high, clients list them either way. */
const rank: ReadonlyMap<string, number> = new Map([
  ['q', 0],
  ['h', 1],
  ['f', 2],
]);

/** Mime types that the section could be published with, in the client's order of preference. */
export function offeredMimes(offer: PublisherOffer, mid: string): readonly string[] {
  const section = mediaSection(offer, mid);
  return [...new Set(usableCodecs(sourceOf(offer, mid), section.kind).map((c) => c.mime))];
}

/**
 * What the SFU needs to receive one section: the client's own payload types, header extension ids and streams.
 * @throws SdpError when the section is not sending, or does not offer the codec.
 */
export function publishParameters(offer: PublisherOffer, mid: string, answer: PublishAnswer): PublishParameters {
  const section = mediaSection(offer, mid);
  if (!section.sending) throw new SdpError('section sends nothing');
  const source = sourceOf(offer, mid);
  const chosen = chooseCodec(source, section, answer.mime);
  const encodings = section.rids.length > 0 ? ridEncodings(section.rids, chosen) : ssrcEncodings(source, chosen);
  for (const encoding of encodings) {
    if (answer.scalabilityMode !== undefined) encoding.scalabilityMode = answer.scalabilityMode;
    if (section.kind === 'audio' && !answer.disableDtx) encoding.dtx = true;
  }
  return {
    mime: chosen.mime,
    rtpParameters: {
      mid,
      codecs: rtpCodecs(chosen, section, answer),
      headerExtensions: acceptedExtensions(source, section.kind),
      encodings,
      rtcp: { cname: readCname(source) ?? mid, reducedSize: true },
    },
  };
}

/** @throws SdpError when the section does not offer that codec in a form that we take */
export function chooseCodec(source: SdpSection, section: MediaSection, mime: string): ChosenCodec {
  const wanted = mime.toLowerCase();
  const forms = usableCodecs(source, section.kind).filter((c) => c.mime.toLowerCase() === wanted);
  // Several forms there are of H.264 alone; which of them the client prefers says nothing of what viewers can decode.
  const [chosen] = forms.toSorted((a, b) => (h264Rank(a.codec) ?? 0) - (h264Rank(b.codec) ?? 0));
  if (!chosen) throw new SdpError('section does not offer the codec');
  return chosen;
}

function mediaSection(offer: PublisherOffer, mid: string): MediaSection {
  const section = offer.sections.find((s) => s.mid === mid);
  if (!section || !isMedia(section)) throw new SdpError('offer has no such media section');
  return section;
}

function rtpCodecs(chosen: ChosenCodec, section: MediaSection, answer: PublishAnswer): RtpCodecParameters[] {
  const { codec, rtx } = chosen;
  const parameters = codecParameters(codec, section.kind);
  if (chosen.mime === 'audio/opus') {
    // Viewers get these in their offers, and decode accordingly.
    if (!answer.disableDtx) parameters.usedtx = 1;
    else delete parameters.usedtx;
    if (answer.stereo) Object.assign(parameters, { stereo: 1, 'sprop-stereo': 1 });
    else {
      delete parameters.stereo;
      delete parameters['sprop-stereo'];
    }
  }
  const codecs: RtpCodecParameters[] = [
    {
      mimeType: chosen.mime,
      payloadType: codec.payloadType,
      clockRate: codec.clockRate,
      ...(codec.channels === undefined ? {} : { channels: codec.channels }),
      parameters,
      rtcpFeedback: toRtcpFeedback(chosen.feedback),
    },
  ];
  if (rtx) {
    codecs.push({
      mimeType: `${section.kind}/rtx`,
      payloadType: rtx.payloadType,
      clockRate: rtx.clockRate,
      parameters: { apt: codec.payloadType },
      rtcpFeedback: [],
    });
  }
  return codecs;
}

function ridEncodings(rids: readonly string[], chosen: ChosenCodec): RtpEncodingParameters[] {
  const sorted = rids.every((rid) => rank.has(rid))
    ? rids.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
    : rids;
  // libwebrtc codes simulcast VP8 and VP9 with three temporal layers; the SFU can't read H.264's.
  const scalabilityMode = chosen.mime === 'video/H264' ? 'L1T1' : 'L1T3';
  return sorted.map((rid) => ({ rid, scalabilityMode }));
}

/** One stream, or those of an `a=ssrc-group:SIM`; without any `a=ssrc` the SFU finds it by its mid. */
function ssrcEncodings(source: SdpSection, chosen: ChosenCodec): RtpEncodingParameters[] {
  const groups = all(source.attributes, 'ssrc-group').map((line) => {
    const [semantics, ...ssrcs] = line.trim().split(' ');
    return { semantics, ssrcs: ssrcs.flatMap((text) => readSsrc(text) ?? []) };
  });
  const primary =
    groups.find((g) => g.semantics === 'FID')?.ssrcs[0] ?? readSsrc(all(source.attributes, 'ssrc')[0]?.split(' ')[0]);
  const layers = groups.find((g) => g.semantics === 'SIM')?.ssrcs.slice(0, 4) ?? [];
  const ssrcs = layers.length > 0 ? [...new Set(layers)] : primary === undefined ? [] : [primary];
  if (ssrcs.length === 0) return [{}];
  const taken = new Set(ssrcs);
  return ssrcs.map((ssrc) => {
    const repair = groups.find((g) => g.semantics === 'FID' && g.ssrcs[0] === ssrc)?.ssrcs[1];
    if (!chosen.rtx || repair === undefined || taken.has(repair)) return { ssrc };
    taken.add(repair);
    return { ssrc, rtx: { ssrc: repair } };
  });
}

/** Zero is no ssrc for the SFU. */
const readSsrc = (text: string | undefined): number | undefined => readNumber(text, 0xffffffff) || undefined;

function readCname(source: SdpSection): string | undefined {
  for (const line of all(source.attributes, 'ssrc')) {
    const at = line.indexOf(' cname:');
    const cname = at < 0 ? '' : line.slice(at + 7).trim();
    if (cname !== '' && cname.length <= 255 && !cname.includes(' ')) return cname;
  }
  return undefined;
}
