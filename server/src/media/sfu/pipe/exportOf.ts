import type { TrackProducer } from '../track/TrackProducer.ts';
import type { ExportableTrack } from './Exports.ts';
import { LayerSplit } from './LayerSplit.ts';

/** A track that is published here, for other nodes. */
export const exportOf = (track: TrackProducer): ExportableTrack => ({
  sid: track.sid,
  feed: () => LayerSplit.create(track),
  wantedElsewhere: (layers) => track.wantedElsewhere(layers),
});
