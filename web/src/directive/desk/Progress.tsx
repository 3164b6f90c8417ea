import type { DirectiveCount } from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { standings, standingsOf } from './boardSums.ts';
import './progress.css';

/** How the addressees divide, as one bar; the words stand beside it, so that it is only for the eye. */
export function Progress({ count }: { count: DirectiveCount }) {
  const sums = standingsOf(count);
  return (
    <span className="progress" aria-hidden>
      {standings.map((standing) => (
        <span key={standing} className={standing} style={{ flexGrow: sums[standing] }} />
      ))}
    </span>
  );
}

/** What each part of the bar means, with its number. */
export function ProgressLegend({ count }: { count: DirectiveCount }) {
  const d = useText(directiveDeskWords).t.board;
  const { number } = useFormats();
  const sums = standingsOf(count);
  return (
    <dl className="progress-legend">
      {standings
        .filter((standing) => standing !== 'recalled' || sums.recalled > 0)
        .map((standing) => (
          <div key={standing}>
            <dt>
              <span className={`swatch ${standing}`} aria-hidden />
              {d[standing]}
            </dt>
            <dd className="num">{number(sums[standing])}</dd>
          </div>
        ))}
      {count.overdue > 0 && (
        <div className="over">
          <dt>{d.overdue}</dt>
          <dd className="num">{number(count.overdue)}</dd>
        </div>
      )}
    </dl>
  );
}
