import { useEffect, useRef } from 'react';
import { clock } from '../i18n/formats.ts';
import { useChannel } from '../session/BriefingContext.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { useNow } from '../ui/useNow.ts';

/** So many minutes from a moment on, by PostgreSQL's clock. */
interface Timed {
  readonly minutes: number;
  readonly since: string;
}

/** What is left of them, or how long they are over: `2:31`. */
export function useTimeLeft({ minutes, since }: Timed): { readonly isOver: boolean; readonly shown: string } {
  const { clockOffset } = useChannel();
  const left = Date.parse(since) + minutes * 60_000 - useNow(clockOffset);
  const isOver = left < 0;
  return { isOver, shown: clock(isOver ? -left : Math.ceil(left / 1000) * 1000) };
}

/** FL39: that the time is over is read aloud when it ends, and not again by a page that comes later. */
export function useSpokenEnd(isOver: boolean, text: string): void {
  const announce = useAnnounce();
  const was = useRef(isOver);
  useEffect(() => {
    if (isOver && !was.current) announce(text);
    was.current = isOver;
  }, [isOver, text, announce]);
}
