import { Ellipsis } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { PresenceRow } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { fold, matcherOf } from '../../organisation/nameSearch.ts';
import type { RosterView } from '../../organisation/rosterView.ts';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { FilterChips } from '../../ui/FilterChips.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { presenceDeskWords } from '../words/desk.vi.ts';
import { marksOf } from './marks.ts';
import { PresenceCountLine } from './PresenceSummary.tsx';
import { PresenceTree } from './PresenceTree.tsx';
import { type PresenceFilter, presenceFilters } from './presenceFilters.ts';
import { usePresenceRows } from './usePresenceRows.ts';
import './presence.css';

interface PresencePanelProps {
  readonly roster: RosterView | undefined;
  readonly onCall: (row: PresenceRow) => void;
  readonly onReissue: (row: PresenceRow) => void;
  readonly initialFilter?: PresenceFilter;
}

/** Who of the territory is here, who left, who never came, and on what line. */
export function PresencePanel({ roster, onCall, onReissue, initialFilter = 'all' }: PresencePanelProps) {
  const { t, number } = useText(presenceDeskWords);
  const { t: ui } = useText(uiWords);
  const { session } = useTools();
  const { unit } = session.account;
  const [filter, setFilter] = useState<PresenceFilter>(initialFilter);
  const [query, setQuery] = useState('');
  const { rows, phase } = usePresenceRows(unit.code, filter, roster);
  const { floor } = useChannel();
  const marks = useMemo(() => marksOf(floor), [floor]);
  const folded = useMemo(
    () => new Map(rows.map((row) => [row.unit, fold(`${row.name} ${roster?.within(row.path) ?? ''}`)])),
    [rows, roster],
  );
  const found = useMemo(() => {
    const fits = matcherOf(query);
    return query.trim() ? rows.filter((row) => fits(folded.get(row.unit) ?? '')) : rows;
  }, [rows, folded, query]);

  return (
    <section className="column presence" aria-label={t.presence}>
      <PresenceCountLine />
      <FilterChips label={t.filter} names={presenceFilters} chosen={filter} onChoose={setFilter}>
        {(name) => t.filters[name]}
      </FilterChips>
      <SearchField label={t.find} value={query} onChange={setQuery} />
      <p className="soft num presence-shown" role="status">
        {phase === 'loading' && rows.length === 0 ? ui.loading : t.shown(number(found.length))}
      </p>
      {found.length === 0 && phase !== 'loading' ? (
        <p className="soft empty">{t.emptyBody}</p>
      ) : (
        <PresenceTree
          rows={found}
          rootPath={unit.path}
          roster={roster}
          marks={marks}
          openAll={query.trim() !== '' || filter !== 'all'}
          onCall={onCall}
          menu={(row) => <RowMenu row={row} onReissue={onReissue} />}
        />
      )}
    </section>
  );
}

function RowMenu({ row, onReissue }: { row: PresenceRow; onReissue: (row: PresenceRow) => void }) {
  const { t } = useText(organisationDeskWords);
  return (
    <MenuTrigger>
      <Button className="button quiet icon" aria-label={t.more(row.name)} excludeFromTabOrder>
        <Ellipsis size={18} aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="listbox" onAction={() => onReissue(row)}>
          <MenuItem className="option">{t.link}</MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
