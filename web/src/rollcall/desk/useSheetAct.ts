import { useCallback, useState } from 'react';
import type { ActAnswer, ActAsk, ActName } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useTools } from '../../session/BriefingContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';

/** An act out of a sheet: a refusal is said within it, since what lies under a sheet is not read. */
export function useSheetAct() {
  const { channel } = useTools();
  const { t } = useText(problemWords);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = useCallback(
    async <N extends ActName>(name: N, ask: ActAsk<N>): Promise<ActAnswer<N> | undefined> => {
      setBusy(true);
      setProblem(undefined);
      try {
        return await channel.act(name, ask);
      } catch (error) {
        setProblem(sentence(error, t));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [channel, t],
  );
  return { run, busy, problem };
}
