import type { CSSProperties } from 'react';
import { startsIn } from '../api/contract.ts';
import type { ShownFigures } from './useStaged.ts';
import type { StagedText } from './useStagedText.ts';
import './stagedTable.css';

/** What is on the stage as a table: the one that is shown, or what a reader has in the place of a picture. */
export function StagedTable({
  shown: { picture, view, mark },
  text,
  seen,
}: {
  shown: ShownFigures;
  text: StagedText;
  seen?: true;
}) {
  const { t } = text;
  const { units, names, series } = picture;
  const isSeries = view === 'series';
  const unit = mark?.kind === 'unit' ? mark.unit : undefined;
  return (
    <div
      className={seen ? 'staged-table' : 'unseen'}
      style={{ '--rows': isSeries ? series.length : units.length } as CSSProperties}
    >
      <table>
        <caption className="unseen">{t.table(text.name, picture.rootName)}</caption>
        <thead className={seen && 'unseen'}>
          <tr>
            <th scope="col">{isSeries ? t.columns.period : t.columns.unit}</th>
            <th scope="col">{t.columns.value}</th>
            {!isSeries && <th scope="col">{t.columns.coverage}</th>}
          </tr>
        </thead>
        <tbody>
          {isSeries
            ? startsIn(picture).map((start, i) => (
                <tr key={start}>
                  <th scope="row">{text.periodOf(new Date(start).toISOString())}</th>
                  <td className="num">{text.value(series[i] ?? null)}</td>
                </tr>
              ))
            : units.map((one, i) => (
                <tr key={one[0]} data-marked={one[0] === unit || undefined}>
                  <th scope="row">{names[i]}</th>
                  <td className="num">{seen ? text.bare(one[1]) : text.value(one[1])}</td>
                  <td className="num">{seen ? text.shortShare(one) : text.share(one)}</td>
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}
