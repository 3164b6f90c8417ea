import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { loadNewWords } from '../i18n/words.ts';
import { fullJitter } from '../lib/jitter.ts';

/** With full jitter about two minutes: long enough for a server that starts anew, or a line that was cut. */
const TRIES = 40;

/**
 * A part of the page that is loaded when it is wanted, and again when it could not be: a cut line must not take the
 * whole page down.
 */
// biome-ignore lint/suspicious/noExplicitAny: as React's own
export const lazyRetried = <C extends ComponentType<any>>(
  load: () => Promise<{ default: C }>,
): LazyExoticComponent<C> => lazy(() => loadRetried(load));

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
