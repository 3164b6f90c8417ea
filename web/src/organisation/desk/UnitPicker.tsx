import { Search } from 'lucide-react';
import { useState } from 'react';
import { ComboBox, Input, Label } from 'react-aria-components';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { type UnitHit, useUnitHits } from '../useUnitHits.ts';
import { organisationDeskWords } from '../words/desk.vi.ts';
import { UnitOptions } from './UnitOptions.tsx';

interface UnitPickerProps {
  readonly label: string;
  /** Codes that were picked already are not offered. */
  readonly without?: readonly string[];
  readonly onPick: (unit: UnitHit) => void;
}

/**
 * A field that finds a unit of the territory as its name is typed; what is picked is handed on, and the field is empty
 * again.
 */
export function UnitPicker({ label, without = [], onPick }: UnitPickerProps) {
  const { t: units } = useText(organisationDeskWords);
  const { api } = useOffice();
  const [text, setText] = useState('');
  const { hits, phase } = useUnitHits(text, api);
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
        <Input className="input" placeholder={units.picker.hint} />
      </div>
      <UnitOptions empty={phase === 'empty' ? units.picker.empty : units.picker.searching} />
    </ComboBox>
  );
}
