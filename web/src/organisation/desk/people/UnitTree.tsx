// biome-ignore-all lint/a11y/useSemanticElements: a virtualised tree has no list elements
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { SearchField } from '../../../ui/SearchField.tsx';
import { useLongList } from '../../../ui/useLongList.ts';
import type { RosterView } from '../../rosterView.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { linesOf, territoryOf } from './unitLines.ts';

interface UnitTreeProps {
  readonly roster: RosterView;
  readonly chosen: string | undefined;
  readonly onChoose: (code: string) => void;
}

const ROW_PX = 52;

/** The territory as a tree of which only what is on the screen is in the page; arrows move, right and left open and close. */
export function UnitTree({ roster, chosen, onChoose }: UnitTreeProps) {
  const { t, number } = useText(peopleWords);
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query);
  const territory = useMemo(() => territoryOf(roster), [roster]);
  const root = territory.lines[0]?.unit.code;
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(root === undefined ? [] : [root]));
  const lines = useMemo(() => linesOf(territory, wanted, (code) => open.has(code)), [territory, wanted, open]);
  const searching = wanted.trim() !== '';
  const { scroller, height, shown, at, setAt, moveOf } = useLongList(lines.length, ROW_PX);
  const toggle = (code: string): void =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  const onKey = (event: KeyboardEvent): void => {
    const line = lines[at];
    if (!line) return;
    const { code } = line.unit;
    const turns = line.parent && !searching && (event.key === 'ArrowRight') !== open.has(code);
    const act =
      event.key === 'Enter' || event.key === ' '
        ? () => onChoose(code)
        : turns && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')
          ? () => toggle(code)
          : moveOf(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="people-tree">
      <SearchField label={t.search} value={query} onChange={setQuery} />
      <p className="soft small-text" role="status">
        {lines.length === 0
          ? t.none
          : searching
            ? t.count(number(lines.length))
            : t.count(number(territory.lines.length))}
      </p>
      <div ref={scroller} className="list-scroll">
        <div role="tree" aria-label={t.tree} style={{ height }} className="list-grid" onKeyDown={onKey}>
          {shown.map(({ index, start }) => {
            const line = lines[index];
            if (!line) return null;
            const { unit, depth, parent } = line;
            const isOpen = open.has(unit.code);
            return (
              <div
                key={unit.code}
                role="treeitem"
                aria-level={searching ? 1 : depth + 1}
                aria-selected={unit.code === chosen}
                aria-posinset={index + 1}
                aria-setsize={lines.length}
                {...(parent && !searching && { 'aria-expanded': isOpen })}
                data-index={index}
                tabIndex={index === at ? 0 : -1}
                className="list-line people-line"
                style={{ transform: `translateY(${start}px)`, paddingLeft: searching ? 8 : 8 + depth * 16 }}
                onFocus={() => setAt(index)}
                onClick={() => onChoose(unit.code)}
                onKeyDown={() => undefined}
              >
                {parent && !searching ? (
                  <span
                    className="people-turn"
                    onClick={(event) => [event.stopPropagation(), toggle(unit.code)]}
                    aria-hidden
                  >
                    {isOpen ? <ChevronDown size={18} /> : <ChevronRight size={18} />}
                  </span>
                ) : (
                  <span className="people-turn" aria-hidden />
                )}
                <span className="list-name">
                  <span className="clip">{unit.name}</span>
                  {searching && <span className="soft clip">{roster.within(unit.path)}</span>}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
