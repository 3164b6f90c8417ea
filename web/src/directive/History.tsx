import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { saveJson } from '../ui/saveFile.ts';
import { directiveApi, type RecordedAct } from './directiveApi.ts';
import type { InboxItem } from './openActs.ts';
import { receiptName } from './receiptName.ts';
import { directiveWords } from './words/directive.vi.ts';
import './directive.css';

/** Everything that was recorded of one addressee, oldest first, each with its receipt. */
export function History({ item, unit, open = false }: { item: InboxItem; unit?: string; open?: boolean }) {
  const { t, day, moment } = useText(directiveWords);
  const { api } = useOffice();
  const [acts, setActs] = useState<readonly RecordedAct[]>();
  const { id } = item.directive;
  // Each recorded act changes where the unit stands.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when it does
  useEffect(() => {
    let stopped = false;
    directiveApi.history(api, id, unit).then(
      (found) => stopped || setActs(found),
      () => undefined,
    );
    return () => {
      stopped = true;
    };
  }, [api, id, unit, item.follow]);
  if (!acts?.length) return null;
  const names: Readonly<Record<string, string>> = t.act;
  return (
    <details className="directive-history folds" open={open}>
      <summary>
        {t.history} <span className="count num">{acts.length}</span>
      </summary>
      <ol>
        {acts.map((act) => {
          const name = names[act.act] ?? act.act;
          return (
            <li key={`${act.receipt.chain}-${act.receipt.seal}-${act.receipt.leaf}`}>
              <span className="grow">
                <strong>{name}</strong>{' '}
                <span className="soft num">
                  {moment(act.at)}
                  {act.by && ` · ${act.by}`}
                  {act.resubmittedAt && ` · ${t.resubmitted(day(act.resubmittedAt))}`}
                </span>
                {act.words && <span className="history-words">{act.words}</span>}
              </span>
              <button
                type="button"
                className="button quiet small"
                aria-label={t.receiptOf(name)}
                onClick={() => saveJson(receiptName(item, act.act), act.receipt)}
              >
                <Download size={18} aria-hidden />
                {t.receipt}
              </button>
            </li>
          );
        })}
      </ol>
    </details>
  );
}
