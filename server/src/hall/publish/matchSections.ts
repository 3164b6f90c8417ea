import { TrackType } from '@livekit/protocol';
import { isMedia, type OfferedSection } from '../../media/sdp/index.ts';
import type { PendingTrack } from './PendingTrack.ts';

/**
 * Which announced track each new section carries, by mid: first by the client's own id of the track; what is left, in
 * order, by kind, since some browsers put another id into their SDP and a reused section keeps its old one.
 */
export function matchSections(
  sections: readonly OfferedSection[],
  pending: readonly PendingTrack[],
): Map<string, PendingTrack> {
  const found = new Map<string, PendingTrack>();
  const left = new Set(pending);
  const take = (mid: string, track: PendingTrack | undefined): void => {
    if (!track) return;
    found.set(mid, track);
    left.delete(track);
  };
  for (const section of sections) {
    if (!isMedia(section) || section.track === undefined) continue;
    const cid = section.track;
    take(
      section.mid,
      [...left].find((p) => kindOf(p) === section.kind && p.cids.includes(cid)),
    );
  }
  for (const section of sections) {
    if (!isMedia(section) || found.has(section.mid)) continue;
    take(
      section.mid,
      [...left].find((p) => kindOf(p) === section.kind),
    );
  }
  return found;
}

const kindOf = ({ info }: PendingTrack): 'audio' | 'video' => (info.type === TrackType.VIDEO ? 'video' : 'audio');
