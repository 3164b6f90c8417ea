import { type StagedBeside, startsIn } from '../api/contract.ts';
import { seriesPath } from './seriesPath.ts';
import type { StagedText } from './stagedText.ts';
import type { ShownFigures } from './useStaged.ts';
import './stagedSeries.css';

const WIDTH = 600;
const HEIGHT = 260;
const PAD = 8;

/**
 * FG171: the periods of the root as a line over an axis from zero, or over a torn edge. What it says a screen reader has in
 * the table.
 */
export function StagedSeries({
  shown: { picture, mark },
  text,
  small,
}: {
  shown: { readonly picture: Pick<StagedBeside, 'series' | 'starts'>; readonly mark: ShownFigures['mark'] };
  text: StagedText;
  small?: true;
}) {
  const { series } = picture;
  const starts = startsIn(picture);
  const path = seriesPath(series, WIDTH, HEIGHT, PAD);
  if (!path) return null;
  const at = mark?.kind === 'period' ? starts.indexOf(Date.parse(mark.period)) : -1;
  const x = PAD + (at * (WIDTH - 2 * PAD)) / Math.max(1, series.length - 1);
  const on = (ms: number | undefined): string => (ms === undefined ? '' : text.axis(ms));
  return (
    <figure className={small ? 'staged-series small' : 'staged-series'} aria-hidden>
      {!small && <span className="staged-most num">{text.bare(path.axis.top)}</span>}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        <path className={path.axis.isBroken ? 'staged-torn' : 'staged-ground'} d={path.ground} />
        {at >= 0 && <path className="staged-period" d={`M${x} 0V${HEIGHT}`} />}
        <path className="staged-line" d={path.line} />
        {[...path.dots, ...(path.end ? [path.end] : [])].map(([dx, dy]) => (
          <path key={dx} className="staged-dot" d={`M${dx} ${dy}h0`} />
        ))}
      </svg>
      {!small && (
        <span className="staged-least num">
          <span>{text.bare(path.axis.bottom)}</span>
          {path.axis.bottom < path.least && path.least < path.most && (
            <span>{text.t.leastOf(text.bare(path.least))}</span>
          )}
        </span>
      )}
      <figcaption className="num">
        <span>{on(starts[0])}</span>
        {path.axis.isBroken && <span className="staged-cut">{text.t.brokenAxis}</span>}
        {at >= 0 && <strong>{`${on(starts[at])}: ${text.value(series[at] ?? null)}`}</strong>}
        <span>{on(starts.at(-1))}</span>
      </figcaption>
    </figure>
  );
}
