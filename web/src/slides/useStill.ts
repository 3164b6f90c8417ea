import { useEffect, useState } from 'react';
import { isPassing } from '../api/ApiError.ts';
import type { Still } from '../api/contract.ts';
import { fullJitter } from '../lib/jitter.ts';
import { useChannel, useTools } from '../session/BriefingContext.tsx';

/** SH7: the newest still of that device's screen, as long as one is wanted; nobody else is told of them. */
export function useStill(identity: string, wanted: boolean): Still | undefined {
  const { channel } = useTools();
  const { link } = useChannel();
  const [still, setStill] = useState<Still>();
  useEffect(() => {
    if (!wanted || link !== 'online') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    let newest = -1;
    const take = (next: Still): void => {
      if (next.identity !== identity || next.nr <= newest) return;
      newest = next.nr;
      setStill(next);
    };
    const forget = channel.on('still', take);
    const ask = async (attempt: number): Promise<void> => {
      try {
        const { still: first } = await channel.act('still.follow', { on: true });
        if (first && !over) take(first);
      } catch (error) {
        if (isPassing(error) && !over) timer = setTimeout(() => void ask(attempt + 1), 1_000 + fullJitter(attempt));
      }
    };
    void ask(0);
    return () => {
      over = true;
      clearTimeout(timer);
      forget();
      channel.act('still.follow', { on: false }).catch(() => {});
    };
  }, [channel, identity, wanted, link]);
  return wanted && still?.identity === identity ? still : undefined;
}
