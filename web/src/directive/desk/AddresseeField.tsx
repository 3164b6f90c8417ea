import { X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { SaveList } from '../../organisation/desk/SaveList.tsx';
import { UnitPicker } from '../../organisation/desk/UnitPicker.tsx';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { addressed, type Draft, type Picked } from './draft.ts';

interface AddresseeFieldProps {
  readonly draft: Draft;
  readonly to: NonNullable<Draft['to']>;
  /** It may go to those whom a briefing expects. */
  readonly inBriefing: boolean;
  readonly onChange: (part: Partial<Draft>) => void;
}

/** To whom: those of the briefing, the whole territory, some of it, or a saved list; without some places. */
export function AddresseeField({ draft, to, inBriefing, onChange }: AddresseeFieldProps) {
  const d = useText(directiveDeskWords).t.compose;
  const { session, api } = useOffice();
  const { value: lists = [], reload } = usePolled(useCallback(() => api.lists(), [api]));
  const [excepting, setExcepting] = useState(draft.except.length > 0);
  const { name, path } = session.account.unit;
  const ways = [
    ...(draft.selection ? [['selection', draft.selection.name] as const] : []),
    ...(inBriefing ? [['briefing', path.includes('.') ? d.toBriefingIn(name) : d.toBriefing] as const] : []),
    ['all', d.toAll(name, !path.includes('.'))],
    ['units', d.toUnits],
    ...(lists.length > 0 ? [['list', d.toList] as const] : []),
  ] as const;
  const codes = [...draft.units, ...draft.except].map(({ code }) => code);
  return (
    <fieldset className="compose-to">
      <legend>{d.to}</legend>
      <div className="radios">
        {ways.map(([way, label]) => (
          <label key={way} className="radio">
            <input
              type="radio"
              name="to"
              checked={to === way}
              onChange={() => onChange(addressed(draft, { to: way }))}
            />
            {label}
          </label>
        ))}
      </div>
      {to === 'units' && (
        <>
          <Chips of={draft.units} onRemove={(units) => onChange({ units })} />
          <UnitPicker
            label={d.addUnit}
            without={codes}
            onPick={({ code, name, within }) =>
              onChange({ units: [...draft.units, { code, name: within ? `${name}, ${within}` : name }] })
            }
          />
          {draft.units.length > 0 && (
            <SaveList
              units={draft.units.map(({ code }) => code)}
              taken={lists.map(({ name }) => name)}
              onSaved={reload}
            />
          )}
        </>
      )}
      {to === 'list' && (
        <select
          className="input"
          aria-label={d.toList}
          value={draft.list}
          onChange={({ target }) => onChange({ list: target.value })}
        >
          <option value="">–</option>
          {lists.map(({ name, expected }) => (
            <option key={name} value={name}>
              {name} ({expected})
            </option>
          ))}
        </select>
      )}
      {excepting ? (
        <>
          {draft.except.length > 0 && <p className="label">{d.except}</p>}
          <Chips of={draft.except} onRemove={(except) => onChange({ except })} />
          <UnitPicker
            label={d.addException}
            without={codes}
            onPick={({ code, name, within }) =>
              onChange({ except: [...draft.except, { code, name: within ? `${name}, ${within}` : name }] })
            }
          />
        </>
      ) : (
        <button type="button" className="button small" onClick={() => setExcepting(true)}>
          {d.addExceptions}
        </button>
      )}
    </fieldset>
  );
}

function Chips({ of, onRemove }: { of: readonly Picked[]; onRemove: (left: Picked[]) => void }) {
  const picker = useText(organisationDeskWords).t.picker;
  if (of.length === 0) return null;
  return (
    <ul className="picked">
      {of.map(({ code, name }) => (
        <li key={code}>
          <span className="clip">{name}</span>
          <button
            type="button"
            className="button quiet icon"
            aria-label={picker.remove(name)}
            onClick={() => onRemove(of.filter((other) => other.code !== code))}
          >
            <X size={18} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
