// biome-ignore-all lint/a11y/noStaticElementInteractions: rows have their role from a spread
// biome-ignore-all lint/a11y/useSemanticElements: a virtualised tree grid has no table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, its cells have none
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: rows of a tree grid have a level (ARIA 1.2)
import { ChevronDown, ChevronRight, Phone } from 'lucide-react';
import { type KeyboardEvent, memo, type ReactNode, useCallback, useMemo, useState } from 'react';
import { type PresenceRow, percentText } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { nameIn, parentOf, type RosterView } from '../../organisation/rosterView.ts';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useLongList } from '../../ui/useLongList.ts';
import { presenceDeskWords } from '../words/desk.vi.ts';
import { MarkTag } from './MarkTag.tsx';
import type { Mark } from './marks.ts';
import { groupsOf, type TreeLine, visibleLines } from './presenceTree.ts';
import { StateIcon, StateWords } from './StateSign.tsx';
import './presence.css';

interface PresenceTreeProps {
  readonly rows: readonly PresenceRow[];
  readonly rootPath: string;
  readonly roster: RosterView | undefined;
  /** By unit. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** A search or a filter shows what it found at once. */
  readonly openAll: boolean;
  readonly onCall: (row: PresenceRow) => void;
  readonly menu: (row: PresenceRow) => ReactNode;
}

const ROW_PX = 52;

/**
 * A tree grid of ten thousand units: only what is on the screen is in the page; arrows move, right and left open and
 * close, Enter calls.
 */
export function PresenceTree({ rows, rootPath, roster, marks, openAll, onCall, menu }: PresenceTreeProps) {
  const { t } = useText(presenceDeskWords);
  const lines = useMemo(() => groupsOf(rows, rootPath), [rows, rootPath]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const openFirst = openAll || lines.length === 1;
  const shown = useMemo(
    () => visibleLines(lines, (code) => toggled.has(code) !== openFirst),
    [lines, toggled, openFirst],
  );
  const { scroller, height, shown: onScreen, at, setAt, moveOf } = useLongList(shown.length, ROW_PX);

  const toggle = useCallback((code: string): void => {
    setToggled((before) => {
      const next = new Set(before);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  }, []);
  const onKey = (event: KeyboardEvent): void => {
    const line = shown[at];
    if (!line || !(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
    const isOpen = line.kind === 'group' && toggled.has(line.code) !== openFirst;
    const act = moveOf(event.key) ?? actOf(event.key);
    if (!act) return;
    event.preventDefault();
    act();

    function actOf(key: string): (() => unknown) | undefined {
      switch (key) {
        case 'ArrowRight':
        case 'ArrowLeft':
          return line?.kind === 'group' && isOpen === (key === 'ArrowLeft') ? () => toggle(line.code) : undefined;
        case 'Enter':
          return () => (line?.kind === 'group' ? toggle(line.code) : line?.row.state === 'here' && onCall(line.row));
        default:
          return undefined;
      }
    }
  };

  return (
    <div ref={scroller} className="list-scroll">
      <div
        role="treegrid"
        aria-label={t.presence}
        aria-rowcount={shown.length}
        style={{ height }}
        className="list-grid"
        onKeyDown={onKey}
      >
        {onScreen.map(({ index, start }) => {
          const line = shown[index];
          if (!line) return null;
          return (
            <Line
              key={line.kind === 'group' ? `g${line.code}` : line.row.unit}
              line={line}
              index={index}
              start={start}
              focusable={index === at}
              open={line.kind === 'group' && toggled.has(line.code) !== openFirst}
              roster={roster}
              rootPath={rootPath}
              mark={marks.get(line.kind === 'group' ? line.code : line.row.unit)}
              onFocus={setAt}
              onToggle={toggle}
              onCall={onCall}
              menu={menu}
            />
          );
        })}
      </div>
    </div>
  );
}

interface LineProps {
  readonly line: TreeLine;
  readonly index: number;
  readonly start: number;
  readonly focusable: boolean;
  readonly open: boolean;
  readonly roster: RosterView | undefined;
  readonly rootPath: string;
  readonly mark: Mark | undefined;
  readonly onFocus: (index: number) => void;
  readonly onToggle: (code: string) => void;
  readonly onCall: (row: PresenceRow) => void;
  readonly menu: (row: PresenceRow) => ReactNode;
}

/** Remembered: while scrolling only the rows that come in are drawn. */
const Line = memo(function Line({
  line,
  index,
  start,
  focusable,
  open,
  roster,
  rootPath,
  mark,
  onFocus,
  onToggle,
  onCall,
  menu,
}: LineProps) {
  const { t, number } = useText(organisationDeskWords);
  const common = {
    role: 'row',
    'aria-rowindex': index + 1,
    'data-index': index,
    tabIndex: focusable ? 0 : -1,
    onFocus: () => onFocus(index),
    style: { transform: `translateY(${start}px)` },
  } as const;
  if (line.kind === 'group') {
    const Icon = open ? ChevronDown : ChevronRight;
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
      <div
        {...common}
        className="list-line group"
        aria-level={1}
        aria-expanded={open}
        onClick={() => onToggle(line.code)}
      >
        <div role="gridcell" className="row grow">
          <Icon size={18} aria-hidden />
          <span className="grow group-name">{nameIn(roster, line.code)}</span>
          {mark && <MarkTag mark={mark} />}
          <span className="bar" aria-hidden>
            <span style={{ transform: `scaleX(${line.here / line.rows.length})` }} />
          </span>
          <span className="num soft group-sum">
            {number(line.here)} / {number(line.rows.length)}
          </span>
          <span className="num group-share">{percentText(line.here, line.rows.length)}%</span>
        </div>
      </div>
    );
  }
  const { row } = line;
  return (
    <div {...common} className="list-line" aria-level={2}>
      <div role="gridcell" className="row grow">
        <StateIcon row={row} />
        <span className="list-name grow">
          <span className="clip" title={row.name}>
            {row.name}
          </span>
          {/* Of a territory without districts it would be its own name, again and again. */}
          {parentOf(row.path) !== rootPath && (
            <span className="clip soft tree-place">{roster?.within(row.path).split(', ')[0]}</span>
          )}
          <span className="clip soft">
            <StateWords row={row} />
          </span>
        </span>
        {mark && <MarkTag mark={mark} />}
      </div>
      <div role="gridcell" className="row list-acts">
        {row.state === 'here' && mark !== 'air' && (
          <button
            type="button"
            className="button small"
            tabIndex={focusable ? 0 : -1}
            aria-label={t.callUnit(row.name)}
            onClick={() => onCall(row)}
          >
            <Phone size={16} aria-hidden />
            {t.call}
          </button>
        )}
        {menu(row)}
      </div>
    </div>
  );
});
