import type { Briefing, RunningItem } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { agendaTimes } from './agendaTimes.ts';
import { placeIn } from './placeIn.ts';
import { briefingWords } from './words/briefing.vi.ts';
import './agenda.css';

interface AgendaProps {
  readonly briefing: Pick<Briefing, 'agenda' | 'scheduledAt'>;
  /** Marked in the list. */
  readonly item?: RunningItem | null;
}

/** What is on, by whom, and when as planned; nothing where nobody wrote it down. */
export function Agenda({ briefing: { agenda, scheduledAt }, item = null }: AgendaProps) {
  const { t, hour } = useText(briefingWords);
  if (agenda.length === 0) return null;
  const running = placeIn(agenda, item);
  const times = agendaTimes(agenda, scheduledAt);
  return (
    <section className="agenda" aria-label={t.agenda}>
      <h2>{t.agenda}</h2>
      <ol>
        {agenda.map(({ title, by }, i) => {
          const at = times[i];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an agenda is told whole, and its items have no other name
            <li key={i} aria-current={i === running ? 'step' : undefined}>
              <span className="agenda-time num">{at && hour(at)}</span>
              <span>
                <strong>{title}</strong>
                {i === running && <span className="agenda-now">{t.runsNow}</span>}
                {by && <span className="soft">{by}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
