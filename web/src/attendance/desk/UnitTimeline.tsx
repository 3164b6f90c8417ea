import { ArrowLeft, Download } from 'lucide-react';
import { useCallback } from 'react';
import type { Briefing } from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { saveJson } from '../../ui/saveFile.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { ShownStages } from '../ShownStages.tsx';
import { attendanceDeskWords } from '../words/desk.vi.ts';
import { attendanceApi, type Timeline } from './attendanceApi.ts';
import { CorrectionForm } from './CorrectionForm.tsx';
import { TimelineChart } from './TimelineChart.tsx';
import { isJudged, useStanding } from './useStanding.ts';

const POLL_MS = 10_000;

interface UnitTimelineProps {
  readonly briefing: Briefing;
  readonly unit: string;
  readonly roster: RosterView | undefined;
  readonly onBack: () => void;
}

/** One unit: when it was there, on which line and how good, what that counts as, and what officials said about it. */
export function UnitTimeline({ briefing, unit, roster, onBack }: UnitTimelineProps) {
  const { t: lists } = useText(listWords);
  const { t: d } = useText(attendanceDeskWords);
  const { t: ui, number } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const {
    value: found,
    error,
    reload,
  } = usePolled(
    useCallback(() => attendanceApi.timeline(api, briefing.id, unit), [api, briefing.id, unit]),
    POLL_MS,
  );
  const row = found?.row;
  const shown = useStanding(briefing);
  const { said, Icon, tone } = row ? shown(row) : {};
  const judged = isJudged(briefing);
  return (
    <article className="unit-timeline" aria-label={row ? d.timeline(row.name) : d.title}>
      <header className="desk-head">
        <button type="button" className="button quiet icon" aria-label={ui.back} onClick={onBack}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        <div className="grow">
          <h2>{row?.name ?? unit}</h2>
          {row && <p className="soft">{roster?.within(row.path)}</p>}
          {row && (
            <p className="soft num">
              {judged && <>{d.summary(number(Math.floor(row.liveSeconds / 60)), number(row.share))} · </>}
              {d.devices(number(row.devices))}
              {row.answered === false && <> · {d.noAnswer}</>}
            </p>
          )}
        </div>
      </header>
      {error !== undefined && <p className="stale">{lists.failed(sentence(error, problems))}</p>}
      {!found && error === undefined && <p className="soft">{lists.loading}</p>}
      {found && row && Icon && (
        <>
          <div className="verdicts">
            <p className={`verdict ${tone}`}>
              <Icon size={22} aria-hidden />
              <span>
                <small>{judged ? d.stands : briefing.state === 'closed' ? d.neverBegun : d.notBegun}</small>
                <strong>{said}</strong>
              </span>
            </p>
            {row.correction && (
              <p className="soft">
                <small>{d.measured}</small>
                <strong>{d.verdict[row.measured]}</strong>
              </p>
            )}
          </div>
          <TimelineChart timeline={found} />
          <Intervals timeline={found} />
          <ShownStages briefing={briefing.id} unit={unit} />
          {judged && <CorrectionForm briefing={briefing.id} row={row} onCorrected={reload} />}
          <Corrections timeline={found} />
        </>
      )}
    </article>
  );
}

/** The same as the drawing, in words. */
function Intervals({ timeline }: { timeline: Timeline }) {
  const { t: d } = useText(attendanceDeskWords);
  const { number, time } = useFormats();
  if (timeline.intervals.length === 0) return <p className="soft empty">{d.never}</p>;
  const minutes = (from: string, to: string | null): string =>
    d.minutes(number(Math.max(1, Math.round((Date.parse(to ?? timeline.until) - Date.parse(from)) / 60_000))));
  return (
    <details className="intervals folds">
      <summary>
        {d.table} <span className="count num">{timeline.intervals.length}</span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{d.what}</th>
            <th scope="col">{d.from}</th>
            <th scope="col">{d.to}</th>
            <th scope="col">{d.lasted}</th>
          </tr>
        </thead>
        <tbody>
          {timeline.intervals.map(({ line, from, to, cut }) => (
            <tr key={`${line}${from}`}>
              <th scope="row">{d.line[line]}</th>
              <td className="num">{time(from)}</td>
              <td>
                <span className="num">{to ? time(to) : d.still}</span>
                {cut && <small className="soft">{d.cut}</small>}
              </td>
              <td className="num">{minutes(from, to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Corrections({ timeline: { row, corrections } }: { timeline: Timeline }) {
  const { t: d } = useText(attendanceDeskWords);
  const { day } = useFormats();
  if (corrections.length === 0) return null;
  return (
    <section className="corrections" aria-label={d.corrections}>
      <h3>{d.corrections}</h3>
      <ol>
        {corrections.map(({ verdict, reason, by, at, receipt }) => (
          <li key={receipt.hash + receipt.leaf}>
            <span className="grow">
              <strong>{d.verdict[verdict]}</strong> {reason}
              <small className="soft num">{d.correctionBy(by, day(at))}</small>
            </span>
            <button
              type="button"
              className="button quiet small"
              onClick={() => saveJson(`bien-nhan-co-mat-${row.unit}-${receipt.seal}.json`, receipt)}
            >
              <Download size={18} aria-hidden />
              {d.receipt}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
