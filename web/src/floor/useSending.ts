import { useEffect, useRef } from 'react';
import type { Speaker } from '../api/contract.ts';
import { useDevices, useTools } from '../session/BriefingContext.tsx';
import { opensSilent } from './opensSilent.ts';
import { useMine } from './useMine.ts';

/** FL21: invited straight from the audience, and not on stage yet: until then nobody sees or hears anything of it. */
const isAsked = ({ place, invited, since }: Speaker): boolean => place === 'green' && invited?.at === since;

/** FL22: by its place on stage, for as long as it is the same. */
const roomOf = (speaker: Speaker | undefined, unit: string): string | undefined =>
  speaker && opensSilent(speaker, unit) ? `${unit} ${speaker.since}` : undefined;

/**
 * Opens camera and microphone and sends them for as long as the floor has a place for this device; whether it may is
 * the server's affair. @param keep the camera stays open afterwards, for a preview
 */
export function useSending(keep: boolean): void {
  const { media, devices, session } = useTools();
  const { stream, capture } = useDevices();
  const { speaker } = useMine();
  const placed = speaker !== undefined;
  const sends = placed && !isAsked(speaker);
  const room = roomOf(speaker, session.account.unit.path);
  const hardMuted = speaker?.muted ?? false;
  const before = useRef(hardMuted);
  useEffect(() => {
    if (placed || keep) void devices.open();
    else devices.close();
  }, [placed, keep, devices]);
  useEffect(() => {
    media.holdAt(room);
    media.send(sends ? stream : undefined, capture);
  }, [room, sends, stream, capture, media]);
  useEffect(() => {
    // The server mutes a track, but only its owner can open it again.
    if (before.current && !hardMuted && placed) void media.unmuteUnlessByHand();
    before.current = hardMuted;
  }, [hardMuted, placed, media]);
}
