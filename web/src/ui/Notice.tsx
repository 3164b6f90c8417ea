import { useEffect } from 'react';

interface NoticeProps {
  readonly title: string;
  readonly body: string;
}

/**
 * Something waits for an answer for as long as this stands: the title of the tab blinks, and whoever looks at another
 * window is told by the system, if they allowed it. Pressing that brings the page back.
 */
export function Notice({ title, body }: NoticeProps) {
  useEffect(() => blink(title), [title]);
  useEffect(() => {
    let shown: Notification | undefined;
    const look = (): void => {
      if (!document.hidden) shown?.close();
      else shown = tellSystem(title, body);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      shown?.close();
    };
  }, [title, body]);
  return null;
}

/** Whether the person may still be asked; undefined: this browser has no such notices. */
export const mayAskForNotices = (): boolean | undefined =>
  typeof Notification === 'undefined' ? undefined : Notification.permission === 'default';

function tellSystem(title: string, body: string): Notification | undefined {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return undefined;
  try {
    const notice = new Notification(title, { body, tag: title, requireInteraction: true });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
    return notice;
  } catch {
    // Browsers of phones tell only through a service worker; there the page rings and shakes.
    return undefined;
  }
}

const BLINK_MS = 1_000;
/** What waits, the newest last; the page has one title for all of them. */
const waiting: string[] = [];
let plain: string | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

function blink(title: string): () => void {
  waiting.push(title);
  plain ??= document.title;
  timer ??= setInterval(() => {
    document.title = document.title === plain ? `● ${waiting.at(-1)}` : (plain ?? '');
  }, BLINK_MS);
  return () => {
    waiting.splice(waiting.indexOf(title), 1);
    if (waiting.length > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.title = plain ?? '';
  };
}
