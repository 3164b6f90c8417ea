// biome-ignore-all lint/a11y/useKeyWithClickEvents: Enter is taken by the grid
// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has no table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, its cells have none
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { codeOf, type FigureFrame, type Indicator, shortName } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useLongList } from '../../ui/useLongList.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { linesOf, type TableLine, type TableSort } from './figureLines.ts';
import type { MapJoins } from './mapJoins.ts';
import { type MapPlace, stateAt } from './mapPlaces.ts';
import { useFigureText } from './useFigureText.ts';
import './figureTable.css';

interface FigureTableProps extends MapJoins {
  readonly frame: FigureFrame;
  readonly places: readonly MapPlace[];
  readonly roster: RosterView;
  readonly indicator: Indicator;
  readonly label: string;
  /** Paths of units that were chosen by a rule. */
  readonly marked: ReadonlySet<string>;
  readonly onChoose: (path: string) => void;
}
const ROW_PX = 44;
const UNSORTED: TableSort = { by: 'unit', down: false };
/** What a column begins with, where it is not its lower end. */
const DOWN: readonly TableSort['by'][] = ['value', 'change', 'presence'];

/** What the map shows, in words: each tile with its sum, each cell with its value and its state. */
export function FigureTable({
  frame,
  places,
  roster,
  indicator,
  label,
  marked,
  change,
  present,
  onChoose,
}: FigureTableProps) {
  const { t } = useText(figureDeskWords);
  const columns = useMemo(
    () =>
      (['unit', 'value', 'change', 'state', 'presence'] as const).filter(
        (by) => (by !== 'change' || change) && (by !== 'presence' || present),
      ),
    [change, present],
  );
  const [wanted, setSort] = useState(UNSORTED);
  const sort = columns.includes(wanted.by) ? wanted : UNSORTED;
  const lines = useMemo(
    () => linesOf(frame, places, sort, { change, present }),
    [frame, places, sort, change, present],
  );
  const { scroller, height, shown, at, setAt, moveOf } = useLongList(lines.length, ROW_PX);
  const choose = (line: TableLine | undefined): void => {
    const path = line?.kind === 'unit' ? frame.units[line.cell] : line?.place.path;
    if (path !== undefined) onChoose(path);
  };
  const onKey = (event: KeyboardEvent): void => {
    const act = moveOf(event.key) ?? (event.key === 'Enter' ? () => choose(lines[at]) : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="figure-table" data-columns={columns.length}>
      <div className="figure-columns">
        {columns.map((by) => (
          <button
            key={by}
            type="button"
            className={`button quiet small cell-${by}`}
            aria-label={t.sortBy(t.columns[by])}
            aria-pressed={sort.by === by}
            onClick={() => setSort({ by, down: sort.by === by ? !sort.down : DOWN.includes(by) })}
          >
            {t.columns[by]}
            {sort.by === by && (sort.down ? <ArrowDown size={16} aria-hidden /> : <ArrowUp size={16} aria-hidden />)}
          </button>
        ))}
      </div>
      <div ref={scroller} className="list-scroll">
        <div
          role="grid"
          aria-label={t.table(label)}
          aria-rowcount={lines.length}
          style={{ height }}
          className="list-grid"
          onKeyDown={onKey}
        >
          {shown.map(({ index, start }) => {
            const line = lines[index];
            if (!line) return null;
            return (
              <div
                key={line.key}
                role="row"
                aria-rowindex={index + 1}
                data-index={index}
                tabIndex={index === at ? 0 : -1}
                style={{ transform: `translateY(${start}px)` }}
                className={`list-line table-line table-${line.kind}`}
                aria-selected={
                  line.kind === 'unit' && marked.size > 0 ? marked.has(frame.units[line.cell] ?? '') : undefined
                }
                onFocus={() => setAt(index)}
                onClick={() => choose(line)}
              >
                <LineCells {...{ line, frame, roster, indicator, change, present }} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface LineCellsProps extends Pick<FigureTableProps, 'frame' | 'roster' | 'indicator'>, MapJoins {
  readonly line: TableLine;
}

function LineCells({ line, frame, roster, indicator, change, present }: LineCellsProps) {
  const { t, number } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  if (line.kind === 'place') {
    const { place } = line;
    const sum = frame.upper.find(({ unit }) => place.path !== undefined && unit === codeOf(place.path));
    const against = change?.frame.against?.upper.find(({ unit }) => unit === sum?.unit);
    const changed =
      against?.now === undefined || against.now === null || against.before === null
        ? undefined
        : against.now - against.before;
    return (
      <>
        <span role="rowheader" className="cell-unit clip">
          {place.of === undefined ? place.name : t.archipelago(place.name, place.of)}
        </span>
        <span role="gridcell" className="cell-value num">
          {sum ? text.value(sum.value) : ''}
        </span>
        {change && (
          <span role="gridcell" className="cell-change num">
            {changed ? text.signed(changed) : changed === 0 ? t.same : t.unknownChange}
          </span>
        )}
        <span role="gridcell" className="cell-state num clip">
          {sum ? text.coverage(sum) : place.cells.length === 0 ? t.noReport : ''}
        </span>
        {present && (
          <span role="gridcell" className="cell-presence num">
            {`${number(place.cells.filter((cell) => present.has(frame.units[cell] ?? '')).length)}/${number(place.cells.length)}`}
          </span>
        )}
      </>
    );
  }
  const path = frame.units[line.cell] ?? '';
  const moved = change?.frame.changes[line.cell];
  return (
    <>
      <span role="rowheader" className="cell-unit clip">
        {roster.byCode.get(codeOf(path))?.name ?? codeOf(path)}
        <span className="soft"> {shortName(roster.within(path))}</span>
      </span>
      <span role="gridcell" className="cell-value num">
        {text.value(frame.values[line.cell] ?? null)}
      </span>
      {change && (
        <span role="gridcell" className="cell-change num">
          {moved ? text.signed(moved) : moved === 0 ? t.same : t.unknownChange}
        </span>
      )}
      <span role="gridcell" className="cell-state clip">
        {text.state[stateAt(frame, line.cell)]}
        {frame.former?.includes(line.cell) && ` · ${t.formerUnit}`}
      </span>
      {present && (
        <span role="gridcell" className="cell-presence clip">
          {present.has(path) ? t.here : t.away}
        </span>
      )}
    </>
  );
}
