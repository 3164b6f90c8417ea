import { useEffect, useRef } from 'react';
import { useTools } from '../../../session/BriefingContext.tsx';
import type { ShownFigures } from '../../../staged/useStaged.ts';
import { markOf } from './markOf.ts';

/** Whoever looks from tile to tile points when they have come to rest. */
const REST_MS = 300;

/** FG27: whoever chooses a unit on their map marks it for all. @param staged undefined: what they look at is not on the stage */
export function useStageMark(staged: ShownFigures | undefined, chosen: string): void {
  const { channel } = useTools();
  const before = useRef(chosen);
  const { content, depth } = staged ?? {};
  const root = staged?.picture.root ?? '';
  useEffect(() => {
    if (content === undefined || depth === undefined || before.current === chosen) return;
    const timer = setTimeout(() => {
      before.current = chosen;
      // What is refused for its pace is pointed at again by the next press.
      channel.act('figures.mark', { content, mark: markOf(root, depth, chosen) }).catch(() => undefined);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [channel, content, depth, root, chosen]);
}
