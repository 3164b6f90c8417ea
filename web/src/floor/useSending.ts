import { useEffect, useRef } from 'react';
import { useDevices, useTools } from '../session/BriefingContext.tsx';
import { useMine } from './useMine.ts';

/**
 * Opens camera and microphone and sends them for as long as the floor has a place for this device; whether it may is
 * the server's affair. @param keep the camera stays open afterwards, for a preview
 */
export function useSending(keep: boolean): void {
  const { media, devices } = useTools();
  const { stream, capture } = useDevices();
  const { speaker } = useMine();
  const placed = speaker !== undefined;
  const hardMuted = speaker?.muted ?? false;
  const before = useRef(hardMuted);
  useEffect(() => {
    if (placed || keep) void devices.open();
    else devices.close();
  }, [placed, keep, devices]);
  useEffect(() => {
    media.send(placed ? stream : undefined, capture);
  }, [placed, stream, capture, media]);
  useEffect(() => {
    // The server mutes a track, but only its owner can open it again.
    if (before.current && !hardMuted && placed) void media.unmuteUnlessByHand();
    before.current = hardMuted;
  }, [hardMuted, placed, media]);
}
