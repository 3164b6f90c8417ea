import type { CSSProperties } from 'react';
import type { Indicator } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { axisOf } from '../../../staged/seriesAxis.ts';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { Series } from '../Series.tsx';
import { useFigureText } from '../useFigureText.ts';
import type { SeriesTold } from '../useSeries.ts';
import { labelled, shortPeriod } from './axisLabels.ts';
import './seriesChart.css';

interface SeriesChartProps {
  readonly indicator: Indicator;
  readonly name: string;
  readonly told: SeriesTold;
}
const SIZE = { width: 300, height: 72 };

/** The last periods of a unit over an axis of times, with the ends of its axis of values and the lowest; and the same as a table. */
export function SeriesChart({ indicator, name, told: { points, breaks, revised } }: SeriesChartProps) {
  const { t, number, hour, date } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const there = points.flatMap(({ value }) => value ?? []);
  if (there.length === 0) return null;
  const [least, most] = [Math.min(...there), Math.max(...there)];
  const axis = axisOf(least, most);
  const cut = axis.isBroken ? t.brokenAxis : undefined;
  const last = Math.max(1, points.length - 1);
  const again = revised.length > 0 ? t.revisedTicks(number(revised.length)) : undefined;
  const broken = breaks.length > 0 ? t.breaks : undefined;
  const told = t.seriesOf(name, text.value(least), text.value(most));
  return (
    <>
      <div className="series-chart">
        <span className="series-most num" aria-hidden>
          {text.bare(axis.top)}
        </span>
        <span className="series-least num" aria-hidden>
          <span>{text.bare(axis.bottom)}</span>
          {axis.bottom < least && least < most && <span>{t.leastOf(text.bare(least))}</span>}
        </span>
        <Series
          {...SIZE}
          {...{ breaks, revised }}
          series={points.map(({ value }) => value)}
          label={[told, cut, again, broken].filter(Boolean).join(', ')}
        />
        <div className="series-times num" aria-hidden>
          {labelled(points.length).map((at) => (
            <span key={at} style={{ '--at': at / last } as CSSProperties}>
              {shortPeriod(indicator.every, points[at]?.period ?? '', { hour, date })}
            </span>
          ))}
        </div>
      </div>
      {cut && <p className="soft series-note">{cut}</p>}
      {again && <p className="soft series-note">{again}</p>}
      {broken && <p className="soft series-note">{broken}</p>}
      <details className="folds series-table">
        <summary>{t.seriesTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.period}</th>
              <th scope="col">{t.columns.value}</th>
            </tr>
          </thead>
          <tbody>
            {points
              .map(({ period, value }, i) => (
                <tr key={period}>
                  <th scope="row">{text.period(period)}</th>
                  <td className="num">
                    {text.bare(value)}
                    {revised.includes(i) && <span className="soft">{t.revisedOnce}</span>}
                  </td>
                </tr>
              ))
              .toReversed()}
          </tbody>
        </table>
      </details>
    </>
  );
}
