import { type RoomOptions, Track, type TrackPublishOptions, VideoPreset } from 'livekit-client';
import type { Capture } from './types.ts';

const p180 = new VideoPreset({ width: 320, height: 180, maxBitrate: 160_000, maxFramerate: 15 });
const p360 = new VideoPreset({ width: 640, height: 360, maxBitrate: 450_000, maxFramerate: 20 });

/** Lowest layer first; the highest is the capture itself. */
const layers: Readonly<Record<Capture, { top: VideoPreset; lower: VideoPreset[] }>> = {
  standard: {
    top: new VideoPreset({ width: 1280, height: 720, maxBitrate: 1_700_000, maxFramerate: 30 }),
    lower: [p180, p360],
  },
  light: { top: new VideoPreset({ width: 640, height: 360, maxBitrate: 450_000, maxFramerate: 15 }), lower: [p180] },
};

export const cameraOptions = (capture: Capture): TrackPublishOptions => ({
  source: Track.Source.Camera,
  simulcast: true,
  videoCodec: 'vp8',
  backupCodec: false,
  videoEncoding: layers[capture].top.encoding,
  videoSimulcastLayers: layers[capture].lower,
});

export const microphoneOptions: TrackPublishOptions = { source: Track.Source.Microphone, dtx: true, red: false };

export const roomOptions: RoomOptions = {
  singlePeerConnection: false,
  adaptiveStream: true,
  dynacast: true,
  // The page owns its camera: it stays open between two acts of sending.
  stopLocalTrackOnUnpublish: false,
};
