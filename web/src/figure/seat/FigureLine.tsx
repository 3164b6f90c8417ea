import { CircleAlert } from 'lucide-react';
import { useId } from 'react';
import type { FormTask } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { formWords } from '../words/form.vi.ts';
import { LastAct } from './LastAct.tsx';
import { periodName, valueText } from './taskText.ts';
import type { Doubt, Typed } from './typed.ts';

interface FigureLineProps {
  readonly task: FormTask;
  readonly text: string;
  readonly typed: Typed;
  /** It was asked about, and waits for a second press. */
  readonly doubt: Doubt | undefined;
  readonly fault: string | undefined;
  readonly onType: (text: string) => void;
}

/** One number: its name and period, the field, the last value beside it, until when. */
export function FigureLine({ task, text, typed, doubt, fault, onType }: FigureLineProps) {
  const words = useText(formWords);
  const { t, day, moment, language } = words;
  const id = useId();
  const { indicator, due, state, own, last } = task;
  const value = (steps: number | null) => valueText(steps, indicator, words);
  const before = last ? value(last.value) : '';
  const asks =
    doubt &&
    typed.kind === 'said' &&
    (doubt === 'unusual' ? t.doubt.unusual(value(typed.steps)) : t.doubt[doubt](before, value(typed.steps)));
  const when = state === 'overdue' ? t.overdueSince : t.due;
  return (
    <div className="figure-line" data-state={state}>
      <div className="figure-line-name">
        <label htmlFor={id}>
          <strong>{indicator.name[language]}</strong> <span className="soft">{periodName(task, words)}</span>
        </label>
        {indicator.simulated && <small className="figure-line-simulated">{t.simulated}</small>}
        <small className={state === 'overdue' ? 'figure-line-over num' : 'soft num'} id={`${id}-due`}>
          {own
            ? `${t.done(value(own.value), moment(own.at))}${own.held ? ` · ${t.held}` : own.rejected ? ` · ${t.rejected}` : ''}`
            : due
              ? when(day(due))
              : t.dueAny}
        </small>
        {own && <LastAct said={own} id={`${id}-act`} />}
      </div>
      <div className="figure-line-field">
        <input
          id={id}
          className="input num"
          inputMode="decimal"
          autoComplete="off"
          enterKeyHint="next"
          maxLength={40}
          value={text}
          aria-invalid={fault !== undefined || asks !== undefined}
          aria-describedby={`${id}-due ${own?.act ? `${id}-act ` : ''}${id}-last ${id}-say`}
          onChange={(event) => onType(event.target.value)}
        />
        <span>{indicator.unit[language]}</span>
      </div>
      <small className="soft num figure-line-last" id={`${id}-last`}>
        {last ? t.last(before, periodName({ period: last.period, indicator }, words)) : t.noLast}
      </small>
      <p className={fault || asks ? 'figure-line-say bad' : 'figure-line-say soft'} id={`${id}-say`}>
        {(fault || asks) && <CircleAlert size={20} aria-hidden />}
        {fault ?? asks ?? (typed.kind === 'said' ? t.reads(value(typed.steps)) : '')}
        {asks && <small>{t.doubtHint}</small>}
      </p>
    </div>
  );
}
