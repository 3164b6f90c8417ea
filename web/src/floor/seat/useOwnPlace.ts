import { useChannel } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useMine } from '../useMine.ts';

/** The one act of a device about its own place: ask for the floor, take that back, leave. */
export function useOwnPlace() {
  const { link } = useChannel();
  const { speaker, hand } = useMine();
  const { run, pending } = useAct();
  const wish = speaker ? 'stage.leave' : hand ? 'hand.lower' : 'hand.raise';
  // The floor may tell before the acknowledgement comes.
  const sending = pending.has(wish);
  const act = sending || link !== 'online' ? undefined : () => void run(wish, {});
  return { wish, sending, act, place: speaker?.place } as const;
}
