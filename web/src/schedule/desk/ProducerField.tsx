import { useCallback, useState } from 'react';
import type { Producers } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { UnitPicker } from '../../organisation/desk/UnitPicker.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { scheduleWords } from '../words/schedule.vi.ts';
import { scheduleApi } from './scheduleApi.ts';

const MOST = 20;

interface ProducerFieldProps {
  readonly chosen: Producers;
  readonly onChange: (producers: Producers) => void;
}

/** Moderators who choose what all see: of this office, and of others that are looked up. */
export function ProducerField({ chosen, onChange }: ProducerFieldProps) {
  const { t } = useText(scheduleWords);
  const { t: problems } = useText(problemWords);
  const { session, api } = useOffice();
  const [unit, setUnit] = useState(session.account.unit.code);
  const load = useCallback(() => scheduleApi.moderators(api, unit), [api, unit]);
  const { value, error } = usePolled(load);
  const found = value ?? [];
  const offered = [...chosen, ...found.filter(({ id }) => !chosen.some((one) => one.id === id))];
  return (
    <fieldset className="plan-producers">
      <legend>{t.form.producers}</legend>
      <p className="soft small-text">{t.form.producersHint}</p>
      {offered.map((person) => {
        const checked = chosen.some(({ id }) => id === person.id);
        return (
          <label key={person.id} className="choice">
            <input
              type="checkbox"
              checked={checked}
              disabled={!checked && chosen.length >= MOST}
              onChange={() => onChange(checked ? chosen.filter(({ id }) => id !== person.id) : [...chosen, person])}
            />
            <span>
              {person.name} <span className="soft">{person.unitName}</span>
            </span>
          </label>
        );
      })}
      {value && offered.length === 0 && <p className="soft">{t.form.producersNone}</p>}
      {error !== undefined && <p className="problem">{sentence(error, problems)}</p>}
      <UnitPicker label={t.form.producersFrom} onPick={({ code }) => setUnit(code)} />
    </fieldset>
  );
}
