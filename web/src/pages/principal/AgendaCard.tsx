import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { principalWords } from './words/principal.vi.ts';
import './agendaCard.css';

/** What is on, in its order. */
export function AgendaCard() {
  const { t } = useText(principalWords);
  const { agenda } = useChannel().briefing;
  if (agenda.length === 0) return null;
  return (
    <section className="strip-card agenda" aria-label={t.agenda}>
      <h2>{t.agenda}</h2>
      <ol>
        {agenda.map(({ title, by, minutes }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place; two may have one title
          <li key={i}>
            <span className="num">{i + 1}</span>
            <span className="agenda-words">
              <strong>{title}</strong>
              {by && <span className="soft">{by}</span>}
            </span>
            {minutes !== undefined && <span className="num soft">{t.minutes(minutes)}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
