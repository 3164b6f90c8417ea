import { Users, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { ApiError, sentence } from '../../api/problem.ts';
import { useOffice } from '../../app/OfficeContext.tsx';
import { useDeskText } from '../../i18n/desk/useDeskText.ts';
import { useText } from '../../i18n/useText.tsx';
import { UnitPicker } from '../../roster/UnitPicker.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import type { Draft, Picked } from './draft.ts';
import { issuerApi } from './issuerApi.ts';
import type { Preview } from './usePreview.ts';

interface AddresseeFieldProps {
  readonly draft: Draft;
  readonly preview: Preview;
  readonly onChange: (part: Partial<Draft>) => void;
}

/** To whom: the whole territory, some of it, or a saved list; without some places; and how many that are. */
export function AddresseeField({ draft, preview, onChange }: AddresseeFieldProps) {
  const { compose: d } = useDeskText();
  const { session, api } = useOffice();
  const lists = usePolled(useCallback(() => issuerApi.lists(api), [api])).value ?? [];
  const [excepting, setExcepting] = useState(draft.except.length > 0);
  const ways = [
    ['all', d.toAll(session.account.unit.name)],
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
            <input type="radio" name="to" checked={draft.to === way} onChange={() => onChange({ to: way })} />
            {label}
          </label>
        ))}
      </div>
      {draft.to === 'units' && (
        <>
          <Chips of={draft.units} onRemove={(units) => onChange({ units })} />
          <UnitPicker
            label={d.addUnit}
            without={codes}
            onPick={({ code, name, within }) =>
              onChange({ units: [...draft.units, { code, name: within ? `${name}, ${within}` : name }] })
            }
          />
        </>
      )}
      {draft.to === 'list' && (
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
        <button type="button" className="button quiet small" onClick={() => setExcepting(true)}>
          {d.addExceptions}
        </button>
      )}
      <Reach preview={preview} />
    </fieldset>
  );
}

function Chips({ of, onRemove }: { of: readonly Picked[]; onRemove: (left: Picked[]) => void }) {
  const { picker } = useDeskText();
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

/** How many it reaches, in the same place whatever is known. */
function Reach({ preview }: { preview: Preview }) {
  const { compose: d } = useDeskText();
  const { t, number } = useText();
  const nobody =
    preview.kind === 'failed' && preview.error instanceof ApiError && preview.error.reason === 'bad-request';
  return (
    <p className="reach" role="status">
      <Users size={20} aria-hidden />
      {preview.kind === 'counted' ? (
        <span>
          <strong className="num">{d.reaches(number(preview.addressees))}</strong>
          <small>
            {preview.addressees > preview.sample.length
              ? d.among(preview.sample.join(', '))
              : preview.sample.join(', ')}
          </small>
        </span>
      ) : (
        <span>
          <strong>
            {preview.kind === 'counting'
              ? d.counting
              : preview.kind === 'nobody' || nobody
                ? d.reachesNobody
                : sentence(preview.error, t)}
          </strong>
          <small>&nbsp;</small>
        </span>
      )}
    </p>
  );
}
