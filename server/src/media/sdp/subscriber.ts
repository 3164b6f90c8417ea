import type { MediaKind, RemoteDtls, RtpParameters, TransportDescription } from '../sfu/types.ts';
import { first, readSdp, type SdpSection } from './document.ts';
import { readFingerprints, readRole, settleDtls } from './dtls.ts';
import { closedSectionLines, consumerLines, idleSectionLines } from './subscriberLines.ts';
import { applicationLines, joinLines, newSessionId, sessionLines, transportLines } from './transport.ts';
import { SdpError, type SubscriberAnswer } from './types.ts';

/** One track that the viewer is to receive. */
export interface SubscribedTrack {
  readonly kind: MediaKind;
  /** The consumer's own; its `mid` names the section, and no two consumers of a viewer share one. */
  readonly rtpParameters: RtpParameters;
  /** Publisher's `PA_…` and the track's `TR_…`, which is how clients find whose track it is. */
  readonly participantSid: string;
  readonly trackSid: string;
}

export interface SubscriberOffer {
  readonly sdp: string;
  /** The mid of each open section -> track sid. */
  readonly midToTrackId: Readonly<Record<string, string>>;
}

/**
 * active: carries a track. closing: its track is gone, and the viewer has not yet agreed to close the section.
 * free: agreed, so it may take another track under another mid. A section is never closed and refilled in one offer:
 * browsers refuse such an offer.
 */
type Slot =
  | {
      readonly state: 'active';
      readonly mid: string;
      readonly track: SubscribedTrack;
      readonly before: FreeSlot | undefined;
    }
  | { readonly state: 'closing'; readonly mid: string; readonly track: SubscribedTrack }
  | FreeSlot;
type FreeSlot = { readonly state: 'free'; readonly mid: string; readonly track: SubscribedTrack };

const DATA_CHANNEL_MID = 'datachannel';

/**
 * The sections of one viewer's subscriber connection, over all our offers. Section 0 is always the data channel, so
 * the first section of the bundle never closes. Pure; one offer is outstanding at most.
 */
export class SubscriberSections {
  readonly #sessionId: number;
  #version = 0;
  #slots: Slot[] = [];
  /** Slots that some offer has told the viewer about; the others may still vanish without a trace. */
  #told = new WeakSet<Slot>();
  /** Mids that the viewer has answered, so their client certainly has them. */
  #known = new Set<string>();
  #outstanding: readonly Slot[] | undefined;
  #dtls: RemoteDtls | undefined;
  #changed = true;

  constructor(sessionId: number = newSessionId()) {
    this.#sessionId = sessionId;
  }

  /** Something was opened or closed since the last `buildOffer`. True at first: the data channel needs an offer. */
  get changed(): boolean {
    return this.#changed;
  }

  get isOutstanding(): boolean {
    return this.#outstanding !== undefined;
  }

