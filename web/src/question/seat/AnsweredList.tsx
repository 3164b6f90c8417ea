import { useCallback, useState } from 'react';
import { withAnswered } from '../../api/channel/questions.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { AnsweredItems } from '../AnsweredItems.tsx';
import { questionApi } from '../questionApi.ts';
import { questionWords } from '../words/question.vi.ts';

/** Every answered question of the briefing, newest first; those of before are fetched when it is opened. */
export function AnsweredList({ briefing }: { briefing: string }) {
  const { t, number } = useText(questionWords);
  const { api } = useOffice();
  const { questions } = useChannel();
  const [wanted, setWanted] = useState(false);
  // While this page was away others may have been answered.
  const missed = questions.answered > questions.told.length;
  const load = useCallback(() => questionApi.answered(api, briefing), [api, briefing]);
  const read = usePolled(wanted && missed ? load : undefined);
  const all = withAnswered(read.value ?? [], questions.told);
  return (
    <details className="folds" onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary>{t.answeredOnes(number(questions.answered))}</summary>
      {wanted && (
        <>
          {read.error !== undefined && <p className="soft">{t.failed}</p>}
          <AnsweredItems questions={all} />
        </>
      )}
    </details>
  );
}
