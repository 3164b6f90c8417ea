// biome-ignore-all lint/a11y/noStaticElementInteractions: rows have their role from a spread
// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has no table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, its cells have none
import {
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleX,
  Clock,
  History,
  Hourglass,
  PenLine,
  Phone,
  PhoneForwarded,
  UserCheck,
  UserX,
} from 'lucide-react';
import { type KeyboardEvent, memo, useCallback } from 'react';
import type { AskedNumber, Entry, EntryPage, EntryState, Proof } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { withUnit } from '../../i18n/withUnit.ts';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useLongList } from '../../ui/useLongList.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { numberDeskWords } from '../words/numberDesk.vi.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import type { EntryTable, TableUnit } from './entryTable.ts';
import type { Nearby } from './useNearby.ts';

const ROW_PX = 56;

const icons = {
  called: CircleDashed,
  answered: CircleCheck,
  late: Clock,
  substituted: UserCheck,
  official: PhoneForwarded,
  excused: CircleMinus,
  unconfirmed: Hourglass,
  away: UserX,
  absent: CircleX,
} satisfies Record<EntryState, unknown>;

interface EntryActs {
  readonly onCall: (unit: TableUnit) => void;
  readonly onEnter: (unit: TableUnit) => void;
  readonly onConfirm: (unit: TableUnit, own: Entry['own']) => void;
  readonly onRead: (unit: TableUnit) => void;
}
interface EntryListProps extends EntryActs {
  readonly table: EntryTable;
  /** Places in the table, in the order in which they are shown. */
  readonly rows: readonly number[];
  readonly states: readonly EntryState[];
  readonly nearby: Nearby | undefined;
  /** Answers are still taken. */
  readonly open: boolean;
  /** FG30: the number that is asked for, and whether it is officials who change it now; of a unit whose entry was read. */
  readonly number: { readonly asked: AskedNumber; readonly changes: boolean } | undefined;
  readonly proof: Proof;
  /** Depth of the place whose units these are; what lies above it is not said in each row. */
  readonly depth: number;
}

/** A grid of any number of units; arrows move, Enter calls, Tab goes to the row's buttons. */
export function EntryList({
  table,
  rows,
  states,
  nearby,
  open,
  number,
  proof,
  depth,
  onCall,
  ...acts
}: EntryListProps) {
  const { t: r } = useText(rollcallDeskWords);
  const { scroller, height, shown, at, setAt, moveOf } = useLongList(rows.length, ROW_PX);
  const unitAt = (index: number): TableUnit | undefined => table.units[rows[index] ?? -1];
  const onKey = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
    const unit = unitAt(at);
    const act = moveOf(event.key) ?? (event.key === 'Enter' && unit ? () => onCall(unit) : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  };
  const focus = useCallback((index: number) => setAt(index), [setAt]);
  return (
    <div ref={scroller} className="list-scroll">
      <div
        role="grid"
        aria-label={r.wall}
        aria-rowcount={rows.length}
        style={{ height }}
        className="list-grid"
        onKeyDown={onKey}
      >
        {shown.map(({ index, start }) => {
          const unit = unitAt(index);
          const state = states[rows[index] ?? -1];
          if (!unit || !state) return null;
          return (
            <EntryRow
              key={unit.code}
              unit={unit}
              state={state}
              entry={nearby?.entries.get(unit.code)}
              here={nearby?.here.has(unit.code)}
              open={open}
              number={number}
              proof={proof}
              depth={depth}
              index={index}
              start={start}
              focusable={index === at}
              onFocus={focus}
              onCall={onCall}
              {...acts}
            />
          );
        })}
      </div>
    </div>
  );
}

interface EntryRowProps extends EntryActs {
  readonly unit: TableUnit;
  readonly state: EntryState;
  readonly entry: EntryPage['entries'][number] | undefined;
  /** undefined: not known; a call says so. */
  readonly here: boolean | undefined;
  readonly open: boolean;
  readonly number: EntryListProps['number'];
  readonly proof: Proof;
  readonly depth: number;
  readonly index: number;
  readonly start: number;
  readonly focusable: boolean;
  readonly onFocus: (index: number) => void;
}

