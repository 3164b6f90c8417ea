import { useEffect, useMemo, useRef } from 'react';
import type { StageMark } from '../../../api/contract.ts';
import { useTools } from '../../../session/BriefingContext.tsx';
import type { ShownFigures } from '../../../staged/useStaged.ts';
import { LatestSender } from './LatestSender.ts';
import { markOf } from './markOf.ts';

/** The server takes two marks a second. (FG27) */
const EVERY_MS = 500;

interface MarkAsk {
  readonly content: string;
  readonly mark: StageMark | null;
}

/** FG27, FG170: a unit that is chosen on the presenter's map is marked for all. @param staged undefined: what they look at is not on the stage */
export function useStageMark(staged: ShownFigures | undefined, chosen: string): void {
  const { channel } = useTools();
  const before = useRef(chosen);
  const { content, depth } = staged ?? {};
  const root = staged?.picture.root ?? '';
  const sender = useMemo(
    () =>
      // What is refused for its pace, since somebody else points too, is pointed at again by the next press.
      new LatestSender<MarkAsk>(EVERY_MS, (ask) => void channel.act('figures.mark', ask).catch(() => undefined)),
    [channel],
  );
  useEffect(() => {
    if (content === undefined || depth === undefined || before.current === chosen) return;
    before.current = chosen;
    const mark = markOf(root, depth, chosen);
    // That nothing is pointed at any more is not counted.
    if (mark) sender.push({ content, mark });
    else sender.sendUnpaced({ content, mark });
  }, [sender, content, depth, root, chosen]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a mark that waits is of what was on the stage until now
  useEffect(() => () => sender.drop(), [sender, content]);
}
