import { Download } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { saveJson } from '../../ui/saveFile.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { answersApi } from '../answersApi.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import '../roundRecords.css';

interface RoundReceiptsProps {
  readonly round: string;
  /** Another one has more acts on record. */
  readonly version: number;
}

/** RC23: what officials did with a round, each act with its receipt; read when it is opened. */
export function RoundReceipts(props: RoundReceiptsProps) {
  const { t } = useText(rollcallDeskWords);
  const [wanted, setWanted] = useState(false);
  return (
    <details className="round-records folds" onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary>{t.actsTitle}</summary>
      {wanted && <Acts {...props} />}
    </details>
  );
}

function Acts({ round, version }: RoundReceiptsProps) {
  const { t, moment } = useText(rollcallDeskWords);
  const { t: r } = useText(rollcallWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round that was moved has more on record
  const load = useCallback(() => answersApi.acts(api, round), [api, round, version]);
  const { value, error } = usePolled(load);
  if (!value) return <p className="soft">{error === undefined ? ui.loading : sentence(error, problems)}</p>;
  return (
    <ol>
      {value.acts.map(({ act, at, by, receipt }) => (
        <li key={`${act} ${at}`}>
          <span className="grow">
            <strong>{t.acts[act]}</strong>{' '}
            <span className="soft num">
              {moment(at)} · {by ?? t.byTime}
            </span>
          </span>
          <button
            type="button"
            className="button quiet icon"
            aria-label={r.receiptOf(t.acts[act])}
            title={r.download}
            onClick={() => saveJson(`bien-nhan-diem-danh-${act}-${receipt.seal}-${receipt.leaf}.json`, receipt)}
          >
            <Download size={18} aria-hidden />
          </button>
        </li>
      ))}
    </ol>
  );
}
