import { useCallback, useMemo, useState } from 'react';
import { answeredOf, missingOf, type ShownCount } from '../../api/channel/rounds.ts';
import type { Entry, EntryState, Round } from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useAct } from '../../session/useAct.ts';
import { useKeys } from '../../session/useKeys.ts';
import { FilterChips } from '../../ui/FilterChips.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { RoundRecords } from '../RoundRecords.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { confirmAsk, wishOf } from './confirmAsk.ts';
import { EnterSheet, useEnteredToast } from './EnterSheet.tsx';
import { EntryList } from './EntryList.tsx';
import {
  type EntryFilter,
  type EntrySort,
  entryFilters,
  entrySorts,
  rowsOf,
  type TableUnit,
  tableOf,
} from './entryTable.ts';
import { NEARBY_UNITS, useNearby } from './useNearby.ts';
import type { ShownRound } from './useRounds.ts';
import { useWall } from './useWall.ts';
import { stateIn } from './wallView.ts';
import './entries.css';

interface EntryPanelProps {
  readonly shown: ShownRound;
  readonly roster: RosterView;
  readonly place: { readonly code: string; readonly path: string };
  readonly count: ShownCount | undefined;
  readonly onCall: (unit: TableUnit) => void;
}

/** The units of a place: at first those that have not answered, each one click away from a call. */
export function EntryPanel({ shown: { round, phase }, roster, place, count, onCall }: EntryPanelProps) {
  const { number: format } = useFormats();
  const { t: ui } = useText(uiWords);
  const { t: r } = useText(rollcallDeskWords);
  const { run } = useAct();
  const told = useEnteredToast();
  const [filter, setFilter] = useState<EntryFilter>('missing');
  const [sort, setSort] = useState<EntrySort>('place');
  const [query, setQuery] = useState('');
  const keys = useKeys();
  const [entering, setEntering] = useState<TableUnit>();
  const [reading, setReading] = useState<TableUnit>();
  const { wall, failed, look } = useWall(round.id, phase === 'closed');
  const codes = wall?.codes;
  const table = useMemo(() => codes && tableOf(codes, roster), [codes, roster]);
  const toldStates = wall?.states;
  const states = useMemo(() => toldStates?.map((state) => stateIn(state, phase)), [toldStates, phase]);
  const rows = useMemo(
    () => (table && states ? rowsOf(table, states, { place: place.path, filter, sort, query }) : []),
    [table, states, place.path, filter, sort, query],
  );
  const { number: asked } = round;
  const number = useMemo(() => asked && { asked, changes: phase !== 'open' }, [asked, phase]);
  const small = (count?.expected ?? 1) <= NEARBY_UNITS;
  const nearby = useNearby(round.id, small ? place.code : undefined, wall?.seq);

  const confirm = useCallback(
    async (unit: TableUnit, own: Entry['own']): Promise<void> => {
      const entered = await run('round.enter', confirmAsk(keys, round.id, unit.code, own), unit.code);
      if (!entered) return;
      keys.done(wishOf(round.id, unit.code, own));
      told(unit.name, entered);
      look();
    },
    [run, keys, round.id, told, look],
  );

  return (
    <section className="entries" aria-label={r.wall}>
      <FilterChips label={r.filter} names={filtersOf(round, count, filter)} chosen={filter} onChoose={setFilter}>
        {(name) => (
          <>
            {r.filters[name]}
            {count && <strong className="num">{format(countOf(name, count))}</strong>}
          </>
        )}
      </FilterChips>
      <SearchField label={r.find} value={query} onChange={setQuery} />
      <div className="entries-head">
        <p className={failed ? 'stale grow' : 'soft num grow'} role="status">
          {failed ? r.listFailed : table ? r.shown(format(rows.length)) : ui.loading}
        </p>
        <select
          className="input"
          aria-label={r.sort}
          value={sort}
          onChange={(event) => setSort(event.target.value as EntrySort)}
        >
          {entrySorts.map((name) => (
            <option key={name} value={name}>
              {r.sorts[name]}
            </option>
          ))}
        </select>
      </div>
      {table && states && rows.length > 0 ? (
        <EntryList
          table={table}
          rows={rows}
          states={states}
          nearby={nearby}
          open={phase !== 'closed'}
          number={number}
          proof={round.proof}
          depth={place.path.split('.').length}
          onCall={onCall}
          onEnter={setEntering}
          onConfirm={confirm}
          onRead={setReading}
        />
      ) : (
        table && <p className="soft empty">{filter === 'missing' && !query.trim() ? r.allAnswered : r.empty}</p>
      )}
      {reading && (
        <Sheet title={r.recordsOf(reading.name)} onClose={() => setReading(undefined)}>
          <p className="soft">{reading.within}</p>
          <RoundRecords
            round={round.id}
            unit={reading.code}
            entry={nearby?.entries.get(reading.code)}
            asked={round.number}
            open
          />
          <div className="acts">
            <button type="button" className="button" onClick={() => setReading(undefined)}>
              {ui.close}
            </button>
          </div>
        </Sheet>
      )}
      {entering && (
        <EnterSheet
          round={round}
          phase={phase}
          unit={entering}
          entry={nearby?.entries.get(entering.code)}
          onEntered={look}
          onClose={() => setEntering(undefined)}
        />
      )}
    </section>
  );
}

/** Only where an official confirms is there something that waits for it; and few places have units that report absent. */
function filtersOf(
  { proof }: Pick<Round, 'proof'>,
  count: ShownCount | undefined,
  chosen: EntryFilter,
): readonly EntryFilter[] {
  const absent = (count?.away ?? 0) > 0 || chosen === 'away';
  return entryFilters.filter((name) => {
    if (name === 'unconfirmed') return proof === 'official';
    return name !== 'away' || absent;
  });
}

function countOf(filter: EntryFilter, count: ShownCount): number {
  switch (filter) {
    case 'missing':
      return missingOf(count);
    case 'answered':
      return answeredOf(count);
    case 'all':
      return count.expected;
    default:
      return count[filter satisfies EntryState];
  }
}
