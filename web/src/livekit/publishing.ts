import { type RoomOptions, Track, type TrackPublishOptions, VideoPreset } from 'livekit-client';
import type { JoinAnswer } from '../api/contract.ts';
import type { Capture } from './types.ts';

/** Layers of a camera as the server wants them, lowest first. */
type Layers = JoinAnswer['camera'];

/** A light capture sends nothing above this height. */
const LIGHT_HEIGHT = 360;

const preset = ({ height, frameRate, bitrate }: Layers[number]): VideoPreset =>
  new VideoPreset({
    width: Math.round((height * 16) / 9),
    height,
    maxBitrate: bitrate,
    maxFramerate: frameRate,
  });

/** The highest layer is the capture itself, the others are made of it. */
export function cameraOptions(capture: Capture, layers: Layers): TrackPublishOptions {
  const fitting = capture === 'light' ? layers.filter((l) => l.height <= LIGHT_HEIGHT) : layers;
  const presets = (fitting.length > 0 ? fitting : layers.slice(0, 1)).map(preset);
  const top = presets.at(-1);
  return {
    source: Track.Source.Camera,
    simulcast: true,
    videoCodec: 'vp8',
    backupCodec: false,
    ...(top && { videoEncoding: top.encoding }),
    videoSimulcastLayers: presets.slice(0, -1),
  };
}

/** Text stays sharp: frames are given up before pixels are. */
export function screenOptions(layers: Layers): TrackPublishOptions {
  const presets = layers.map(preset);
  const top = presets.at(-1);
  return {
    source: Track.Source.ScreenShare,
    simulcast: presets.length > 1,
    videoCodec: 'vp8',
    backupCodec: false,
    degradationPreference: 'maintain-resolution',
    ...(top && { screenShareEncoding: top.encoding }),
    screenShareSimulcastLayers: presets.slice(0, -1),
  };
}

export const microphoneOptions: TrackPublishOptions = { source: Track.Source.Microphone, dtx: true, red: false };

export const roomOptions: RoomOptions = {
  singlePeerConnection: false,
  adaptiveStream: true,
  dynacast: true,
  // The page owns its camera: it stays open between two acts of sending.
  stopLocalTrackOnUnpublish: false,
};