/** Remembered: while scrolling only the rows that come in are drawn. */
const EntryRow = memo(function EntryRow(props: EntryRowProps) {
  const { unit, state, entry, here, open, depth, index, start, focusable, onFocus, onCall, onEnter, onConfirm } = props;
  const { onRead, number, proof } = props;
  const { t } = useText(organisationDeskWords);
  const { t: r } = useText(rollcallDeskWords);
  const waiting = entry?.unconfirmed ?? state === 'unconfirmed';
  const missing = state === 'called' || state === 'absent';
  const Icon = waiting ? Hourglass : icons[state];
  const tabIndex = focusable ? 0 : -1;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      data-index={index}
      tabIndex={tabIndex}
      onFocus={() => onFocus(index)}
      style={{ transform: `translateY(${start}px)` }}
      className="list-line entry-line"
    >
      <div role="gridcell" className="row grow">
        <Icon className={`state ${waiting ? 'waiting' : state}`} size={20} aria-hidden />
        <span className="list-name">
          <span className="clip" title={`${unit.name}, ${unit.within}`}>
            {unit.name}
          </span>
          <span className="clip soft" title={entry?.note ?? undefined}>
            <EntryWords
              state={state}
              entry={entry}
              waiting={waiting}
              here={here}
              within={withinOf(unit, depth)}
              asked={number?.asked}
              isUnproven={state === 'late' && proof === 'challenge'}
            />
          </span>
        </span>
      </div>
      <div role="gridcell" className="row list-acts">
        {missing && !waiting && here !== false && (
          <button
            type="button"
            className="button small"
            tabIndex={tabIndex}
            aria-label={t.callUnit(unit.name)}
            onClick={() => onCall(unit)}
          >
            <Phone size={16} aria-hidden />
            {t.call}
          </button>
        )}
        {open && waiting && entry && (
          <button
            type="button"
            className="button small"
            tabIndex={tabIndex}
            onClick={() => onConfirm(unit, entry?.own)}
          >
            {r.confirm}
          </button>
        )}
        {entry && (entry.at || entry.own) && (
          <button
            type="button"
            className="button quiet icon"
            tabIndex={tabIndex}
            aria-label={r.recordsOf(unit.name)}
            title={r.recordsOf(unit.name)}
            onClick={() => onRead(unit)}
          >
            <History size={18} aria-hidden />
          </button>
        )}
        {((open && (missing || state === 'unconfirmed' || state === 'excused')) ||
          (number?.changes && entry && !missing && !hasNoNumber.has(state))) && (
          <button
            type="button"
            className="button quiet icon"
            tabIndex={tabIndex}
            aria-label={r.enterTitle(unit.name)}
            title={r.enterTitle(unit.name)}
            onClick={() => onEnter(unit)}
          >
            <PenLine size={18} aria-hidden />
          </button>
        )}
      </div>
    </div>
  );
});

/** Their units have said none, so there is none to be changed. */
const hasNoNumber: ReadonlySet<EntryState> = new Set(['unconfirmed', 'excused', 'away']);

interface EntryWordsProps {
  readonly state: EntryState;
  readonly entry: EntryPage['entries'][number] | undefined;
  readonly waiting: boolean;
  readonly here: boolean | undefined;
  readonly within: string;
  readonly asked: AskedNumber | undefined;
  /** RC11 */
  readonly isUnproven: boolean;
}

/** `Uỷ quyền 09:41:07 · Nguyễn Văn An`, `Đang kết nối · Huyện Định Quán` */
function EntryWords({ state, entry, waiting, here, within, asked, isUnproven }: EntryWordsProps) {
  const { t, time, number, steps } = useText(rollcallWords);
  const { t: n } = useText(numberDeskWords);
  const { t: r } = useText(rollcallDeskWords);
  const answerer = entry?.answerer ? t.answerer[entry.answerer] : undefined;
  const said = waiting ? r.waitingConfirm : isUnproven ? r.unproven : r.state[state];
  const at = (waiting && entry?.own?.at) || entry?.at;
  const corrections = (entry?.own?.nr ?? 1) - 1;
  const given = entry?.number;
  const figure = given && asked && withUnit(steps(given.value, asked.scale), asked.unit);
  const words = [
    figure && (given.held ? `${figure} (${n.heldMark})` : figure),
    here && !waiting && !entry?.at ? r.presentNow : `${said}${at ? ` ${time(at)}` : ''}`,
    entry?.name ?? answerer,
    corrections > 0 && t.corrected(number(corrections)),
    entry?.note,
    within,
  ];
  return words.filter(Boolean).join(' · ');
}

/** `Huyện Định Quán` of `Huyện Định Quán, Đồng Nai`, when the units of Đồng Nai are listed. */
function withinOf({ path, within }: TableUnit, depth: number): string {
  return within
    .split(', ')
    .slice(0, Math.max(0, path.split('.').length - depth - 1))
    .join(', ');
}
