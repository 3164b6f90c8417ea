import { Filter } from 'lucide-react';
import { useId } from 'react';
import { type Indicator, type SelectionRule, within } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { KeyMark } from '../../../ui/Shortcuts.tsx';
import { useShortcuts } from '../../../ui/useShortcuts.ts';
import { choosingWords } from '../../words/choosing.vi.ts';
import type { ChoosingState } from './useChoosing.ts';
import './choosing.css';

interface ChoosingProps {
  readonly choosing: ChoosingState;
  readonly indicator: Indicator;
  /** What is looked at, and the unit that the map has: paths. */
  readonly place: string;
  readonly unit: string | undefined;
  readonly nameOf: (path: string) => string;
  /** FG20 */
  readonly isPast: boolean;
  readonly onFreeze: () => void;
}

/** Which units a figure names: a rule, and what is taken out of it by hand. */
export function Choosing({ choosing, indicator, place, unit, nameOf, isPast, onFreeze }: ChoosingProps) {
  const { t, number, language } = useText(choosingWords);
  const { t: problems } = useText(problemWords);
  const id = useId();
  useShortcuts({ c: isPast ? undefined : choosing.turn });
  const { isOpen, draft, bad, chosen, except, state } = choosing;
  if (isPast) return <p className="soft figure-choosing">{t.past}</p>;
  const byAmount = draft.is === 'at-least' || draft.is === 'at-most';
  const out = [...except].filter((path) => within(path, place));
  return (
    <section className="figure-choosing" aria-label={t.title}>
      <button type="button" className="button" aria-expanded={isOpen} onClick={choosing.turn}>
        <Filter size={18} aria-hidden />
        {t.open}
        <KeyMark name="C" />
      </button>
      {isOpen && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (choosing.canFreeze) onFreeze();
          }}
        >
          <div className="choosing-rule">
            <select
              className="input"
              aria-label={t.rule}
              // biome-ignore lint/a11y/noAutofocus: it was just opened by hand
              autoFocus
              value={draft.is}
              onChange={({ target }) => choosing.change({ is: target.value as SelectionRule['is'] })}
            >
              {Object.entries(t.rules).map(([is, label]) => (
                <option key={is} value={is}>
                  {label}
                </option>
              ))}
            </select>
            {byAmount && (
              <>
                <label htmlFor={id} className="unseen">
                  {t.limit(indicator.unit[language])}
                </label>
                <input
                  id={id}
                  className="input num"
                  type="text"
                  inputMode="decimal"
                  autoComplete="off"
                  aria-invalid={bad !== undefined}
                  aria-describedby={`${id}-said`}
                  value={draft.limit}
                  onChange={({ target }) => choosing.change({ limit: target.value })}
                />
                <span>{indicator.unit[language]}</span>
              </>
            )}
          </div>
          <p id={`${id}-said`} role="status" className="num">
            <strong>
              {bad ? t.bad[bad] : chosen.size === 0 ? t.nobody : t.counted(number(chosen.size), nameOf(place))}
            </strong>
            {out.length > 0 && <span className="soft"> {t.takenOut(number(out.length))}</span>}
          </p>
          {unit !== undefined && chosen.has(unit) && (
            <button type="button" className="button small" onClick={() => choosing.takeOut(unit)}>
              {t.takeOut(nameOf(unit))}
            </button>
          )}
          {unit !== undefined && except.has(unit) && (
            <button type="button" className="button small" onClick={() => choosing.takeIn(unit)}>
              {t.takeIn(nameOf(unit))}
            </button>
          )}
          <Problem text={state.error === undefined ? undefined : sentence(state.error, problems)} />
          <button type="submit" className="button primary" disabled={!choosing.canFreeze}>
            {state.busy ? t.freezing : t.freeze(number(chosen.size))}
          </button>
        </form>
      )}
    </section>
  );
}
