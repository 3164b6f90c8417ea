import { Printer } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Briefing, BriefingSummary, Round } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { reportApi } from '../../report/desk/reportApi.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { minutesWords } from '../words/minutes.vi.ts';
import { Course } from './Course.tsx';
import { DirectivesGiven } from './DirectivesGiven.tsx';
import { Figures } from './Figures.tsx';
import { minutesApi } from './minutesApi.ts';
import { NextBriefing } from './NextBriefing.tsx';
import { Paper } from './Paper.tsx';
import { PlaceTable } from './PlaceTable.tsx';
import { Sessions } from './Sessions.tsx';
import './happened.css';

/** How often it is asked whether attendance is sealed. */
const SOON_MS = 2_000;
/** Directives are answered after the briefing as well. */
const LOOK_MS = 30_000;

interface HappenedDeskProps {
  readonly briefing: Briefing;
  readonly onDirectives: () => void;
  /** Goes into a briefing whose room is open. */
  readonly onEnter?: ((briefing: string) => void) | undefined;
  readonly onSchedule: () => void;
  /** undefined: this office may schedule no such briefing. */
  readonly onCopy: (() => void) | undefined;
  /** Files that are lists. */
  readonly lists: ReactNode;
  /** What is on record of a round itself. */
  readonly roundActs: (round: Round) => ReactNode;
  /** What was asked in writing. */
  readonly questions: (counts: BriefingSummary['questions']) => ReactNode;
}

/** MN10: what a briefing was, on one page: in figures, in files to take, and in what is still to do. */
export default function HappenedDesk({
  briefing,
  onDirectives,
  onEnter,
  onSchedule,
  onCopy,
  lists,
  roundActs,
  questions,
}: HappenedDeskProps) {
  const { t, day, hour } = useText(minutesWords);
  const { t: ui } = useText(listWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { id } = briefing;
  const loadOutline = useCallback(() => minutesApi.outline(api, id), [api, id]);
  const loadSummary = useCallback(() => reportApi.summary(api, id), [api, id]);
  const [settled, setSettled] = useState(false);
  const { value: minutes } = usePolled(loadOutline, settled ? undefined : SOON_MS);
  const { value: summary, error, reload } = usePolled(loadSummary, LOOK_MS);
  const isReady = minutes?.state === 'ready';
  const isSettled = minutes !== undefined && minutes.state !== 'measuring';
  useEffect(() => setSettled(isSettled), [isSettled]);
  // Figures that were measured before attendance was sealed may be others now.
  useEffect(() => {
    if (isReady) reload();
  }, [isReady, reload]);

  return (
    <article className="happened" aria-label={t.title}>
      <header className="happened-head">
        <div className="grow">
          <p className="happened-kind">{t.title}</p>
          <h2>{briefing.title}</h2>
          <p className="soft num">
            {briefing.liveAt && briefing.closedAt && t.span(day(briefing.liveAt), hour(briefing.closedAt))}
            {minutes?.extract && ` · ${t.extract(minutes.extract.name)}`}
          </p>
        </div>
        {briefing.rehearsal && <span className="tag rehearsal-tag">{t.rehearsal}</span>}
        <button type="button" className="button happened-print" onClick={() => window.print()}>
          <Printer size={18} aria-hidden />
          {t.print}
        </button>
      </header>
      {error !== undefined && <p className="stale">{ui.failed(sentence(error, problems))}</p>}
      {minutes?.state === 'not-held' && <p className="note">{t.notHeld}</p>}
      {summary && minutes ? (
        <>
          {minutes.state !== 'not-held' && <Figures summary={summary} />}
          <div className="happened-pair happened-ways">
            <Paper briefing={briefing} minutes={minutes} lists={lists} />
            <NextBriefing after={id} onEnter={onEnter} onSchedule={onSchedule} onCopy={onCopy} />
          </div>
          {minutes.state !== 'not-held' && (
            <>
              <PlaceTable territories={summary.territories} />
              <Course minutes={minutes} summary={summary} roundActs={roundActs} />
              <Sessions briefing={briefing} minutes={minutes} />
              <DirectivesGiven directives={summary.directives} onFollow={onDirectives} />
              {questions(summary.questions)}
            </>
          )}
          {minutes.seal && <Seal seal={minutes.seal} />}
        </>
      ) : (
        error === undefined && <p className="soft">{t.loading}</p>
      )}
    </article>
  );
}

function Seal({ seal: { nr, at, hash } }: { seal: { nr: number; at: string; hash: string } }) {
  const { t, number, day } = useText(minutesWords);
  return (
    <section className="happened-seal" aria-label={t.seal}>
      <h3>{t.seal}</h3>
      <p className="soft">{t.sealBody(number(nr), day(at))}</p>
      <code>{hash.match(/.{1,8}/g)?.join(' ')}</code>
    </section>
  );
}
