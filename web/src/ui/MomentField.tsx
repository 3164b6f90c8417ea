import { useEffect, useId, useRef, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { DayField } from './DayField.tsx';
import { hourTyped } from './dayText.ts';
import { dayFieldWords } from './words/dayField.vi.ts';

interface MomentFieldProps {
  /** What the moment is of: said of both fields together. */
  readonly label: string;
  readonly id?: string;
  /** `2026-11-27T17:00` in the zone of the installation; empty: none. */
  readonly value: string;
  /** Empty while one of both is missing, or no day or hour. */
  readonly onChange: (moment: string) => void;
  /** The first day that is allowed. */
  readonly min?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** A day and an hour of the installation's clock: dd/mm/yyyy and hours from 0 to 23 in every browser. */
export function MomentField(props: MomentFieldProps) {
  const own = useId();
  const { label, id = own, value, onChange, min, invalid, describedBy, disabled } = props;
  const { t } = useText(dayFieldWords);
  const hourId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [day, setDay] = useState(value.slice(0, 10));
  const [typed, setTyped] = useState(value.slice(11));
  const [left, setLeft] = useState(false);
  const hour = hourTyped(typed);
  const problem = typed.trim() !== '' && hour === undefined ? t.noHour : '';
  useEffect(() => field.current?.setCustomValidity(problem), [problem]);
  const tell = (newDay: string, newHour: string | undefined): void =>
    onChange(newDay && newHour ? `${newDay}T${newHour}` : '');
  return (
    <fieldset className="moment-field" aria-label={label} aria-describedby={describedBy}>
      <div className="moment-part">
        <label htmlFor={id}>{t.day}</label>
        <DayField
          {...{ id, min, invalid, disabled }}
          value={day}
          onChange={(next) => {
            setDay(next);
            tell(next, hour);
          }}
        />
      </div>
      <div className="moment-part">
        <label htmlFor={hourId}>{t.hour}</label>
        <input
          id={hourId}
          ref={field}
          className="input num moment-hour"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          placeholder={t.hourPattern}
          maxLength={6}
          aria-invalid={invalid || (left && problem !== '') || undefined}
          disabled={disabled}
          value={typed}
          onChange={({ target }) => {
            setLeft(false);
            setTyped(target.value);
            tell(day, hourTyped(target.value));
          }}
          onBlur={() => {
            setLeft(true);
            if (hour) setTyped(hour);
          }}
        />
      </div>
      {left && problem && (
        <span className="problem small-text" role="alert">
          {problem}
        </span>
      )}
    </fieldset>
  );
}
