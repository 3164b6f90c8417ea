import type { TrackInfo } from '@livekit/protocol';

/** A track that the client has announced, and not yet sent. */
export interface PendingTrack {
  /** Ids under which its section may appear in the client's SDP. */
  readonly cids: readonly string[];
  readonly info: TrackInfo;
}

/** Why an announced track is not taken. */
export type PublishRefusal = 'not-allowed' | 'limit-exceeded';