  /**
   * Puts a track into the table: into a free section when there is one, else into a new one.
   * @returns its mid
   * @throws SdpError when its parameters have no mid or no codec, or the mid was used before
   */
  open(track: SubscribedTrack): string {
    const { mid, codecs } = track.rtpParameters;
    if (mid === undefined || codecs.length === 0) throw new SdpError('consumer has no mid or no codec');
    if (mid === DATA_CHANNEL_MID || this.#slots.some((slot) => slot.mid === mid)) throw new SdpError('mid is in use');
    const index = this.#slots.findIndex((slot) => slot.state === 'free');
    const before = this.#slots[index];
    const slot: Slot = { state: 'active', mid, track, before: before?.state === 'free' ? before : undefined };
    if (before) {
      this.#slots[index] = slot;
      this.#known.delete(before.mid);
    } else this.#slots.push(slot);
    this.#changed = true;
    return mid;
  }

  /** Ends a section; unknown and already closed mids are ignored. */
  close(mid: string): void {
    const index = this.#slots.findIndex((slot) => slot.mid === mid);
    const slot = this.#slots[index];
    if (slot?.state !== 'active') return;
    this.#changed = true;
    if (this.#told.has(slot)) this.#slots[index] = { state: 'closing', mid, track: slot.track };
    else if (slot.before) {
      this.#slots[index] = slot.before;
      this.#known.add(slot.before.mid);
    }
    // Nobody was told, so nobody counts it; what stands behind it is as new.
    else this.#slots.splice(index, 1);
  }

  /**
   * The next offer, whole.
   * @throws SdpError while one is outstanding: `applyAnswer` or `rollback` first.
   */
  buildOffer(transport: TransportDescription): SubscriberOffer {
    if (this.#outstanding) throw new SdpError('an offer is outstanding');
    const midToTrackId: Record<string, string> = {};
    const bundle = [DATA_CHANNEL_MID];
    const lines: string[] = [];
    for (const slot of this.#slots) {
      if (slot.state === 'active') {
        midToTrackId[slot.mid] = slot.track.trackSid;
        bundle.push(slot.mid);
        lines.push(...consumerLines(slot, transport));
        this.#told.add(slot);
      } else if (this.#known.has(slot.mid)) lines.push(...closedSectionLines(slot));
      else {
        // A browser refuses a closed section whose mid it never had, and after a rollback we can't tell: so it is
        // offered idle first, and closed once that is answered.
        bundle.push(slot.mid);
        lines.push(...idleSectionLines(slot, transport));
      }
    }
    this.#version += 1;
    const session = { id: this.#sessionId, version: this.#version, transport, bundle, extmapAllowMixed: true };
    this.#outstanding = [...this.#slots];
    this.#changed = false;
    const sdp = joinLines([...sessionLines(session), ...dataChannelLines(transport), ...lines]);
    return { sdp, midToTrackId };
  }

  /**
   * Takes the viewer's answer to the outstanding offer: sections that they agreed to close become free.
   * @throws SdpError when it is malformed, does not answer that offer or is another's than the last answer; the offer
   *   then stays outstanding.
   */
  applyAnswer(sdp: string): SubscriberAnswer {
    const offered = this.#outstanding;
    if (!offered) throw new SdpError('no offer is outstanding');
    const { attributes, sections } = readSdp(sdp);
    const [application, ...media] = sections;
    if (!application || media.length !== offered.length) throw new SdpError('answer has another number of sections');
    const places = [application.attributes, attributes, ...media.map((section) => section.attributes)];
    const dtls = settleDtls(this.#dtls, { fingerprints: readFingerprints(places), role: readRole(places) });
    const rejectedMids = new Set<string>();
    const withoutRtx = new Set<string>();
    offered.forEach((slot, i) => {
      const section = media[i];
      // A rejected section may come without its mid.
      const mid = section && first(section.attributes, 'mid');
      if (!section || (mid ?? slot.mid) !== slot.mid) throw new SdpError('answer has another order of sections');
      if (slot.state !== 'active') return;
      if (section.port === 0) rejectedMids.add(slot.mid);
      else if (!takesRtx(slot.track, section)) withoutRtx.add(slot.mid);
    });
    this.#outstanding = undefined;
    this.#dtls = dtls;
    const closed = new Set(offered.filter((slot) => slot.state === 'closing' && this.#known.has(slot.mid)));
    this.#slots = this.#slots.map((slot) => (closed.has(slot) ? { ...slot, state: 'free' as const } : slot));
    const answered = new Set(offered.map((slot) => slot.mid));
    const known = this.#slots.map((slot) => slot.mid).filter((mid) => answered.has(mid) || this.#known.has(mid));
    this.#known = new Set(known);
    // Those that were offered idle are still to be closed.
    if (offered.some((slot) => slot.state === 'closing' && !closed.has(slot))) this.#changed = true;
    return { dtls, rejectedMids, withoutRtx };
  }

  /**
   * Gives the outstanding offer up, when it is unknown whether the viewer applied it (their signal connection broke).
   * The next offer has the same sections, so it fits either way; nothing that was closing becomes free by this.
   */
  rollback(): void {
    if (!this.#outstanding) return;
    this.#outstanding = undefined;
    this.#changed = true;
  }
}

/** True also where none was offered. */
const takesRtx = ({ rtpParameters }: SubscribedTrack, { formats }: SdpSection): boolean =>
  rtpParameters.codecs.every((c) => !/\/rtx$/i.test(c.mimeType) || formats.includes(String(c.payloadType)));

function dataChannelLines(transport: TransportDescription): string[] {
  return [
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    `a=mid:${DATA_CHANNEL_MID}`,
    ...transportLines(transport, 'actpass', true),
    ...applicationLines(transport),
  ];
}
