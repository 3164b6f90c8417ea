import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { scheduleWords } from '../words/schedule.vi.ts';
import type { AgendaRow } from './plan.ts';

const MOST = 30;

interface AgendaFieldProps {
  readonly rows: readonly AgendaRow[];
  /** Numbers of rows with a fault. */
  readonly wrong: ReadonlySet<number>;
  readonly onChange: (rows: AgendaRow[]) => void;
}

/** What is on, item by item; moved by keys and buttons, and the new one has the focus. */
export function AgendaField({ rows, wrong, onChange }: AgendaFieldProps) {
  const { t, number } = useText(scheduleWords);
  const f = t.form;
  const list = useRef<HTMLOListElement>(null);
  const sum = rows.reduce((minutes, row) => minutes + (Number(row.minutes) || 0), 0);
  const focus = (index: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('.agenda-title')[index]?.focus());
  const edit = (index: number, part: Partial<AgendaRow>): void =>
    onChange(rows.map((row, i) => (i === index ? { ...row, ...part } : row)));
  const move = (from: number, to: number): void => {
    const moved = [...rows];
    moved.splice(to, 0, ...moved.splice(from, 1));
    onChange(moved);
    focus(to);
  };
  const add = (): void => {
    const key = Math.max(0, ...rows.map((row) => row.key)) + 1;
    onChange([...rows, { key, title: '', by: '', minutes: '' }]);
    focus(rows.length);
  };
  return (
    <fieldset className="plan-agenda">
      <legend>{f.agenda}</legend>
      <p className="soft small-text">{f.agendaHint}</p>
      {rows.length > 0 && (
        <ol ref={list}>
          {rows.map((row, i) => {
            const nr = i + 1;
            return (
              <li key={row.key} data-wrong={wrong.has(nr) || undefined}>
                <span className="agenda-nr num" aria-hidden>
                  {nr}
                </span>
                <input
                  className="input agenda-title"
                  aria-label={f.itemTitle(nr)}
                  aria-invalid={wrong.has(nr) || undefined}
                  placeholder={f.content}
                  maxLength={200}
                  value={row.title}
                  onChange={({ target }) => edit(i, { title: target.value })}
                />
                <input
                  className="input agenda-by"
                  aria-label={f.itemBy(nr)}
                  placeholder={f.by}
                  maxLength={200}
                  value={row.by}
                  onChange={({ target }) => edit(i, { by: target.value })}
                />
                <span className="agenda-minutes" data-unit={row.minutes && f.minutesUnit}>
                  <input
                    className="input num"
                    aria-label={f.itemMinutes(nr)}
                    placeholder={f.minutes}
                    inputMode="numeric"
                    maxLength={3}
                    value={row.minutes}
                    onChange={({ target }) => edit(i, { minutes: target.value.trim() })}
                  />
                </span>
                <span className="agenda-acts">
                  <button
                    type="button"
                    className="button quiet icon"
                    aria-label={f.up(nr)}
                    disabled={i === 0}
                    onClick={() => move(i, i - 1)}
                  >
                    <ArrowUp size={18} aria-hidden />
                  </button>
                  <button
                    type="button"
                    className="button quiet icon"
                    aria-label={f.down(nr)}
                    disabled={i === rows.length - 1}
                    onClick={() => move(i, i + 1)}
                  >
                    <ArrowDown size={18} aria-hidden />
                  </button>
                  <button
                    type="button"
                    className="button quiet icon"
                    aria-label={f.remove(nr)}
                    onClick={() => {
                      onChange(rows.filter((_, other) => other !== i));
                      focus(Math.max(0, i - 1));
                    }}
                  >
                    <X size={18} aria-hidden />
                  </button>
                </span>
              </li>
            );
          })}
        </ol>
      )}
      <div className="row">
        <button type="button" className="button small" disabled={rows.length >= MOST} onClick={add}>
          <Plus size={18} aria-hidden />
          {f.addItem}
        </button>
        {sum > 0 && (
          <span className="soft num" role="status">
            {f.sum(number(sum))}
          </span>
        )}
      </div>
    </fieldset>
  );
}
