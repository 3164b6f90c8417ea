import { useFormats, useText } from '../../i18n/useText.tsx';
import { attendanceDeskWords } from '../words/desk.vi.ts';
import type { Timeline } from './attendanceApi.ts';
import { ticksOf } from './ticks.ts';
import './timelineChart.css';

/** A minute is drawn as weak from here down. */
const GOOD_PERCENT = 80;
const TICKS = 6;

/**
 * Two lines over the time of the briefing, with the live part behind them and the quality below; the table under it
 * says the same.
 */
export function TimelineChart({ timeline }: { timeline: Timeline }) {
  const { t: d } = useText(attendanceDeskWords);
  const { hour } = useFormats();
  const { intervals, quality, liveAt, until } = timeline;
  const starts = [timeline.openedAt, ...intervals.map(({ from }) => from)].filter((at) => at !== null);
  const end = Date.parse(until);
  const begin = Math.min(...starts.map((at) => Date.parse(at)), end - 60_000);
  const x = (ms: number): number => Math.round(Math.max(0, Math.min(1, (ms - begin) / (end - begin))) * 10_000) / 100;
  const span = (from: string | number, to: string | number | null): { left: string; width: string } => {
    const [a, b] = [x(new Date(from).getTime()), to === null ? 100 : x(new Date(to).getTime())];
    return { left: `${a}%`, width: `${Math.max(0.3, b - a)}%` };
  };
  return (
    <figure className="timeline" aria-hidden>
      <div className="timeline-plot">
        {liveAt && (
          <div className="timeline-live" style={span(liveAt, null)}>
            <span>{d.liveBand}</span>
          </div>
        )}
        {ticksOf(begin, end, TICKS).map((at) => (
          <span key={at} className="timeline-tick" style={{ left: `${x(at)}%` }}>
            <span className="num">{hour(new Date(at).toISOString())}</span>
          </span>
        ))}
        {(['media', 'channel'] as const).map((line) => (
          <div key={line} className={`timeline-lane ${line}`}>
            <span className="timeline-name">{d.line[line]}</span>
            <div className="timeline-track">
              {intervals
                .filter((interval) => interval.line === line)
                .map(({ from, to, cut }) => (
                  <span key={from} className={cut ? 'cut' : ''} style={span(from, to)} />
                ))}
            </div>
          </div>
        ))}
        <div className="timeline-lane quality">
          <span className="timeline-name">{d.qualityLine}</span>
          <div className="timeline-track">
            {quality.map(({ at, percent }) => (
              <span
                key={at}
                className={percent >= GOOD_PERCENT ? 'good' : 'weak'}
                style={{ ...span(at, Date.parse(at) + 60_000), height: `${Math.max(8, percent)}%` }}
              />
            ))}
          </div>
        </div>
      </div>
      <figcaption>
        <span className="key good">{d.goodLine}</span>
        <span className="key weak">{d.weakLine}</span>
        <span className="key live">{d.liveBand}</span>
      </figcaption>
    </figure>
  );
}
