import { useEffect, useRef } from 'react';
import { useText } from '../i18n/useText.tsx';
import type { Pages } from './usePages.ts';
import { listWords } from './words/lists.vi.ts';

/** At the end of a long list: the next page comes when this comes into sight, or is asked for by hand. */
export function More({ of }: { of: Pick<Pages<unknown>, 'hasMore' | 'more' | 'phase'> }) {
  const { t: lists } = useText(listWords);
  const button = useRef<HTMLButtonElement>(null);
  const { hasMore, more, phase } = of;
  const latest = useRef(more);
  useEffect(() => {
    latest.current = more;
  });
  useEffect(() => {
    if (!hasMore || phase !== 'ready' || !button.current) return;
    const seen = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current();
    });
    seen.observe(button.current);
    return () => seen.disconnect();
  }, [hasMore, phase]);
  if (!hasMore) return null;
  return (
    <button ref={button} type="button" className="button quiet" onClick={more}>
      {lists.more}
    </button>
  );
}
