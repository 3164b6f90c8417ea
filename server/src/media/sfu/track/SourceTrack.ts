import type { types as ms } from 'mediasoup';
import type { ProducedTrack } from '../types.ts';

/** Where a track is, or is wanted: a room's router on one worker. */
export interface TrackHome {
  readonly router: ms.Router;
}

/** What viewers of this node consume, wherever it is published. */
export interface SourceTrack extends ProducedTrack {
  /**
   * Has it consumed at that home, which the track is brought to on first use. @throws Error when it cannot be brought
   * there, or closed meanwhile
   */
  consumeAt(home: TrackHome, consume: (producer: ms.Producer) => Promise<ms.Consumer>): Promise<ms.Consumer>;
}
