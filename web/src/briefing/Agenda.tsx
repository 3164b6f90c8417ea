import type { Briefing } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { agendaTimes } from './agendaTimes.ts';
import { briefingWords } from './words/briefing.vi.ts';
import './agenda.css';

/** What is on, by whom, and when as planned; nothing where nobody wrote it down. */
export function Agenda({ briefing: { agenda, scheduledAt } }: { briefing: Pick<Briefing, 'agenda' | 'scheduledAt'> }) {
  const { t, hour } = useText(briefingWords);
  if (agenda.length === 0) return null;
  const times = agendaTimes(agenda, scheduledAt);
  return (
    <section className="agenda" aria-label={t.agenda}>
      <h2>{t.agenda}</h2>
      <ol>
        {agenda.map(({ title, by }, i) => {
          const at = times[i];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an agenda is told whole, and its items have no other name
            <li key={i}>
              <span className="agenda-time num">{at && hour(at)}</span>
              <span>
                <strong>{title}</strong>
                {by && <span className="soft">{by}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
