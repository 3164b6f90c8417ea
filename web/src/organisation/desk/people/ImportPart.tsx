import { Download, FileUp } from 'lucide-react';
import { type ChangeEvent, useState } from 'react';
import { ApiError } from '../../../api/ApiError.ts';
import { type RosterPlan, rosterTypes } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { ConfirmSheet } from '../../../ui/ConfirmSheet.tsx';
import { saveFile } from '../../../ui/saveFile.ts';
import { useToasts } from '../../../ui/Toasts.tsx';
import { peopleWords } from '../../words/people.vi.ts';
import { Difference } from './Difference.tsx';
import type { RosterFile } from './peopleApi.ts';
import { usePeople } from './usePeople.ts';

interface Shown {
  readonly file: RosterFile;
  readonly plan: RosterPlan;
  /** Of the one import of this plan, however often it is pressed. */
  readonly key: string;
  /** It was shown before, and the tree has changed since. */
  readonly stale: boolean;
}

/** A roster from a file: what it would do is shown first, and then exactly that is done. */
export function ImportPart({ onImported }: { onImported: () => void }) {
  const { t: words } = useText(peopleWords);
  const t = words.roster;
  const { api } = useOffice();
  const { people, busy, run } = usePeople();
  const { tell } = useToasts();
  const [shown, setShown] = useState<Shown>();
  const [sure, setSure] = useState(false);
  const look = async (file: RosterFile, stale = false): Promise<void> => {
    const found = await run(() => people.planRoster(file));
    setShown(found && { file, plan: found.is, key: crypto.randomUUID(), stale });
  };
  const choose = (what: RosterFile['what']) => (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    // The same file again, mended, is chosen too.
    event.target.value = '';
    if (!chosen) return;
    // Systems name these types as they like; the name is what people see.
    const type = rosterTypes[chosen.name.toLowerCase().endsWith('.xlsx') ? 1 : 0];
    void look({ name: chosen.name, what, blob: new Blob([chosen], { type }) });
  };
  const apply = async (): Promise<void> => {
    if (!shown) return;
    const { file, plan, key } = shown;
    await run(async () => {
      try {
        await people.importRoster(file, plan.plan, key);
        setShown(undefined);
        tell({ text: t.done, tone: 'good' });
        onImported();
      } catch (error) {
        if (!(error instanceof ApiError) || error.reason !== 'conflict') throw error;
        await look(file, true);
      }
    });
  };
  const save = (format: 'xlsx' | 'csv'): void =>
    void run(async () => saveFile(`danh-ba.${format}`, await api.file(`/api/roster/file?format=${format}`)));
  const changes = shown && Object.values(shown.plan.counts).some((n) => n > 0);
  return (
    <section className="people-part" aria-label={t.title}>
      <h3>{t.title}</h3>
      <p>{t.body}</p>
      <div className="row people-acts">
        {(['roster', 'tiers'] as const).map((what) => (
          <label key={what} className="button small people-file" data-quiet={what === 'tiers'}>
            <FileUp size={16} aria-hidden />
            {what === 'roster' ? t.choose : t.chooseTiers}
            <input type="file" className="unseen" accept=".csv,.xlsx" disabled={busy} onChange={choose(what)} />
          </label>
        ))}
        {(['xlsx', 'csv'] as const).map((format) => (
          <button key={format} type="button" className="button small quiet" onClick={() => save(format)}>
            <Download size={16} aria-hidden />
            {t.download(format === 'xlsx' ? 'Excel' : 'CSV')}
          </button>
        ))}
      </div>
      {busy && (
        <p className="soft" role="status">
          {t.reading}
        </p>
      )}
      {shown && (
        <>
          {shown.stale && (
            <p className="note warn" role="alert">
              {t.stale}
            </p>
          )}
          <Difference file={shown.file.name} plan={shown.plan} />
          {changes && (
            <div className="row people-acts">
              <button type="button" className="button primary" disabled={busy} onClick={() => setSure(true)}>
                {t.apply}
              </button>
            </div>
          )}
        </>
      )}
      {sure && (
        <ConfirmSheet
          title={t.confirmTitle}
          body={t.confirmBody}
          confirm={t.apply}
          onConfirm={apply}
          onClose={() => setSure(false)}
        />
      )}
    </section>
  );
}
