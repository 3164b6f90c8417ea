import type { CSSProperties } from 'react';
import { startsIn } from '../api/contract.ts';
import { isBrokenAxis } from './seriesAxis.ts';
import type { StagedCommunes } from './stagedCommunes.ts';
import { placesBelow, seasOf } from './stagedRows.ts';
import type { StagedText } from './stagedText.ts';
import type { ShownFigures } from './useStaged.ts';
import './stagedTable.css';

/** Its name, the province and what is counted of it have no room side by side. */
const SEA_LINES = 3;

/** What is on the stage as a table: the one that is shown, or what a reader has in the place of a picture. */
export function StagedTable({
  shown: { picture, view, mark },
  communes,
  text,
  seen,
}: {
  shown: ShownFigures;
  communes: StagedCommunes | undefined;
  text: StagedText;
  seen?: true;
}) {
  const { t } = text;
  const { series } = picture;
  const isSeries = view === 'series';
  const places = placesBelow(picture, communes);
  const seas = seasOf(picture, places);
  const marked = mark?.kind === 'unit' ? mark.unit : undefined;
  return (
    <div
      className={seen ? 'staged-table' : 'unseen'}
      style={{ '--rows': isSeries ? series.length : places.length + SEA_LINES * seas.length } as CSSProperties}
    >
      <table>
        <caption className="unseen">
          {[t.table(text.name, picture.rootName), isSeries && isBrokenAxis(series) && t.brokenAxis]
            .filter(Boolean)
            .join(', ')}
        </caption>
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
            : places.map(({ unit, name, isLowest }) => (
                <tr key={unit[0]} data-marked={unit[0] === marked || undefined}>
                  <th scope="row">{name}</th>
                  <td className="num">{seen ? text.bare(unit[1]) : text.value(unit[1])}</td>
                  <td className="num">{seen ? text.shortShare({ unit, isLowest }) : text.share({ unit, isLowest })}</td>
                </tr>
              ))}
          {!isSeries &&
            seas.map(({ name, of, isWithin }) => (
              <tr key={name}>
                <th scope="row">
                  {name} {t.seaOf(of)}
                </th>
                <td colSpan={2}>{isWithin ? t.countedIn(of) : t.noReport}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
