import type { RemoteDtls, RtpParameters } from '../sfu/types.ts';
import type { DtlsClaim } from './dtls.ts';

/** Why an SDP was refused; the only error that this folder throws, whatever the input. */
export class SdpError extends Error {
  override readonly name = 'SdpError';
}

export interface IceCredentials {
  readonly ufrag: string;
  readonly pwd: string;
}

/** A publisher's offer, parsed and checked; the sections stand in the offer's order. */
export interface PublisherOffer {
  /** The client's side of the transport; undefined when every section is closed. */
  readonly transport: { readonly ice: IceCredentials; readonly dtls: DtlsClaim } | undefined;
  readonly extmapAllowMixed: boolean;
  readonly sections: readonly OfferedSection[];
}

export type OfferedSection =
  | { readonly kind: 'application'; readonly mid: string; readonly closed: boolean }
  /** Nothing of ours: it is answered closed, and the others go on. */
  | { readonly kind: 'foreign'; readonly mid: string; readonly closed: true }
  | {
      readonly kind: 'audio' | 'video';
      readonly mid: string;
      /** Port 0 without bundle-only; or it can't be served, by its protocol or since it stands outside the bundle. */
      readonly closed: boolean;
      /** sendonly or sendrecv; inactive and recvonly both mean that nothing is published. */
      readonly sending: boolean;
      /** Second token of `a=msid`: how the section finds its AddTrack. */
      readonly track: string | undefined;
      /** rids in the offer's order; empty when the section is described by ssrc. */
      readonly rids: readonly string[];
    };

/** What to answer for one section. */
export type SectionAnswer =
  | {
      readonly do: 'publish';
      readonly mime: string;
      readonly disableDtx: boolean;
      readonly stereo: boolean;
      readonly scalabilityMode?: string;
      /** Opus only: asks the publisher for frames of this length (20 or 60), fewer and longer packets for broadcasts. */
      readonly ptimeMs?: number;
    }
  /** Unchanged since the last answer: repeat it. */
  | { readonly do: 'keep' }
  | { readonly do: 'inactive' }
  | { readonly do: 'reject' };

export interface PublisherAnswer {
  readonly sdp: string;
}

/** What `produce()` gets for one section that was answered with `publish`. */
export interface PublishParameters {
  readonly rtpParameters: RtpParameters;
  /** `video/VP8`, as chosen from the offer. */
  readonly mime: string;
}

/** A viewer's answer: whom we talk to, and which sections they refused. */
export interface SubscriberAnswer {
  readonly dtls: RemoteDtls;
  readonly rejectedMids: ReadonlySet<string>;
  /** Taken, but their repairs would not be understood: older pion finds no `rtx` by other numbers than its own. */
  readonly withoutRtx: ReadonlySet<string>;
}
