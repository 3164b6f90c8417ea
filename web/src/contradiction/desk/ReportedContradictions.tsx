import { type Contradiction, contradictionsSchema } from '@dieu-hanh/server/protocol';
import { TriangleAlert } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { saveJson } from '../../ui/saveFile.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { evidenceName, evidenceOf } from '../evidence.ts';
import { contradictionWords } from '../words/contradiction.vi.ts';

/** AU24: officials are shown it within a minute; there are a few hundred of them, and hardly ever something to read. */
const EVERY_MS = 45_000;
const NAMED = 3;

/** AU24: units of the territory whose receipts the record contradicts. */
export function ReportedContradictions() {
  const { api, session } = useOffice();
  const [readUntil, setReadUntil] = useState('');
  const load = useCallback(() => api.ask('/api/contradictions', contradictionsSchema), [api]);
  const news = (usePolled(load, EVERY_MS).value?.contradictions ?? []).filter(({ firstAt }) => firstAt > readUntil);
  if (news.length === 0) return null;
  const save = (): void => {
    const at = new Date().toISOString();
    const { name, unit } = session.account;
    saveJson(evidenceName(unit.code, at), evidenceOf(news, { by: name, unit: unit.code, at }));
  };
  return <Reported contradictions={news} onSave={save} onRead={() => setReadUntil(newestOf(news))} />;
}

/** When the last of them was first found. */
const newestOf = (news: readonly Contradiction[]): string =>
  news
    .map(({ firstAt }) => firstAt)
    .sort()
    .at(-1) ?? '';

export function Reported({
  contradictions,
  onSave,
  onRead,
}: {
  contradictions: readonly Contradiction[];
  onSave: () => void;
  onRead: () => void;
}) {
  const { t, number } = useText(contradictionWords);
  return (
    <section className="note bad" role="alert" aria-label={t.leadersTitle}>
      <TriangleAlert size={20} aria-hidden />
      <div className="grow">
        <strong>{t.leadersTitle}</strong>
        <ul>
          {contradictions.slice(0, NAMED).map((one) => (
            <Line key={`${one.unit} ${one.receipt.hash} ${one.receipt.leaf}`} one={one} />
          ))}
          {contradictions.length > NAMED && <li className="soft">{t.more(number(contradictions.length - NAMED))}</li>}
        </ul>
        <p>{t.leaders}</p>
        <div className="contradiction-buttons">
          <button type="button" className="button small" onClick={onSave}>
            {t.save}
          </button>
          <button type="button" className="button small quiet" onClick={onRead}>
            {t.read}
          </button>
        </div>
      </div>
    </section>
  );
}

function Line({ one }: { one: Contradiction }) {
  const { t, number, moment } = useText(contradictionWords);
  const { unitName, by, firstAt, address, proven, receipt } = one;
  const { table, at, seal, leaf } = receipt;
  return (
    <li>
      <strong>{unitName}</strong>
      <span>{[t.kinds[table] ?? table, t.sealed(moment(at))].join(' · ')}</span>
      <span className="soft">{[t.foundBy(by, moment(firstAt)), t.from(address)].join(' · ')}</span>
      <span className="soft num">{t.place(number(seal), number(leaf))}</span>
      {!proven && <span>{t.unproven}</span>}
    </li>
  );
}
