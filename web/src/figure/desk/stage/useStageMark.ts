import { useEffect, useRef } from 'react';
import { codeOf, type StageMark, within } from '../../../api/contract.ts';
import { useTools } from '../../../session/BriefingContext.tsx';
import type { ShownFigures } from '../../../staged/useStaged.ts';

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

/** The unit of what is shown in which the chosen one lies; the root itself is none. Pure. */
export function markOf(root: string, depth: ShownFigures['depth'], chosen: string): StageMark | null {
  if (chosen === root || !within(chosen, root)) return null;
  const level = root.split('.').length;
  const parts = chosen.split('.');
  const below = parts[level] ?? '';
  return { kind: 'unit', unit: depth === 'communes' && parts.length > level + 1 ? codeOf(chosen) : below };
}
