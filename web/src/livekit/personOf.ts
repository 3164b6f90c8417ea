import {
  ConnectionQuality,
  type LocalParticipant,
  type Participant,
  type RemoteTrackPublication,
  Track,
} from 'livekit-client';
import { participantAttributes } from '../api/contract.ts';
import type { MediaState, Person } from './types.ts';

/** Phones cannot. */
const canCapture = typeof navigator.mediaDevices?.getDisplayMedia === 'function';

/** Whether this device may share a screen now, and its browser can. */
export function canShare(permissions: LocalParticipant['permissions']): boolean {
  if (!canCapture || !permissions?.canPublish) return false;
  const { canPublishSources: sources } = permissions;
  return sources.length === 0 || sources.includes(Track.sourceToProto(Track.Source.ScreenShare));
}

export const lineOf = (quality: ConnectionQuality): MediaState['line'] =>
  quality === ConnectionQuality.Poor ? 'weak' : quality === ConnectionQuality.Lost ? 'lost' : 'good';

export function personOf(participant: Participant): Person {
  const camera = participant.getTrackPublication(Track.Source.Camera);
  const microphone = participant.getTrackPublication(Track.Source.Microphone);
  const stream = (camera as RemoteTrackPublication | undefined)?.track as { streamState?: string } | undefined;
  return {
    // The server names nobody who waits elsewhere: whose tracks they are is told when they are on stage.
    identity: participant.attributes[participantAttributes.identity] ?? participant.identity,
    camera: camera?.track,
    microphone: participant.isLocal ? undefined : microphone?.track,
    screen: participant.getTrackPublication(Track.Source.ScreenShare)?.track,
    paused: stream?.streamState === Track.StreamState.Paused,
    cameraMuted: camera?.isMuted ?? true,
    microphoneMuted: microphone?.isMuted ?? true,
    speaking: participant.isSpeaking,
  };
}
