import { UserRound } from 'lucide-react';
import { useState } from 'react';
import type { KeptSessions } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { sentence } from '../session/sentence.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { Message } from '../ui/Message.tsx';
import { Problem } from '../ui/Problem.tsx';
import { appWords } from './words/app.vi.ts';
import { chooseKeptWords } from './words/chooseKept.vi.ts';
import './chooseKept.css';

interface ChooseKeptProps {
  readonly kept: KeptSessions['sessions'];
  /** @throws what the server refuses */
  readonly onChoose: (session: string) => Promise<void>;
  readonly onOther: () => void;
}

/** LK6: several people use this browser; one of them goes on without a link. */
export default function ChooseKept({ kept, onChoose, onOther }: ChooseKeptProps) {
  const { t: app } = useText(appWords);
  const { t } = useText(chooseKeptWords);
  const { t: problems } = useText(problemWords);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const enter = async (session: string): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onChoose(session);
    } catch (error) {
      setProblem(sentence(error, problems));
      setBusy(false);
    }
  };
  return (
    <>
      <PageHead name={app.name} line={app.tagline} />
      <Message icon={UserRound} title={t.title} body={t.body}>
        {kept.map(({ session, name, unit }) => (
          <button
            key={session}
            type="button"
            className="button kept-choice"
            disabled={busy}
            onClick={() => void enter(session)}
          >
            <strong>{unit}</strong>
            <span>{name}</span>
          </button>
        ))}
        <Problem text={problem} />
        <button type="button" className="button kept-other" disabled={busy} onClick={onOther}>
          {t.other}
        </button>
      </Message>
    </>
  );
}
