import { seriesPath } from '../../staged/seriesPath.ts';
import './series.css';

interface SeriesProps {
  readonly series: readonly (number | null)[];
  /** undefined: what it says stands beside it. */
  readonly label?: string;
  readonly width: number;
  readonly height: number;
  /** FG62: before these periods units took the place of others. */
  readonly breaks?: readonly number[] | undefined;
  /** FG100: periods of which something was said again, marked at the foot of the box. */
  readonly revised?: readonly number[] | undefined;
}

const PAD_PX = 5;
const TICK_PX = 9;

/** FG171: a series as a line over an axis from zero, or over a torn edge; where a period has no value it is broken. */
export function Series({ series, label, width, height, breaks = [], revised }: SeriesProps) {
  const path = seriesPath(series, width, height, PAD_PX);
  const xOf = (at: number): number => PAD_PX + (at * (width - 2 * PAD_PX)) / Math.max(1, series.length - 1);
  return (
    <svg
      className="figure-series"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {path && (
        <>
          {breaks.map((at) => (
            <path key={at} className="series-break" d={`M${xOf(at - 0.5)} 0V${height}`} />
          ))}
          <path className={path.axis.isBroken ? 'series-torn' : 'series-axis'} d={path.ground} />
          {revised?.map((at) => (
            <path key={`revised ${at}`} className="series-revised" d={`M${xOf(at)} ${height}v-${TICK_PX}`} />
          ))}
          <path d={path.line} />
          {[...path.dots, ...(path.end ? [path.end] : [])].map(([x, y]) => (
            <path key={x} className="series-dot" d={`M${x} ${y}h0`} />
          ))}
        </>
      )}
    </svg>
  );
}
