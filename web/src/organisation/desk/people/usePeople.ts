import { useCallback, useMemo, useState } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { useToasts } from '../../../ui/Toasts.tsx';
import { peopleApi } from './peopleApi.ts';

/** Requests of this desk; `run` does one at a time and says in words what came of it. */
export function usePeople() {
  const { api, session } = useOffice();
  const { t: problems } = useText(problemWords);
  const { tell } = useToasts();
  const [busy, setBusy] = useState(false);
  const people = useMemo(() => peopleApi(api), [api]);
  const run = useCallback(
    async <T>(work: () => Promise<T>, done?: string): Promise<{ readonly is: T } | undefined> => {
      setBusy(true);
      try {
        const is = await work();
        if (done !== undefined) tell({ text: done, tone: 'good' });
        return { is };
      } catch (error) {
        tell({ text: sentence(error, problems), tone: 'bad' });
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [tell, problems],
  );
  return { people, session, busy, run };
}
