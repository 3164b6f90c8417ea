import { CalendarClock, CalendarX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Briefing } from '../api/contract.ts';
import { type Text, useText } from '../i18n/useText.tsx';
import { serverNow } from '../lib/serverClock.ts';
import { useToasts } from '../ui/Toasts.tsx';
import { type ScheduleSignWords, scheduleSignWords } from './words/schedule.vi.ts';

type Said = Pick<Text<ScheduleSignWords>, 't' | 'hour' | 'weekday' | 'date'>;
const whenOf = (iso: string, { t, hour, weekday, date }: Said): string => t.when(hour(iso), weekday(iso), date(iso));

function headOf({ scheduledAt, notice }: Pick<Briefing, 'scheduledAt' | 'notice'>, said: Said): string {
  switch (notice?.kind) {
    case 'moved':
      return said.t.moved(whenOf(scheduledAt, said));
    case 'cancelled':
      return said.t.cancelled;
    case 'changed':
      return said.t.changed;
    default:
      return said.t.begins(whenOf(scheduledAt, said));
  }
}

interface ScheduleSignProps {
  readonly briefing: Briefing;
  /** Where the hour stands already. */
  readonly changeOnly?: boolean;
}

/** At the door: when it begins, and what became of that. Whoever waits hears of a change. */
export function ScheduleSign({ briefing, changeOnly = false }: ScheduleSignProps) {
  const said = useText(scheduleSignWords);
  const { notice, state } = briefing;
  return (
    <div role="status" className={notice ? 'note warn schedule-sign' : 'schedule-sign'}>
      {(notice || (state === 'scheduled' && !changeOnly)) && (
        <>
          <CalendarClock size={22} aria-hidden />
          <p>
            <strong>{headOf(briefing, said)}</strong>
            {notice && (
              <span>
                {notice.from && `${said.t.from(whenOf(notice.from, said))} `}
                {said.t.reason(notice.reason)}
              </span>
            )}
          </p>
        </>
      )}
    </div>
  );
}

/** Half a day: whoever comes for the hour that was planned is told why nobody is here. */
const SHOWN_MS = 12 * 3_600_000;

/** Of what was called off and would be on about now, or is still to come. */
export function CancelledSigns({ briefings }: { briefings: readonly Briefing[] }) {
  const said = useText(scheduleSignWords);
  const shown = briefings.filter(
    ({ notice, scheduledAt }) =>
      notice?.kind === 'cancelled' && Math.max(Date.parse(scheduledAt), Date.parse(notice.at)) > serverNow() - SHOWN_MS,
  );
  return (
    <div role="status" className="cancelled-signs">
      {shown.map(({ id, title, scheduledAt, notice }) => (
        <div key={id} className="note warn schedule-sign">
          <CalendarX size={22} aria-hidden />
          <p>
            <strong>{said.t.cancelledOf(title)}</strong>
            <span>
              {said.t.planned(whenOf(scheduledAt, said))} {notice && said.t.reason(notice.reason)}
            </span>
          </p>
        </div>
      ))}
    </div>
  );
}

/** Inside, a change is told once, as it comes. */
export function ScheduleNews({ briefing }: { briefing: Briefing }) {
  const said = useText(scheduleSignWords);
  const { tell } = useToasts();
  const known = useRef(briefing.notice?.at);
  useEffect(() => {
    const { notice } = briefing;
    if (!notice || notice.at === known.current) return;
    known.current = notice.at;
    tell({ text: `${headOf(briefing, said)}. ${said.t.reason(notice.reason)}`, tone: 'good' });
  }, [briefing, said, tell]);
  return null;
}
