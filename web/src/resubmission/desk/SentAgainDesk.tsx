import { type Restore, type Resubmission, resubmissionsSchema } from '@dieu-hanh/server/protocol';
import { useCallback, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { More } from '../../ui/More.tsx';
import { usePages } from '../../ui/usePages.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { resubmissionWords } from '../words/resubmission.vi.ts';
import './sentAgainDesk.css';

/** RS5: what units have sent again after a restore, proven and not proven apart by word and by mark. */
export function SentAgainDesk() {
  const { t, day, moment } = useText(resubmissionWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const [restore, setRestore] = useState<Restore | null>();
  const load = useCallback(
    async (before: string | undefined) => {
      const query = before ? `?before=${encodeURIComponent(before)}` : '';
      const answer = await api.ask(`/api/resubmissions${query}`, resubmissionsSchema);
      setRestore(answer.restore);
      return { items: answer.resubmissions, total: answer.resubmissions.length, next: answer.next };
    },
    [api],
  );
  const pages = usePages(load);
  const { items, phase, error } = pages;
  return (
    <section className="sent-again" aria-label={t.title}>
      {phase === 'failed' && <p className="note bad">{sentence(error, problems)}</p>}
      {phase === 'loading' && <p className="soft">{ui.loading}</p>}
      {restore === null && <p className="soft">{t.never}</p>}
      {restore && <p className="soft">{t.lead(day(restore.backupAt), day(restore.at))}</p>}
      {restore && phase === 'ready' && items.length === 0 && <p className="soft">{t.none}</p>}
      <ul>
        {items.map((one) => (
          <li key={`${one.unit} ${one.about} ${one.originalAt} ${one.said} ${one.outcome}`} className={one.outcome}>
            <Line one={one} whole={moment} />
          </li>
        ))}
      </ul>
      <More of={pages} />
    </section>
  );
}

function Line({ one, whole }: { one: Resubmission; whole: (at: string) => string }) {
  const { t } = useText(resubmissionWords);
  const { unitName, kind, title, said, name, words, by, sentBy, originalAt, at, outcome } = one;
  return (
    <>
      <strong>{unitName}</strong>
      <span className="sent-again-outcome">{t.outcome[outcome]}</span>
      <p>{[t.kind[kind], title, t.said[said] ?? said, name, words].filter(Boolean).join(' · ')}</p>
      <p className="soft num">{[by, t.first(whole(originalAt)), t.again(whole(at), sentBy)].join(' · ')}</p>
    </>
  );
}
