import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import type { UnitHits } from '../api/contract.ts';
import { useOffice } from '../app/OfficeContext.tsx';
import { useDeskText } from '../i18n/desk/useDeskText.ts';

export type PickedUnit = UnitHits['units'][number];
const DEBOUNCE_MS = 120;

interface UnitPickerProps {
  readonly label: string;
  /** Codes that were picked already are not offered. */
  readonly without?: readonly string[];
  readonly onPick: (unit: PickedUnit) => void;
}

/** A field that finds a unit of the territory as its name is typed; what is picked is handed on, and the field is empty again. */
export function UnitPicker({ label, without = [], onPick }: UnitPickerProps) {
  const d = useDeskText();
  const [text, setText] = useState('');
  const { hits, phase } = useHits(text);
  const offered = hits.filter(({ code }) => !without.includes(code));
  return (
    <ComboBox
      className="unit-picker field"
      items={offered}
      inputValue={text}
      selectedKey={null}
      menuTrigger="input"
      allowsEmptyCollection={text.trim() !== ''}
      defaultFilter={() => true}
      onInputChange={setText}
      onSelectionChange={(key) => {
        const hit = offered.find(({ code }) => code === key);
        if (!hit) return;
        setText('');
        onPick(hit);
      }}
    >
      <Label>{label}</Label>
      <div className="search-box">
        <Search size={18} aria-hidden />
        <Input className="input" placeholder={d.picker.hint} />
      </div>
      <Popover className="popover" offset={4}>
        <ListBox<PickedUnit>
          className="listbox"
          renderEmptyState={() => <p className="empty">{phase === 'found' ? d.picker.empty : d.picker.searching}</p>}
        >
          {(hit) => (
            <ListBoxItem id={hit.code} textValue={hit.name} className="option">
              <Text slot="label">{hit.name}</Text>
              <Text slot="description" className="soft">
                {hit.within}
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function useHits(query: string): { hits: readonly PickedUnit[]; phase: 'searching' | 'found' } {
  const { api } = useOffice();
  const [state, setState] = useState<ReturnType<typeof useHits>>({ hits: [], phase: 'searching' });
  useEffect(() => {
    const q = query.trim();
    if (q === '') return setState({ hits: [], phase: 'searching' });
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.searchUnits(q, stop.signal).then(
        (hits) => setState({ hits, phase: 'found' }),
        () => undefined,
      );
    }, DEBOUNCE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [query, api]);
  return state;
}
