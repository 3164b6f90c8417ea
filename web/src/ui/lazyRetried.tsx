import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { useText } from '../i18n/useText.tsx';
import { loadNewWords } from '../i18n/words.ts';
import { fullJitter } from '../lib/jitter.ts';
import { uiWords } from './words/ui.vi.ts';

/** With full jitter about two minutes: long enough for a server that starts anew, or a line that was cut. */
const TRIES = 40;

/**
 * A part of the page that is loaded when it is wanted, and again when it could not be: a cut line must not take the
 * whole page down, with the picture and the sound. What cannot be loaded at all says so in its place [PN56].
 */
// biome-ignore lint/suspicious/noExplicitAny: as React's own
export const lazyRetried = <C extends ComponentType<any>>(
  load: () => Promise<{ default: C }>,
): LazyExoticComponent<C> => lazy(() => loadRetried(load).catch(() => ({ default: NotLoaded as unknown as C })));

function NotLoaded() {
  const { t } = useText(uiWords);
  return (
    <p className="note warn" role="status">
      {t.notLoaded}
    </p>
  );
}

/** The same beforehand, of what must be here when the line is not. */
export async function loadRetried<T>(load: () => Promise<T>): Promise<T> {
  const loaded = await retried(load);
  // Without its words it is shown in Vietnamese.
  await loadNewWords().catch(() => undefined);
  return loaded;
}

async function retried<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load();
    } catch (error) {
      if (attempt >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300 + fullJitter(attempt)));
    }
  }
}
