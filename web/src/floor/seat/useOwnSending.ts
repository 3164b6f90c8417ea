import type { Kind } from '../../livekit/equipment.ts';
import { useDevices, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { useMine } from '../useMine.ts';
import { useSilenced } from './useSilenced.ts';

/** What this device sends while it has a place on the floor, and how it is turned off and on. */
export function useOwnSending() {
  const { media, identity } = useTools();
  const { stream } = useDevices();
  const { people } = useMedia();
  const { speaker } = useMine();
  const silenced = useSilenced();
  const me = people.get(identity);
  const open: Kind[] = [];
  if (stream?.getVideoTracks().length) open.push('camera');
  if (stream?.getAudioTracks().length) open.push('microphone');
  const muted = { camera: me?.cameraMuted ?? true, microphone: me?.microphoneMuted ?? true };
  const off = open.filter((kind) => muted[kind]);
  const isHeldMuted = speaker?.muted || (silenced && speaker?.place === 'stage');
  const mayTurn = (kind: Kind): boolean =>
    speaker !== undefined && open.includes(kind) && !(kind === 'microphone' && isHeldMuted);
  return {
    open,
    off,
    mayTurn,
    /** undefined: there is nothing to turn. */
    turn: (kind: Kind) => (mayTurn(kind) ? () => void media.mute(kind, !muted[kind]) : undefined),
  };
}
