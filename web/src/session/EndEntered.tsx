import { useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { Problem } from '../ui/Problem.tsx';
import { useOffice } from './OfficeContext.tsx';
import { sentence } from './sentence.ts';
import { newsWords } from './words/news.vi.ts';
import { problemWords } from './words/problem.vi.ts';

/** LK9: puts the device out that the code of a slip let in. @param account whose it is */
export function EndEntered({ account, entered }: { account: string; entered: string }) {
  const { api, session } = useOffice();
  const { t } = useText(newsWords);
  const { t: problems } = useText(problemWords);
  const [state, setState] = useState<'there' | 'ending' | 'ended'>('there');
  const [problem, setProblem] = useState<string>();
  if (state === 'ended') return <p role="status">{t.entered.ended}</p>;
  const isOwn = account === session.account.id;
  const end = async (): Promise<void> => {
    setState('ending');
    setProblem(undefined);
    const path = isOwn ? `/api/session/by-code/${entered}` : `/api/accounts/${account}/sessions/${entered}`;
    try {
      await api.ask(path, undefined, { method: 'DELETE' });
      setState('ended');
    } catch (error) {
      setProblem(sentence(error, problems));
      setState('there');
    }
  };
  return (
    <>
      <Problem text={problem} />
      <button type="button" className="button small" disabled={state === 'ending'} onClick={() => void end()}>
        {t.entered.end}
      </button>
    </>
  );
}
