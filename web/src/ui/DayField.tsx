import { CalendarDays } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { dayText, dayTyped } from './dayText.ts';
import { dayFieldWords } from './words/dayField.vi.ts';
import './dayField.css';

export interface DayFieldProps {
  readonly id?: string;
  /** Said to screen readers where no label stands beside it. */
  readonly label?: string;
  /** `2026-11-27`; empty: none. */
  readonly value: string;
  /** Empty while what is typed is no day, or none that is allowed. */
  readonly onChange: (day: string) => void;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/**
 * A day, typed and shown as dd/mm/yyyy in every browser: its own field of dates has the order of its own language. The
 * browser's calendar is one press away.
 */
export function DayField(props: DayFieldProps) {
  const { id, label, value, onChange, min, max, invalid, describedBy, disabled } = props;
  const { t } = useText(dayFieldWords);
  const problemId = useId();
  const field = useRef<HTMLInputElement>(null);
  const calendar = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(() => dayText(value));
  const [left, setLeft] = useState(false);
  const text = value !== '' && dayTyped(typed) !== value ? dayText(value) : typed;
  const day = dayTyped(text);
  const isOutside = day !== undefined && ((min && day < min) || (max && day > max));
  const problem = text.trim() === '' ? '' : day === undefined ? t.noDay : isOutside ? t.outside : '';
  useEffect(() => field.current?.setCustomValidity(problem), [problem]);
  const take = (next: string): void => {
    setTyped(next);
    const chosen = dayTyped(next) ?? '';
    onChange((min && chosen < min) || (max && chosen > max) ? '' : chosen);
  };
  const told = [left && problem ? problemId : undefined, describedBy].filter(Boolean).join(' ');
  return (
    <span className="day-field">
      <input
        ref={field}
        id={id}
        className="input num"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder={t.pattern}
        maxLength={24}
        aria-label={label}
        aria-invalid={invalid || (left && problem !== '') || undefined}
        aria-describedby={told || undefined}
        disabled={disabled}
        value={text}
        onChange={({ target }) => {
          setLeft(false);
          take(target.value);
        }}
        onBlur={() => {
          setLeft(true);
          if (day) setTyped(dayText(day));
        }}
      />
      <button
        type="button"
        className="button quiet icon"
        aria-label={t.calendar}
        title={t.calendar}
        disabled={disabled}
        onClick={() => calendar.current?.showPicker()}
      >
        <CalendarDays size={18} aria-hidden />
      </button>
      <input
        ref={calendar}
        className="day-calendar"
        type="date"
        tabIndex={-1}
        aria-hidden
        disabled={disabled}
        {...{ min, max }}
        value={day ?? ''}
        onChange={({ target }) => take(dayText(target.value))}
      />
      {left && problem && (
        <span id={problemId} className="problem small-text" role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
