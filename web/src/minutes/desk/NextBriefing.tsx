import { CalendarClock, CalendarPlus, LogIn } from 'lucide-react';
import { useCallback } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { serverNow } from '../../lib/serverClock.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { isOpen, nextBriefing } from '../nextBriefing.ts';
import { minutesWords } from '../words/minutes.vi.ts';

/** How late an open room is seen. */
const LOOK_MS = 20_000;

interface NextBriefingProps {
  /** The one that ended. */
  readonly after: string;
  readonly onEnter: ((briefing: string) => void) | undefined;
  readonly onSchedule: () => void;
  readonly onCopy: (() => void) | undefined;
}

/** The way on: what is scheduled next, or one more like this one. */
export function NextBriefing({ after, onEnter, onSchedule, onCopy }: NextBriefingProps) {
  const { t, day } = useText(minutesWords);
  const { api } = useOffice();
  const { value } = usePolled(
    useCallback(() => api.briefings(), [api]),
    LOOK_MS,
  );
  const next = nextBriefing(value ?? [], after, serverNow());
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
      {next && onEnter && isOpen(next.state) && (
        <button type="button" className="button primary" onClick={() => onEnter(next.id)}>
          <LogIn size={18} aria-hidden />
          {t.enterNext}
        </button>
      )}
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
