import {
  type AddTrackRequest,
  SimulcastCodecInfo,
  TrackInfo,
  TrackSource,
  TrackType,
  VideoQuality,
} from '@livekit/protocol';
import { newSid, type PendingTrack } from '../../../hall/index.ts';
import { MAX_FEATURES, MAX_NAME_LENGTH } from '../limits.ts';

const MAX_LAYERS = 4;
const MAX_CODECS = 4;

/** @param codecs video codecs that may be published, the first one by default (`video/VP8`) */
export function pendingTrack(request: AddTrackRequest, codecs: readonly string[]): PendingTrack {
  const { type, source } = request;
  const video = type === TrackType.VIDEO;
  const [first] = request.simulcastCodecs;
  const mimeType = video ? videoMime(first?.codec ?? '', codecs) : 'audio/opus';
  const layers = sortedLayers(request.layers.length > 0 ? request.layers : (first?.layers ?? []));
  const info = new TrackInfo({
    sid: newSid('TR'),
    type,
    source,
    name: request.name.slice(0, MAX_NAME_LENGTH),
    muted: request.muted,
    width: request.width,
    height: request.height,
    simulcast: layers.length > 1,
    layers,
    mimeType,
    codecs: [new SimulcastCodecInfo({ mimeType, cid: first?.cid ?? request.cid, layers })],
    disableDtx: request.disableDtx,
    disableRed: true,
    stereo: request.stereo,
    encryption: request.encryption,
    stream: request.stream.slice(0, MAX_NAME_LENGTH) || streamOf(source),
    backupCodecPolicy: request.backupCodecPolicy,
    audioFeatures: request.audioFeatures.slice(0, MAX_FEATURES),
  });
  const cids = [request.cid, ...request.simulcastCodecs.slice(0, MAX_CODECS).map((codec) => codec.cid)].filter(
    (cid) => cid !== '',
  );
  return { cids, info };
}

/** A codec that is not taken becomes the first that is: clients read that from the answer and switch. */
function videoMime(wanted: string, codecs: readonly string[]): string {
  const mime = wanted.includes('/') ? wanted : `video/${wanted}`;
  return codecs.find((codec) => codec.toLowerCase() === mime.toLowerCase()) ?? codecs[0] ?? 'video/VP8';
}

/** Clients list them either way round. */
function sortedLayers(layers: AddTrackRequest['layers']): AddTrackRequest['layers'] {
  return layers
    .filter((layer) => layer.quality <= VideoQuality.HIGH)
    .slice(0, MAX_LAYERS)
    .sort((a, b) => a.quality - b.quality);
}

function streamOf(source: TrackSource): string {
  const screen = source === TrackSource.SCREEN_SHARE || source === TrackSource.SCREEN_SHARE_AUDIO;
  return screen ? 'screen' : 'camera';
}
