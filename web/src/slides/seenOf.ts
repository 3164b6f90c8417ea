import type { Programme } from '../api/contract.ts';
import { hidesContent } from './hidesContent.ts';

/** Whether all see the slides that are shown: `away`, when something else has their place or had it, `hidden` by a layout of people alone. (SL14) */
export function seenOf(
  { content, layout }: Pick<Programme, 'content' | 'layout'>,
  deck: string,
): 'seen' | 'hidden' | 'away' {
  if (content?.kind !== 'slides' || content.deck !== deck) return 'away';
  return hidesContent(layout) ? 'hidden' : 'seen';
}
