import { useCallback, useState } from 'react';
import type { Briefing } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { AnsweredItems } from '../AnsweredItems.tsx';
import { questionApi } from '../questionApi.ts';
import { questionWords } from '../words/question.vi.ts';

/** Of briefings that are over: the newest. */
const BRIEFINGS = 3;
/** An answer may be written days after the briefing. Thousands of pages are open, with this closed. */
const LOOK_MS = { open: 60_000, closed: 30 * 60_000 } as const;

/** QU10, outside of briefings: what was answered in the last ones, whoever had asked. */
export function AnsweredBook() {
  const { api } = useOffice();
  const load = useCallback(() => api.briefings(), [api]);
  const { value } = usePolled(load);
  const over = (value ?? []).filter(({ liveAt, closedAt }) => liveAt !== null && closedAt !== null);
  return over.slice(0, BRIEFINGS).map((briefing) => <AnsweredIn key={briefing.id} briefing={briefing} />);
}

function AnsweredIn({ briefing: { id, title, closedAt } }: { briefing: Briefing }) {
  const { t, number, date } = useText(questionWords);
  const { api } = useOffice();
  const load = useCallback(() => questionApi.answered(api, id), [api, id]);
  const [open, setOpen] = useState(false);
  const { value = [], error } = usePolled(load, open ? LOOK_MS.open : LOOK_MS.closed);
  if (value.length === 0) return error === undefined ? null : <p className="soft">{t.failed}</p>;
  return (
    <details className="folds" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.answeredIn(title, date(closedAt ?? ''), number(value.length))}</summary>
      <AnsweredItems questions={value} />
    </details>
  );
}
