import { Printer } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Briefing } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { reportWords } from '../words/report.vi.ts';
import { summaryWords } from '../words/summary.vi.ts';
import { ReportButtons } from './ReportButtons.tsx';
import { reportApi } from './reportApi.ts';
import { SessionReports } from './SessionReports.tsx';
import { Printed, SummaryPaper } from './SummaryPaper.tsx';
import './report.css';

interface ReportDeskProps {
  readonly briefing: Briefing;
  /** The unit whose room it was opened from. */
  readonly session?: string | undefined;
}

/** Lists to keep, and the briefing on one page. */
export function ReportDesk({ briefing, session }: ReportDeskProps) {
  const { t: lists } = useText(listWords);
  const { t: paper } = useText(summaryWords);
  const { t: d } = useText(reportWords);
  const { t, day } = useText(problemWords);
  const { api } = useOffice();
  const [shown, setShown] = useState(false);
  const load = useCallback(() => reportApi.summary(api, briefing.id), [api, briefing.id]);
  const { value: summary, error } = usePolled(shown ? load : undefined);
  return (
    <div className="report-desk">
      <p className="soft">{d.lead}</p>
      <ReportButtons about={{ kind: 'attendance', briefing: briefing.id }} />
      <ReportButtons about={{ kind: 'rounds', briefing: briefing.id }} />
      <ReportButtons about={{ kind: 'directives', briefing: briefing.id }} />
      <section className="report" aria-label={d.onePage}>
        <div className="grow">
          <strong>{d.onePage}</strong>
          <p className="soft small-text">{d.onePageBody}</p>
        </div>
        {summary ? (
          <button type="button" className="button" onClick={() => window.print()}>
            <Printer size={18} aria-hidden />
            {d.print}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={shown && error === undefined}
            onClick={() => setShown(true)}
          >
            {d.show}
          </button>
        )}
      </section>
      <SessionReports briefing={briefing} first={session} />
      {error !== undefined && <p className="stale">{lists.failed(sentence(error, t))}</p>}
      {summary && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a sheet that is wider than the desk scrolls by keyboard */}
          <section className="paper-frame" aria-label={paper.made(day(summary.at))} tabIndex={0}>
            <SummaryPaper summary={summary} />
          </section>
          <Printed>
            <SummaryPaper summary={summary} />
          </Printed>
        </>
      )}
    </div>
  );
}
