import { type VideoLayer, VideoQuality } from '@livekit/protocol';

/** What a viewer asked for with `trackSetting`; zero and absent mean no wish. */
export interface TrackSettings {
  readonly disabled: boolean;
  readonly quality: VideoQuality;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** 0 = not set, else 1..255. */
  readonly priority: number;
}
export const defaultSettings: TrackSettings = {
  disabled: false,
  quality: VideoQuality.HIGH,
  width: 0,
  height: 0,
  fps: 0,
  priority: 0,
};
/** A client that adapts to what it shows says what it needs soon; until then it gets little. */
export const adaptiveSettings: TrackSettings = { ...defaultSettings, quality: VideoQuality.LOW };

/** The track, as far as the choice depends on it. */
export interface LayeredTrack {
  readonly width: number;
  readonly height: number;
  /** Lowest first; empty when the publisher named none. */
  readonly layers: readonly Pick<VideoLayer, 'width' | 'height'>[];
  /** Encodings that the SFU receives. */
  readonly encodings: number;
}

/** LiveKit's screens round sizes; a layer that is a little smaller than the element still covers it. */
const SLACK = 0.95;

/**
 * Index of the layer to forward, 0 = lowest: the smallest that covers the viewer's element, else what they asked for.
 */
export function spatialLayer(settings: TrackSettings, track: LayeredTrack): number {
  const top = Math.max(track.encodings, 1) - 1;
  if (settings.width > 0 && settings.height > 0) return Math.min(top, covering(settings, track));
  // A client may send any number as an enum.
  return Math.max(0, Math.min(top, settings.quality, VideoQuality.HIGH));
}

/** Temporal layer of three, for a source of 30 frames a second; undefined when all frames are wanted. */
export function temporalLayer(fps: number): number | undefined {
  if (fps <= 0 || fps > 15) return undefined;
  return fps <= 8 ? 0 : 1;
}

function covering({ width, height }: TrackSettings, track: LayeredTrack): number {
  const wanted = Math.min(width, height) * SLACK;
  const sizes = layerHeights(track);
  const index = sizes.findIndex((size) => size >= wanted);
  return index < 0 ? sizes.length - 1 : index;
}

/** The shorter side of each layer: an upright phone and a lying screen are compared alike. */
function layerHeights({ width, height, layers, encodings }: LayeredTrack): number[] {
  const named = layers.slice(0, encodings).map((l) => Math.min(l.width, l.height));
  if (named.length === encodings && named.every((size) => size > 0)) return named;
  const full = Math.min(width, height) || 720;
  return Array.from({ length: Math.max(encodings, 1) }, (_, i) => full / 2 ** (Math.max(encodings, 1) - 1 - i));
}

/** Highest layer that fits a line of so many bit/s; the lowest when none does. */
export function affordableLayer(bitrate: number, layers: readonly Pick<VideoLayer, 'bitrate'>[]): number {
  if (bitrate === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return Math.max(
    0,
    layers.findLastIndex((layer) => layer.bitrate <= bitrate),
  );
}
