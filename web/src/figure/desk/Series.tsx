import { seriesPath } from '../../staged/seriesPath.ts';
import './series.css';

interface SeriesProps {
  readonly series: readonly (number | null)[];
  /** undefined: what it says stands beside it. */
  readonly label?: string;
  readonly width: number;
  readonly height: number;
}

/** A series as a line; where a period has no value it is broken. */
export function Series({ series, label, width, height }: SeriesProps) {
  const path = seriesPath(series, width, height, 5);
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
          <path d={path.line} />
          {[...path.dots, ...(path.end ? [path.end] : [])].map(([x, y]) => (
            <path key={x} className="series-dot" d={`M${x} ${y}h0`} />
          ))}
        </>
      )}
    </svg>
  );
}
