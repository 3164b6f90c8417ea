import { useEffect, useRef } from 'react';
import { ApiError } from '../../api/ApiError.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { useMine } from '../useMine.ts';
import { floorWords } from '../words/floor.vi.ts';

export type OwnPlace = ReturnType<typeof useOwnPlace>;

/**
 * The one act of a device about its own place: ask for the floor, take that back, leave. Once for a page: it also tells
 * when somebody else has taken the hand down.
 */
export function useOwnPlace() {
  const { link } = useChannel();
  const { speaker, hand } = useMine();
  const { run, pending } = useAct();
  const { t } = useText(floorWords);
  const { tell } = useToasts();
  const last = useRef<'none' | 'up' | 'lowering'>('none');
  const isUp = hand !== undefined;
  const isPlaced = speaker !== undefined;
  useEffect(() => {
    if (isUp) {
      if (last.current === 'none') last.current = 'up';
      return;
    }
    if (last.current === 'up' && !isPlaced) tell({ text: t.handTakenDown, tone: 'bad' });
    last.current = 'none';
  }, [isUp, isPlaced, tell, t]);
  const wish = speaker ? 'stage.leave' : hand ? 'hand.lower' : 'hand.raise';
  // The floor may tell before the acknowledgement comes.
  const sending = pending.has(wish);
  const go = (): void => {
    if (wish === 'hand.lower') last.current = 'lowering';
    const isFull = (error: unknown) => error instanceof ApiError && error.reason === 'busy';
    void run(wish, {}, wish, (error) => (wish === 'hand.raise' && isFull(error) ? t.queueFull : undefined));
  };
  return { wish, sending, act: sending || link !== 'online' ? undefined : go, place: speaker?.place } as const;
}
