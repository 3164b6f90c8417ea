import { useCallback } from 'react';
import { shownStagesSchema } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { sentence } from '../session/sentence.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { usePolled } from '../ui/usePolled.ts';
import { listWords } from '../ui/words/lists.vi.ts';
import { shownWords } from './words/shown.vi.ts';
import './shownStages.css';

interface ShownStagesProps {
  readonly briefing: string;
  readonly unit: string;
  /** Under a title that is there already; also where there was one room for all. */
  readonly always?: boolean;
}

/** TR13: which room a unit was shown, from when to when. */
export function ShownStages({ briefing, unit, always = false }: ShownStagesProps) {
  const { t, time } = useText(shownWords);
  const { t: lists } = useText(listWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const path = `/api/briefings/${briefing}/shown/${encodeURIComponent(unit)}`;
  const { value, error } = usePolled(useCallback(() => api.ask(path, shownStagesSchema), [api, path]));
  const shown = value?.shown ?? [];
  if (!always && !shown.some((stage) => stage.unit !== null)) return null;
  return (
    <section className="shown-stages" aria-label={t.title}>
      {!always && <h3>{t.title}</h3>}
      {!value && error === undefined && <p className="soft">{lists.loading}</p>}
      {error !== undefined && <p className="stale">{lists.failed(sentence(error, problems))}</p>}
      {value && shown.length === 0 && <p className="soft">{t.none}</p>}
      <ol>
        {shown.map(({ name, from, to }) => (
          <li key={from} data-own={name !== null}>
            <span className="soft num">{t.span(time(from), to === null ? t.still : time(to))}</span>
            <strong>{name === null ? t.common : t.room(name)}</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}
