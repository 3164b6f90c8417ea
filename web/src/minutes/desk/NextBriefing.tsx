import { CalendarClock, CalendarPlus } from 'lucide-react';
import { useCallback } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { minutesWords } from '../words/minutes.vi.ts';

interface NextBriefingProps {
  readonly onSchedule: () => void;
  readonly onCopy: (() => void) | undefined;
}

/** The way on: what is scheduled next, or one more like this one. */
export function NextBriefing({ onSchedule, onCopy }: NextBriefingProps) {
  const { t, day } = useText(minutesWords);
  const { api } = useOffice();
  const { value } = usePolled(useCallback(() => api.briefings(), [api]));
  const [next] = (value ?? [])
    .filter(({ state }) => state !== 'closed')
    .sort((a, b) => Date.parse(a.scheduledAt) - Date.parse(b.scheduledAt));
  return (
    <section className="happened-card" aria-label={t.next}>
      <h3>{t.next}</h3>
      <p className="happened-next">
        {next ? (
          <>
            <span className="num">{day(next.scheduledAt)}</span>
            <strong>{next.title}</strong>
          </>
        ) : (
          value && t.nextNone
        )}
      </p>
      {onCopy && (
        <div>
          <button type="button" className="button" onClick={onCopy}>
            <CalendarPlus size={18} aria-hidden />
            {t.copy}
          </button>
          <p className="soft small-text">{t.copyHint}</p>
        </div>
      )}
      <button type="button" className="button" onClick={onSchedule}>
        <CalendarClock size={18} aria-hidden />
        {t.schedule}
      </button>
    </section>
  );
}
