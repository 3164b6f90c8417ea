import type { Kind } from '../../livekit/equipment.ts';
import { useDevices, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useMine } from '../useMine.ts';
import { useSilenced } from '../useSilenced.ts';

/** What this device sends while it has a place on the floor, and how it is turned off and on. */
export function useOwnSending() {
  const { media, identity } = useTools();
  const { run } = useAct();
  const { stream } = useDevices();
  const { people, sending } = useMedia();
  const { speaker } = useMine();
  const silenced = useSilenced();
  const me = people.get(identity);
  const open: Kind[] = [];
  if (stream?.getVideoTracks().length) open.push('camera');
  if (stream?.getAudioTracks().length) open.push('microphone');
  /** FL55: what is not sent yet was turned off by nobody. */
  const isSent = sending === 'on';
  const muted = { camera: me?.cameraMuted ?? true, microphone: me?.microphoneMuted ?? true };
  /** FL36: muted with all others, until they turn it on themselves. */
  const isWithAll = speaker?.silenced === true;
  const off = open.filter((kind) => (isSent && muted[kind]) || (kind === 'microphone' && isWithAll));
  const isHeldMuted = (speaker?.muted && !isWithAll) || (silenced && speaker?.place === 'stage');
  const mayTurn = (kind: Kind): boolean =>
    isSent && speaker !== undefined && open.includes(kind) && !(kind === 'microphone' && isHeldMuted);
  const turn = async (kind: Kind): Promise<void> => {
    if (kind !== 'microphone' || !isWithAll) return media.mute(kind, !muted[kind]);
    if (await run('seat.unmute', {})) await media.mute(kind, false);
  };
  return {
    open,
    off,
    mayTurn,
    /** undefined: there is nothing to turn. */
    turn: (kind: Kind) => (mayTurn(kind) ? () => void turn(kind) : undefined),
  };
}
