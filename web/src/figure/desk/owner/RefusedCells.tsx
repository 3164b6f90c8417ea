import type { ReactNode } from 'react';
import type { RowError } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { ownerWords } from '../../words/owner.vi.ts';
import { eachOnce } from './planned.ts';

interface RefusedCellsProps {
  readonly errors: readonly RowError[];
  readonly total: number;
  readonly children: ReactNode;
}
/** So that a page stays one; all of them are in the file. */
const SHOWN = 200;

/** FG43: what of a file is refused, by row and column, as a spreadsheet counts. */
export function RefusedCells({ errors, total, children }: RefusedCellsProps) {
  const { t: words, number, language } = useText(ownerWords);
  const t = words.plan;
  const cells = eachOnce(errors);
  const shown = cells.slice(0, SHOWN);
  const all = errors.length < total ? total : cells.length;
  return (
    <div className="figure-own-table">
      <div className="row">
        <h4 className="grow">{t.refusedTitle}</h4>
        {children}
      </div>
      {shown.length < all && <p className="soft">{t.moreErrors(number(shown.length), number(all))}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <section className="figure-own-scroll" tabIndex={0} aria-label={t.refusedTitle}>
        <table className="figure-own-cells">
          <thead>
            <tr>
              <th scope="col" className="num">
                {t.row}
              </th>
              <th scope="col">{t.column}</th>
              <th scope="col">{t.value}</th>
              <th scope="col">{t.why}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, column, header, value, say }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell may be wrong twice, and the list never moves
              <tr key={`${row} ${column} ${i}`}>
                <th scope="row" className="num" data-label={t.row}>
                  {number(row)}
                </th>
                <td>{column && t.columns[column](header ?? column)}</td>
                <td data-label={t.value}>
                  <code>{value}</code>
                </td>
                <td>{say[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
