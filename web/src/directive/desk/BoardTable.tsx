import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { DirectiveCount } from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { answeredOf, byNeed, standingsOf } from './boardSums.ts';
import { Progress } from './Progress.tsx';
import './board.css';

interface BoardTableProps {
  readonly counts: readonly DirectiveCount[];
  readonly onDrill: (count: DirectiveCount) => void;
}

/** Progress by the units below, those that need somebody first. */
export function BoardTable({ counts, onDrill }: BoardTableProps) {
  const d = useText(directiveDeskWords).t.board;
  const { number } = useFormats();
  const rows = useMemo(() => [...counts].sort(byNeed), [counts]);
  const cell = (value: number, className: string) => (
    <td className={`num ${className} ${value > 0 ? '' : 'zero'}`}>{value > 0 ? number(value) : '–'}</td>
  );
  return (
    <table className="board">
      <caption className="unseen">{d.byUnit}</caption>
      <thead>
        <tr>
          <th scope="col">{d.unit}</th>
          <th scope="col" className="board-bar">
            {d.progress}
          </th>
          <th scope="col" className="num wide-only">
            {d.waiting}
          </th>
          <th scope="col" className="num wide-only">
            {d.done}
          </th>
          <th scope="col" className="num">
            {d.question}
          </th>
          <th scope="col" className="num">
            {d.refused}
          </th>
          <th scope="col" className="num">
            {d.overdue}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((count) => {
          const sums = standingsOf(count);
          return (
            <tr key={count.unit}>
              <th scope="row">
                <button type="button" aria-label={d.drill(count.name)} onClick={() => onDrill(count)}>
                  <span className="clip">{count.name}</span>
                  <ChevronRight size={16} aria-hidden />
                </button>
              </th>
              <td className="board-bar">
                <Progress count={count} />
                <span className="num">
                  {number(answeredOf(sums))}/{number(count.addressees)}
                </span>
              </td>
              {cell(sums.waiting, 'wide-only')}
              {cell(sums.done, 'wide-only')}
              {cell(sums.question, 'warn')}
              {cell(sums.refused, 'warn')}
              {cell(count.overdue, 'over')}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
