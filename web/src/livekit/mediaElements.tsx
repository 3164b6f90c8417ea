import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { loudspeaker, playThrough } from './loudspeaker.ts';
import type { Attachable } from './types.ts';

function useAttached(ref: RefObject<HTMLMediaElement | null>, track: Attachable | undefined): void {
  useEffect(() => {
    const element = ref.current;
    if (!element || !track) return;
    track.attach(element);
    return () => void track.detach(element);
  }, [ref, track]);
}

interface PictureProps {
  readonly track?: Attachable | undefined;
  readonly stream?: MediaStream | undefined;
  readonly mirrored?: boolean;
  readonly label: string;
  /** Called at the first decoded frame of each track. */
  readonly onFrame?: () => void;
  /** At each one of them. */
  readonly everyFrame?: boolean;
}

/** A moving picture, of a LiveKit track or of this computer's camera. Its sound never comes from here. */
export function Picture({ track, stream, mirrored, label, onFrame, everyFrame }: PictureProps) {
  const ref = useRef<HTMLVideoElement>(null);
  useAttached(ref, track);
  useEffect(() => {
    const element = ref.current;
    if (!element || track) return;
    element.srcObject = stream ?? null;
  }, [stream, track]);
  useEffect(() => {
    const element = ref.current;
    if (!element || !onFrame || !(track ?? stream)) return;
    const ask = (): number =>
      element.requestVideoFrameCallback(() => {
        if (everyFrame) handle = ask();
        onFrame();
      });
    let handle = ask();
    return () => element.cancelVideoFrameCallback(handle);
  }, [track, stream, onFrame, everyFrame]);
  return (
    <video ref={ref} className={mirrored ? 'mirrored' : undefined} aria-label={label} autoPlay playsInline muted />
  );
}

/** A person's sound, as loud and from where this computer plays the briefing. */
export function Sound({ track }: { track: Attachable }) {
  const ref = useRef<HTMLAudioElement>(null);
  useAttached(ref, track);
  const sounding = useSyncExternalStore(loudspeaker.subscribe, loudspeaker.get);
  useEffect(() => {
    if (ref.current) playThrough(ref.current, sounding);
  }, [sounding]);
  // biome-ignore lint/a11y/useMediaCaption: live speech has no captions
  return <audio ref={ref} autoPlay />;
}

/** The stream of a person's sound, to be measured: nothing of it is heard. */
export function useSoundStream(track: Attachable | undefined): MediaStream | undefined {
  const [stream, setStream] = useState<MediaStream>();
  useEffect(() => {
    if (!track) return;
    // A browser decodes what an element plays, also when that is muted.
    const element = document.createElement('audio');
    track.attach(element);
    element.muted = true;
    if (element.srcObject instanceof MediaStream) setStream(element.srcObject);
    return () => {
      track.detach(element);
      setStream(undefined);
    };
  }, [track]);
  return stream;
}
