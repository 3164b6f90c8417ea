import { useEffect, useState } from 'react';
import { type ActAsk, type Indicator, indicatorListSchema } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { readSteps } from '../../number/readSteps.ts';
import { numberDeskWords } from '../../words/numberDesk.vi.ts';

/** What is being written in the form. */
export interface NumberDraft {
  readonly label: string;
  readonly unit: string;
  readonly scale: number;
  readonly min: string;
  readonly max: string;
  readonly indicator: string | null;
}
export const emptyNumber: NumberDraft = { label: '', unit: '', scale: 0, min: '0', max: '', indicator: null };

const SCALES = [0, 1, 2] as const;

interface AskNumberProps {
  readonly draft: NumberDraft | undefined;
  readonly onChange: (draft: NumberDraft | undefined) => void;
}

/** A number beside the answer: what it is, what it is counted in, and from where to where. */
export function AskNumber({ draft, onChange }: AskNumberProps) {
  const { t, steps, language } = useText(numberDeskWords);
  const indicators = useSummed(draft !== undefined);
  const set = (more: Partial<NumberDraft>): void => draft && onChange({ ...draft, ...more });
  const choose = (code: string): void => {
    const chosen = indicators.find((one) => one.code === code);
    if (!chosen) {
      set({ indicator: null });
      return;
    }
    const { name, unit, scale, bounds } = chosen;
    const limits = bounds && { min: steps(bounds.hard[0], scale), max: steps(bounds.hard[1], scale) };
    set({ indicator: code, label: name[language], unit: unit[language], scale, ...limits });
  };
  const field = (name: 'label' | 'unit' | 'min' | 'max', hint?: string) => (
    <div className="field grow">
      <label htmlFor={`asked-${name}`}>{t[name]}</label>
      <input
        id={`asked-${name}`}
        className="input"
        required
        autoComplete="off"
        maxLength={name === 'label' ? 200 : 40}
        inputMode={hint ? 'text' : 'decimal'}
        placeholder={hint}
        value={draft?.[name] ?? ''}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </div>
  );
  return (
    <fieldset className="stack">
      <label className="choice">
        <input
          type="checkbox"
          checked={draft !== undefined}
          onChange={({ target }) => onChange(target.checked ? emptyNumber : undefined)}
        />
        {t.ask}
      </label>
      {draft && (
        <>
          {indicators.length > 0 && (
            <div className="field">
              <label htmlFor="asked-indicator">{t.indicator}</label>
              <select
                id="asked-indicator"
                className="input"
                value={draft.indicator ?? ''}
                onChange={({ target }) => choose(target.value)}
              >
                <option value="">{t.ownIndicator}</option>
                {indicators.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name[language]}
                  </option>
                ))}
              </select>
            </div>
          )}
          <div className="row">
            {field('label', t.labelExample)}
            {field('unit', t.unitExample)}
          </div>
          <div className="row">
            {field('min')}
            {field('max')}
            {draft.indicator === null && (
              <div className="field grow">
                <label htmlFor="asked-scale">{t.decimals}</label>
                <select
                  id="asked-scale"
                  className="input"
                  value={draft.scale}
                  onChange={({ target }) => set({ scale: Number(target.value) })}
                >
                  {SCALES.map((scale) => (
                    <option key={scale} value={scale}>
                      {t.decimalsOf(scale)}
                    </option>
                  ))}
                </select>
              </div>
            )}
          </div>
          {draft.max !== '' && !numberAsk(draft, language) && <p className="stale">{t.wrongLimits}</p>}
        </>
      )}
    </fieldset>
  );
}

/** As it is asked; undefined: something is missing, or wrong. */
export function numberAsk(draft: NumberDraft, language: 'vi' | 'en'): ActAsk<'round.open'>['number'] {
  const { label, unit, scale, indicator } = draft;
  const [min, max] = [draft.min, draft.max].map((text) => readSteps(text, scale, language));
  if (!label.trim() || !unit.trim() || !min || !max || !('steps' in min && 'steps' in max) || min.steps > max.steps)
    return undefined;
  return { label: label.trim(), unit: unit.trim(), scale, min: min.steps, max: max.steps, indicator };
}

/** FG60: those whose period a number may become. */
function useSummed(wanted: boolean): readonly Indicator[] {
  const { api } = useOffice();
  const [all, setAll] = useState<readonly Indicator[]>([]);
  useEffect(() => {
    if (!wanted) return;
    api.ask('/api/figures/indicators', indicatorListSchema).then(
      ({ indicators }) => setAll(indicators.filter(({ simulated, up }) => !simulated && up === 'sum')),
      () => undefined,
    );
  }, [api, wanted]);
  return all;
}
