import { useEffect } from 'react';
import { loadRetried } from '../../ui/lazyRetried.tsx';

/** What draws figures; its words and styles come with it. */
export const loadFigures = () => import('../../staged/StagedView.tsx');

/** When the picture has had its time, and not at the same moment on eleven thousand pages. */
const AFTER_MS = 5_000;
const WITHIN_MS = 20_000;

/**
 * What draws figures comes before any are shown: a dozen small files take five seconds on a poor line, and whoever points at
 * figures does not wait for them.
 */
export function useFiguresBeforehand(): void {
  useEffect(() => {
    const timer = setTimeout(
      () => void loadRetried(loadFigures).catch(() => undefined),
      AFTER_MS + Math.random() * WITHIN_MS,
    );
    return () => clearTimeout(timer);
  }, []);
}
