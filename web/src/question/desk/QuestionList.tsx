// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has no table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, its cells have none
import { type KeyboardEvent, memo } from 'react';
import { inLine, type QuestionRow } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useLongList } from '../../ui/useLongList.ts';
import { questionDeskWords } from '../words/desk.vi.ts';

const ROW_PX = 104;

interface QuestionListProps {
  readonly rows: readonly QuestionRow[];
  readonly others: ReadonlyMap<string, number>;
  readonly picked: ReadonlySet<string>;
  /** Alone, or with those that are picked already. */
  readonly onPick: (id: string, more: boolean) => void;
}

/** A grid of any number of questions; arrows move, Enter reads one, Space marks several. */
export function QuestionList({ rows, others, picked, onPick }: QuestionListProps) {
  const { t } = useText(questionDeskWords);
  const { scroller, height, shown, at, setAt, moveOf } = useLongList(rows.length, ROW_PX);
  const onKey = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
    const id = rows[at]?.id;
    const pick = id && (event.key === 'Enter' || event.key === ' ') ? () => onPick(id, event.key === ' ') : undefined;
    const act = moveOf(event.key) ?? pick;
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div ref={scroller} className="list-scroll">
      <div
        role="grid"
        aria-label={t.title}
        aria-rowcount={rows.length}
        aria-multiselectable
        style={{ height }}
        className="list-grid"
        onKeyDown={onKey}
      >
        {shown.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <Line
                key={row.id}
                row={row}
                others={others.get(row.id) ?? 0}
                picked={picked.has(row.id)}
                index={index}
                start={start}
                focusable={index === at}
                onFocus={setAt}
                onPick={onPick}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface LineProps extends Pick<QuestionListProps, 'onPick'> {
  readonly row: QuestionRow;
  readonly others: number;
  readonly picked: boolean;
  readonly index: number;
  readonly start: number;
  readonly focusable: boolean;
  readonly onFocus: (index: number) => void;
}

/** Remembered: while scrolling only the rows that come in are drawn. */
const Line = memo(function Line({ row, others, picked, index, start, focusable, onFocus, onPick }: LineProps) {
  const { t, number, hour } = useText(questionDeskWords);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys of its rows
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={picked}
      data-index={index}
      tabIndex={focusable ? 0 : -1}
      className="list-line question-line"
      style={{ transform: `translateY(${start}px)` }}
      onFocus={() => onFocus(index)}
      onClick={() => onPick(row.id, false)}
    >
      <div role="gridcell" className="question-mark">
        <input
          type="checkbox"
          tabIndex={focusable ? 0 : -1}
          aria-label={t.pickOf(row.name)}
          checked={picked}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onPick(row.id, true)}
        />
      </div>
      <div role="gridcell" className="question-line-text">
        <p className="clip">
          <strong>{row.name}</strong>
          <span className="soft">{row.within && `, ${row.within}`}</span>
        </p>
        <p className="question-clamp">{row.text}</p>
        <p className="soft clip num">
          {[
            t.askedAt(hour(row.at)),
            others > 0 && t.others(number(others)),
            row.person &&
              [row.person.title, row.person.name]
                .filter(Boolean)
                .map((one, i) => (i === 0 ? inLine(one) : one))
                .join(' '),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
    </div>
  );
});
