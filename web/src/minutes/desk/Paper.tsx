import { FileText, FileType } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Briefing, Minutes } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { minutesWords } from '../words/minutes.vi.ts';
import { useTakenPaper } from './useTakenPaper.ts';

const icons = { docx: FileType, pdf: FileText } as const;

/** What is taken along: the minutes first, then lists. */
export function Paper({ briefing, minutes, lists }: { briefing: Briefing; minutes: Minutes; lists: ReactNode }) {
  const { t } = useText(minutesWords);
  const { isBusy, take } = useTakenPaper(briefing, minutes);
  return (
    <section className="happened-card happened-files" aria-label={t.files}>
      <h3>{t.files}</h3>
      {minutes.state !== 'not-held' && (
        <div className="happened-paper">
          <div className="grow">
            <strong>{t.paper}</strong>
            <p className="soft small-text" role="status">
              {minutes.state === 'measuring'
                ? t.measuring
                : minutes.extract
                  ? t.paperExtract(minutes.extract.name)
                  : t.paperBody}
            </p>
          </div>
          {(['docx', 'pdf'] as const).map((format) => {
            const Icon = icons[format];
            return (
              <button
                key={format}
                type="button"
                className={format === 'docx' ? 'button primary' : 'button'}
                aria-label={t.take(t.formats[format])}
                disabled={minutes.state !== 'ready' || isBusy}
                onClick={() => void take(format)}
              >
                <Icon size={18} aria-hidden />
                {t.formats[format]}
              </button>
            );
          })}
        </div>
      )}
      {lists}
    </section>
  );
}
