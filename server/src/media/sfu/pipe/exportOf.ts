import type { TrackProducer } from '../track/TrackProducer.ts';
import type { ExportableTrack } from './Exports.ts';

/** A track that is published here, for other nodes. */
export const exportOf = (track: TrackProducer): ExportableTrack => ({
  sid: track.sid,
  feed: async () => ({
    router: track.router,
    consume: (end) => end.consume({ producerId: track.producer.id }),
  }),
  wantedElsewhere: (layers) => track.wantedElsewhere(layers),
});
