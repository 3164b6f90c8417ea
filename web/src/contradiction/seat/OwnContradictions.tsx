import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { saveJson } from '../../ui/saveFile.ts';
import { type Contradicted, evidenceName, evidenceOf } from '../evidence.ts';
import { contradictionWords } from '../words/contradiction.vi.ts';
import { ReceiptWatch, type WatchState } from './ReceiptWatch.ts';

/** So many are named; the file has all. */
const NAMED = 3;
const NOTHING: WatchState = { isSilent: false, contradicted: [] };

/** AU22–AU26: what this page holds against the record, and what it found. */
export function OwnContradictions() {
  const { api, session } = useOffice();
  const { receipts } = useOutbox();
  const { account } = session;
  const [{ isSilent, contradicted }, setState] = useState(NOTHING);
  useEffect(() => {
    const watch = ReceiptWatch.open({ api, receipts, unit: account.unit.code });
    const forget = watch.state.subscribe(() => setState(watch.state.get()));
    return () => {
      forget();
      watch.close();
    };
  }, [api, receipts, account.unit.code]);
  const save = (): void => {
    const at = new Date().toISOString();
    const seen = { by: account.name, unit: account.unit.code, at };
    saveJson(evidenceName(account.unit.code, at), evidenceOf(contradicted, seen));
  };
  return (
    <>
      {contradicted.length > 0 && <Found contradicted={contradicted} onSave={save} />}
      {isSilent && <Silent />}
    </>
  );
}

/** It stays for as long as the page does, folded or not: whoever sits here next has to see it as well. */
export function Found({ contradicted, onSave }: { contradicted: readonly Contradicted[]; onSave: () => void }) {
  const { t, number, moment } = useText(contradictionWords);
  const [isFolded, setFolded] = useState(false);
  return (
    <section className="note bad" role="alert" aria-label={t.title}>
      <TriangleAlert size={20} aria-hidden />
      <div className="grow">
        <strong>{t.title}</strong>
        {!isFolded && (
          <>
            <p>{t.own(contradicted.length, number(contradicted.length))}</p>
            <ul>
              {contradicted.slice(0, NAMED).map(({ receipt: { table, at, seal, leaf, hash } }) => (
                <li key={hash + leaf}>
                  <span>{[t.kinds[table] ?? table, t.sealed(moment(at))].join(' · ')}</span>
                  <span className="soft num">{t.place(number(seal), number(leaf))}</span>
                </li>
              ))}
              {contradicted.length > NAMED && <li className="soft">{t.more(number(contradicted.length - NAMED))}</li>}
            </ul>
            <p>{t.ask}</p>
          </>
        )}
        <div className="contradiction-buttons">
          <button type="button" className="button small" onClick={onSave}>
            {t.save}
          </button>
          <button
            type="button"
            className="button small quiet"
            aria-expanded={!isFolded}
            onClick={() => setFolded(!isFolded)}
          >
            {isFolded ? t.unfold : t.fold}
          </button>
        </div>
      </div>
    </section>
  );
}

export function Silent() {
  const { t } = useText(contradictionWords);
  return (
    <section className="note warn" role="status" aria-label={t.silentTitle}>
      <TriangleAlert size={20} aria-hidden />
      <div className="grow">
        <strong>{t.silentTitle}</strong>
        <p>{t.silent}</p>
      </div>
    </section>
  );
}
