import { useCallback, useEffect, useRef, useState } from 'react';
import { type Briefing, type HeldSession, sessionPartSchema } from '../../api/contract.ts';
import { stagesWords } from '../../floor/words/stages.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { reportWords } from '../words/report.vi.ts';
import { ReportButtons } from './ReportButtons.tsx';
import { reportApi } from './reportApi.ts';
import './report.css';

interface SessionReportsProps {
  readonly briefing: Briefing;
  /** Of which unit it stands open; left out: none. */
  readonly first: string | undefined;
}

/** TR18: the rooms that units of the territory hold or held for themselves, each with its lists. */
export function SessionReports({ briefing: { id }, first }: SessionReportsProps) {
  const { t: d } = useText(reportWords);
  const { t: lists } = useText(listWords);
  const { t } = useText(problemWords);
  const { api } = useOffice();
  const { value: sessions = [], error } = usePolled(useCallback(() => reportApi.sessions(api, id), [api, id]));
  if (error !== undefined) return <p className="stale">{lists.failed(sentence(error, t))}</p>;
  if (sessions.length === 0) return null;
  return (
    <section aria-label={d.sessions}>
      <h3>{d.sessions}</h3>
      <p className="soft small-text">{d.sessionsBody}</p>
      {sessions.map((session) => (
        <OneSession key={session.unit} briefing={id} session={session} isFirst={session.unit === first} />
      ))}
    </section>
  );
}

interface OneSessionProps {
  readonly briefing: string;
  readonly session: HeldSession;
  readonly isFirst: boolean;
}

function OneSession({ briefing, session: { unit, name, times }, isFirst }: OneSessionProps) {
  const { t: d, hour } = useText(reportWords);
  const { t: rooms } = useText(stagesWords);
  const [isOpen, setOpen] = useState(isFirst);
  const fold = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (isFirst) fold.current?.scrollIntoView({ block: 'start' });
  }, [isFirst]);
  return (
    <details ref={fold} className="folds" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {rooms.own(name)}
        <span className="soft num small-text">
          {times
            .map(({ from, to }) => (to === null ? d.stillHeld(hour(from)) : d.held(hour(from), hour(to))))
            .join('; ')}
        </span>
      </summary>
      {isOpen &&
        sessionPartSchema.options.map((part) => (
          <ReportButtons key={part} about={{ kind: 'session', briefing, unit, part }} />
        ))}
    </details>
  );
}
