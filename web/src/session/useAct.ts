import { useCallback, useState } from 'react';
import type { ActAnswer, ActAsk, ActName } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useToasts } from '../ui/Toasts.tsx';
import { useTools } from './BriefingContext.tsx';
import { sentence } from './sentence.ts';
import { problemWords } from './words/problem.vi.ts';

/** Runs acts: says which one is under way, and tells a refusal in the person's language, where `says` has no better words. */
export function useAct() {
  const { channel } = useTools();
  const { t } = useText(problemWords);
  const { tell } = useToasts();
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const run = useCallback(
    async <N extends ActName>(
      name: N,
      ask: ActAsk<N>,
      key: string = name,
      says: (error: unknown) => string | undefined = () => undefined,
    ): Promise<ActAnswer<N> | undefined> => {
      setPending((before) => new Set(before).add(key));
      try {
        return await channel.act(name, ask);
      } catch (error) {
        tell({ text: says(error) ?? sentence(error, t), tone: 'bad' });
        return undefined;
      } finally {
        setPending((before) => new Set([...before].filter((k) => k !== key)));
      }
    },
    [channel, t, tell],
  );
  return { run, pending };
}
