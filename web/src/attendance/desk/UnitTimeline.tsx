import { ArrowLeft, Download } from 'lucide-react';
import { useCallback } from 'react';
import { useDeskText } from '../../i18n/desk/useDeskText.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { saveJson } from '../../ui/saveFile.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { verdictIcons } from './AttendanceList.tsx';
import { attendanceApi, standingOf, type Timeline } from './attendanceApi.ts';
import { CorrectionForm } from './CorrectionForm.tsx';
import { TimelineChart } from './TimelineChart.tsx';

const POLL_MS = 10_000;

interface UnitTimelineProps {
  readonly briefing: string;
  readonly unit: string;
  readonly roster: RosterView | undefined;
  readonly onBack: () => void;
}

/** One unit: when it was there, on which line and how good, what that counts as, and what officials said about it. */
export function UnitTimeline({ briefing, unit, roster, onBack }: UnitTimelineProps) {
  const desk = useDeskText();
  const d = desk.attendance;
  const { t, number } = useText();
  const { api } = useOffice();
  const {
    value: found,
    error,
    reload,
  } = usePolled(
    useCallback(() => attendanceApi.timeline(api, briefing, unit), [api, briefing, unit]),
    POLL_MS,
  );
  const row = found?.row;
  const verdict = row && standingOf(row);
  const Icon = verdict && verdictIcons[verdict];
  return (
    <article className="unit-timeline" aria-label={row ? d.timeline(row.name) : d.title}>
      <header className="desk-head">
        <button type="button" className="button quiet icon" aria-label={desk.back} onClick={onBack}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        <div className="grow">
          <h2>{row?.name ?? unit}</h2>
          {row && <p className="soft">{roster?.within(row.path)}</p>}
          {row && (
            <p className="soft num">
              {d.summary(number(Math.floor(row.liveSeconds / 60)), number(row.share))} ·{' '}
              {d.devices(number(row.devices))}
              {row.answered === false && <> · {d.noAnswer}</>}
            </p>
          )}
        </div>
      </header>
      {error !== undefined && <p className="stale">{desk.failed(sentence(error, t))}</p>}
      {!found && error === undefined && <p className="soft">{desk.loading}</p>}
      {found && row && verdict && Icon && (
        <>
          <div className="verdicts">
            <p className={`verdict ${verdict}`}>
              <Icon size={22} aria-hidden />
              <span>
                <small>{d.stands}</small>
                <strong>{d.verdict[verdict]}</strong>
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
          <CorrectionForm briefing={briefing} row={row} onCorrected={reload} />
          <Corrections timeline={found} />
        </>
      )}
    </article>
  );
}

/** The same as the drawing, in words. */
function Intervals({ timeline }: { timeline: Timeline }) {
  const { attendance: d } = useDeskText();
  const { number, time } = useText();
  if (timeline.intervals.length === 0) return <p className="soft empty">{d.never}</p>;
  const minutes = (from: string, to: string | null): string =>
    d.minutes(number(Math.max(1, Math.round((Date.parse(to ?? timeline.until) - Date.parse(from)) / 60_000))));
  return (
    <details className="intervals">
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
  const { attendance: d } = useDeskText();
  const { t, day } = useText();
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
              {t.directives.receipt}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
