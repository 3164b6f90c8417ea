import { Plus, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { SavedList } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { SaveList } from '../../organisation/desk/SaveList.tsx';
import { fold, matcherOf } from '../../organisation/nameSearch.ts';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';

export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'units'; readonly units: readonly string[] }
  | { readonly kind: 'list'; readonly name: string; readonly units: readonly string[] };

interface ScopeFieldProps {
  readonly roster: RosterView | undefined;
  readonly scope: Scope;
  readonly onChange: (scope: Scope) => void;
}

/** Whom a round asks: the whole territory, some subtrees, or a saved list. */
export function ScopeField({ roster, scope, onChange }: ScopeFieldProps) {
  const { t: r } = useText(rollcallDeskWords);
  const { session } = useTools();
  const { lists, keep } = useLists();
  const kinds = { all: { kind: 'all' }, units: { kind: 'units', units: [] }, list: listScope(lists?.[0]) } as const;
  const titles = {
    all: r.scopeAll(session.account.unit.name, !session.account.unit.path.includes('.')),
    units: r.scopeUnits,
    list: r.scopeList,
  } as const;
  return (
    <fieldset>
      <legend className="label">{r.scope}</legend>
      <div className="choices">
        {(['all', 'units', 'list'] as const).map((kind) => (
          <label key={kind} className="choice">
            <input
              type="radio"
              name="scope"
              checked={scope.kind === kind}
              onChange={() => onChange(kinds[kind])}
              disabled={kind === 'list' && !lists}
            />
            {titles[kind]}
          </label>
        ))}
      </div>
      {scope.kind === 'units' && (
        <>
          <UnitsField roster={roster} units={scope.units} onChange={(units) => onChange({ kind: 'units', units })} />
          {lists && scope.units.length > 0 && (
            <SaveList units={scope.units} taken={lists.map(({ name }) => name)} onSaved={keep} />
          )}
        </>
      )}
      {scope.kind === 'list' &&
        (lists && lists.length > 0 ? (
          <select
            className="input"
            aria-label={r.scopeList}
            value={scope.name}
            onChange={(event) => onChange(listScope(lists.find(({ name }) => name === event.target.value)))}
          >
            {lists.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        ) : (
          <p className="soft">{r.scopeNoLists}</p>
        ))}
    </fieldset>
  );
}

const listScope = (list: SavedList | undefined): Scope => ({
  kind: 'list',
  name: list?.name ?? '',
  units: list?.units ?? [],
});

function useLists() {
  const { api } = useTools();
  const [lists, setLists] = useState<readonly SavedList[]>();
  useEffect(() => {
    // Without lists the other two choices stand.
    api.lists().then(setLists, () => undefined);
  }, [api]);
  const keep = (list: SavedList): void =>
    setLists((before) => [list, ...(before ?? []).filter(({ name }) => name !== list.name)]);
  return { lists, keep };
}

const FOUND = 5;

/** Chosen subtrees, and a field that finds more: each hit is a button. */
function UnitsField({
  roster,
  units,
  onChange,
}: {
  roster: RosterView | undefined;
  units: readonly string[];
  onChange: (units: readonly string[]) => void;
}) {
  const { t: r } = useText(rollcallDeskWords);
  const [query, setQuery] = useState('');
  const folded = useMemo(
    () => [...(roster?.byCode.values() ?? [])].map((unit) => ({ unit, text: fold(unit.name) })),
    [roster],
  );
  const hits = useMemo(() => {
    if (query.trim() === '') return [];
    const fits = matcherOf(query);
    const found = folded.filter(({ unit, text }) => fits(text) && !units.includes(unit.code));
    // The largest first: a province is meant more often than the commune of the same name.
    found.sort((a, b) => depth(a.unit.path) - depth(b.unit.path));
    return found.slice(0, FOUND);
  }, [folded, query, units]);
  const nameOf = (code: string): string => roster?.byCode.get(code)?.name ?? code;
  return (
    <div className="units-field">
      {units.length > 0 && (
        <ul className="chips">
          {units.map((code) => (
            <li key={code}>
              <button
                type="button"
                className="chip row"
                aria-label={r.removeUnit(nameOf(code))}
                onClick={() => onChange(units.filter((one) => one !== code))}
              >
                {nameOf(code)}
                <X size={16} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        type="search"
        className="input"
        aria-label={r.addUnit}
        placeholder={r.addUnit}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          const first = hits[0];
          if (first) add(first.unit.code);
        }}
      />
      <ul>
        {hits.map(({ unit }) => (
          <li key={unit.code}>
            <button type="button" className="unit-hit" onClick={() => add(unit.code)}>
              <Plus size={16} aria-hidden />
              <span>{unit.name}</span>
              <span className="soft clip">{roster?.within(unit.path)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );

  function add(code: string): void {
    onChange([...units, code]);
    setQuery('');
  }
}

const depth = (path: string): number => path.split('.').length;
