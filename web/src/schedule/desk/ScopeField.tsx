import { FileSpreadsheet, X } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { MOST_CELLS } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { UnitPicker } from '../../organisation/desk/UnitPicker.tsx';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { scheduleWords } from '../words/schedule.vi.ts';
import { cellsOf } from './codeColumn.ts';
import type { Plan } from './plan.ts';
import { scheduleApi } from './scheduleApi.ts';

/** Rows of a file that are told one by one. */
const TOLD = 8;

interface ScopeFieldProps {
  readonly plan: Plan;
  /** How many the briefing that is changed expects; undefined: a new one. */
  readonly before: number | undefined;
  /** The doors are open. */
  readonly frozen: boolean;
  readonly wrong: boolean;
  readonly onChange: (part: Partial<Plan>) => void;
}

/** Who takes part: all of the office, places, a saved list, or the codes of a file that is read once without effect. */
export function ScopeField({ plan, before, frozen, wrong, onChange }: ScopeFieldProps) {
  const { t, number } = useText(scheduleWords);
  const { t: picker } = useText(organisationDeskWords);
  const f = t.form;
  const { session, api } = useOffice();
  const { value: lists = [] } = usePolled(useCallback(() => api.lists(), [api]));
  if (frozen) return <p className="note">{f.frozen}</p>;
  const ways = [
    ...(before === undefined ? [] : [['keep', f.keep(number(before))] as const]),
    ['all', f.all(session.account.unit.name)],
    ['units', f.units],
    ...(lists.length > 0 ? [['list', f.list] as const] : []),
    ['file', f.file],
  ] as const;
  return (
    <fieldset
      className="plan-scope"
      aria-invalid={wrong || undefined}
      aria-describedby={wrong ? 'plan-wrong' : undefined}
    >
      <legend>{f.scope}</legend>
      <div className="radios">
        {ways.map(([way, label]) => (
          <label key={way} className="radio">
            <input type="radio" name="scope" checked={plan.way === way} onChange={() => onChange({ way })} />
            {label}
          </label>
        ))}
      </div>
      {plan.way === 'units' && (
        <>
          {plan.units.length > 0 && (
            <ul className="picked">
              {plan.units.map(({ code, name }) => (
                <li key={code}>
                  <span className="clip">{name}</span>
                  <button
                    type="button"
                    className="button quiet icon"
                    aria-label={picker.picker.remove(name)}
                    onClick={() => onChange({ units: plan.units.filter((unit) => unit.code !== code) })}
                  >
                    <X size={18} aria-hidden />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <UnitPicker
            label={f.addUnit}
            without={plan.units.map(({ code }) => code)}
            onPick={({ code, name, within }) =>
              onChange({ units: [...plan.units, { code, name: within ? `${name}, ${within}` : name }] })
            }
          />
        </>
      )}
      {plan.way === 'list' && (
        <select
          className="input"
          aria-label={f.list}
          value={plan.list}
          onChange={({ target }) => onChange({ list: target.value })}
        >
          <option value="">–</option>
          {lists.map(({ name, expected }) => (
            <option key={name} value={name}>
              {name} ({number(expected)})
            </option>
          ))}
        </select>
      )}
      {plan.way === 'file' && <CodeFile file={plan.file} onChange={(file) => onChange({ file })} />}
    </fieldset>
  );
}

function CodeFile({ file, onChange }: { file: Plan['file']; onChange: (file: Plan['file']) => void }) {
  const { t, number } = useText(scheduleWords);
  const { t: problems } = useText(problemWords);
  const f = t.form;
  const { api } = useOffice();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const read = async (chosen: File): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    onChange(undefined);
    try {
      const cells = await cellsOf(chosen).catch(() => undefined);
      if (!cells || cells.every((cell) => cell === '')) return setProblem(f.unreadable);
      if (cells.length > MOST_CELLS) return setProblem(f.tooLong);
      onChange({
        name: chosen.name,
        checked: await scheduleApi.check(
          api,
          cells.map((cell) => cell.slice(0, 64)),
        ),
      });
    } catch (error) {
      setProblem(sentence(error, problems));
    } finally {
      setBusy(false);
    }
  };
  const rows = file?.checked.problems ?? [];
  return (
    <div className="plan-file">
      <div className="row">
        <button type="button" className="button small" disabled={busy} onClick={() => input.current?.click()}>
          <FileSpreadsheet size={18} aria-hidden />
          {f.choose}
        </button>
        <span className="soft small-text">{f.fileHint}</span>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.csv,.txt"
        aria-label={f.file}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) void read(chosen);
          target.value = '';
        }}
      />
      <div role="status">
        {busy && <p className="soft">{f.reading}</p>}
        {file && (
          <p>
            <strong>{f.found(file.name, number(file.checked.expected))}</strong>
          </p>
        )}
        {file?.checked.scope === 'too-many' && <p className="problem">{f.tooMany}</p>}
        {rows.length > 0 && (
          <div className="note warn">
            <div>
              <p>{f.problems(number(rows.length))}</p>
              <ul className="plan-rows">
                {rows.slice(0, TOLD).map(({ row, text, problem: why }) => (
                  <li key={row}>{f.row(row, text, f.problem[why])}</li>
                ))}
                {rows.length > TOLD && <li>{f.moreProblems(number(rows.length - TOLD))}</li>}
              </ul>
            </div>
          </div>
        )}
      </div>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
