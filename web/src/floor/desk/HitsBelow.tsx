import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Below the field, in pixels: three hits. */
const LEAST_ROOM = 220;

/** In the browser's top layer, so that no column clips it: below the field, and as wide. */
export function HitsBelow({ anchor, children }: { anchor: RefObject<HTMLElement | null>; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number; width: number; maxHeight: number }>();
  useLayoutEffect(() => {
    ref.current?.showPopover();
    // What a telephone's keyboard leaves of the window.
    const seen = window.visualViewport;
    const put = (): void => {
      const rect = anchor.current?.getBoundingClientRect();
      if (!rect) return;
      const top = rect.bottom + 4;
      setPlace({ left: rect.left, top, width: rect.width, maxHeight: (seen?.height ?? window.innerHeight) - top - 8 });
    };
    const { bottom = 0 } = anchor.current?.getBoundingClientRect() ?? {};
    if ((seen?.height ?? window.innerHeight) - bottom < LEAST_ROOM)
      anchor.current?.closest('.unit-combo')?.scrollIntoView({ block: 'start' });
    put();
    seen?.addEventListener('resize', put);
    window.addEventListener('resize', put);
    window.addEventListener('scroll', put, true);
    return () => {
      seen?.removeEventListener('resize', put);
      window.removeEventListener('resize', put);
      window.removeEventListener('scroll', put, true);
    };
  }, [anchor]);
  return (
    <div ref={ref} popover="manual" className="hits" style={place}>
      {children}
    </div>
  );
}
